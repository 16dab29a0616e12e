/**
 * The audio of recordings. Whoever has the link may follow it (LaML 6.4): nobody is asked who they are, and the sid cannot
 * be guessed. With `.json`, or for whoever accepts JSON and shows a token, it is the metadata instead.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RecordingRecord } from '../../records/recording.ts';
import { toRecordingJson } from '../../vendors/signalwire/recording-json.ts';
import { accountSid, idOf, sameSid } from '../../vendors/signalwire/sids.ts';
import { Spelling } from '../../vendors/signalwire/spelling.ts';
import { onOneChannel } from '../mixing.ts';
import { sendFile } from '../sending.ts';
import type { KeptFile } from '../service.ts';
import { projectAt } from './account-in-path.ts';
import { authenticate } from './authentication.ts';
import { Form } from './form.ts';
import { given } from './gives.ts';
import { refusals } from './mount.ts';
import { isBelow } from './recording-places.ts';
import { notFound, Refusal, unauthenticated } from './refusal.ts';
import type { Context } from './route.ts';

const forms = {
  wav: { type: 'audio/x-wav', open: openWav },
  mp3: {
    type: 'audio/mpeg',
    open: (context: Context, file: string, isMixed: boolean) => context.openMp3(file, isMixed),
  },
} as const;

async function openWav(context: Context, file: string, isMixed: boolean): Promise<KeptFile | undefined> {
  const wav = await context.openFile(file);
  return wav && isMixed ? await onOneChannel(wav) : wav;
}

type Named = Readonly<Record<string, string>>;

const requestedChannels = { type: 'string', description: '1: both channels are heard on one. 2: there must be two.' };

/** Where recordings are, and what each of them must belong to. */
const places = ['', '/Calls/:call', '/Conferences/:conference'] as const;

const pathAt = (place: (typeof places)[number]) => `/Accounts/:account${place}/Recordings/:recording`;

/** What is served here. */
export const served = places.map((place) => ({ url: pathAt(place), method: 'GET' }));

export function media(server: FastifyInstance, context: Context, isDescribed: boolean): void {
  for (const place of places) {
    const schema =
      isDescribed && place === ''
        ? {
            operationId: 'recordings.get',
            summary:
              'The audio of a recording (WAV, or MP3 with .mp3), for anybody; with .json the recording, for whoever may see it',
            description: 'Audio needs no token; `.json` needs the permission `voice.recordings.get`.',
            querystring: { type: 'object', properties: { RequestedChannels: requestedChannels } },
            tags: ['recordings'],
            security: [],
            response: {
              200: {
                description: 'The recording, or its audio.',
                content: {
                  'application/json': { schema: given('Recording') },
                  'audio/x-wav': { schema: { type: 'string', format: 'binary' } },
                  'audio/mpeg': { schema: { type: 'string', format: 'binary' } },
                },
              },
              ...refusals,
            },
          }
        : { hide: true };
    server.get(pathAt(place), { schema }, (request, reply) => answer(context, request, reply));
  }
}

async function answer(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const named = request.params as Named;
  const [, sid = '', extension] = /^(.*?)(?:\.(\w{1,5}))?$/.exec(named.recording ?? '') ?? [];
  const record = context.store.recording(idOf(sid) ?? '');
  const wantsJson = extension === 'json' || (extension === undefined && acceptsJson(request));
  if (wantsJson) return metadata(context, request, reply, record);
  if (!record || !isAt(record, named)) throw notFound('the recording');
  if (extension !== undefined && !Object.hasOwn(forms, extension)) throw notFound('this form of the recording');
  const { type, open } = forms[extension === 'mp3' ? 'mp3' : 'wav'];
  const isMixed = record.channels > channelsWanted(request, record);
  const file = record.file === undefined ? undefined : await open(context, record.file, isMixed);
  if (!file) throw notFound('the audio of the recording');
  return sendFile(request, reply, { file, type, refusal: (message) => new Refusal(20422, message, 416) });
}

/** Two channels can be heard on one; one is not made two. */
function channelsWanted({ url }: FastifyRequest, { channels }: RecordingRecord): number {
  const wanted = new Form(url.split('?')[1] ?? '').integer('RequestedChannels', [1, 2], 10000) ?? channels;
  if (wanted > channels) throw new Refusal(10000, 'RequestedChannels: the recording has one channel');
  return wanted;
}

/** Whoever shows a token and wants JSON is a program that asks for the record. */
const acceptsJson = ({ headers }: FastifyRequest): boolean =>
  headers.authorization !== undefined && /\bjson\b/.test(headers.accept ?? '');

function metadata(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  record?: RecordingRecord,
): FastifyReply {
  const principal = authenticate(context.tenants, request.headers.authorization);
  const named = request.params as Named;
  const project = projectAt(context, principal, named.account ?? '');
  if (!principal.may('voice.recordings.get')) throw unauthenticated('the permission voice.recordings.get is needed');
  if (record?.project !== project || !isAt(record, named)) throw notFound('the recording');
  return reply.send(toRecordingJson(record, new Spelling(project, named.account ?? '')));
}

/** Of this account, and of the call or conference that the path names, if any. */
const isAt = (record: RecordingRecord, named: Named): boolean =>
  sameSid(named.account ?? '', accountSid(record.project)) && isBelow(record, named);
