import { Secret } from '../../telephony/secret.ts';
import type { SocketOptions } from '../../verbs/fork.ts';
import type { HandlerUrl, Place } from '../../verbs/verb.ts';
import { element } from '../grammar.ts';
import { boolean, oneOf, text } from '../kinds.ts';
import { parameter, toMap } from './parameter.ts';
import { address, allIgnored, asked, ignored, method } from './values.ts';

/** Audio over a WebSocket, as <Start>, <Stop>, <Connect> and <Conference> complete it. */
export interface StreamNoun {
  fork: 'socket';
  at: Place;
  name?: string;
  socket: SocketOptions;
  callback?: HandlerUrl;
  /** Of a conference: whether what the server sends is heard, and whether the conference may begin with it. */
  bothWays: boolean;
  starts: boolean;
}

export const forkTracks = { inbound_track: 'received', outbound_track: 'sent', both_tracks: 'both' } as const;

export const forkTrack = (otherwise: keyof typeof forkTracks) =>
  oneOf(['inbound_track', 'outbound_track', 'both_tracks'], {
    about: 'Whose voice: what comes from the party of the call, what goes to it, or both.',
    default: otherwise,
  });

export const forkName = (where = 'unique in the call') =>
  text({ about: `By which it is stopped; ${where}.`, minLength: 1 });

export const stream = element('Stream', {
  about: 'Audio over a WebSocket: one way in <Start>, both ways in <Connect>, of everybody in <Conference>.',
  attributes: {
    ...allIgnored(['audioFormat', 'sampleRate'], 'Of the other vendor; codec says it here.'),
    authBearerToken: text({ about: 'Shown to the server. It is not kept anywhere.' }),
    bidir: boolean({
      about: 'Of a conference: whether everybody in it hears what the server sends.',
      default: true,
    }),
    codec: oneOf(['PCMU@8000h', 'L16@16000h', 'L16@24000h'], { about: 'How it is coded.', default: 'PCMU@8000h' }),
    connectorName: ignored("The vendor's name of a server."),
    name: forkName('unique in the call or the conference; needed there'),
    realtime: boolean({ about: 'Whether what the server sends is played at the pace of speech.', default: false }),
    statusCallback: address('Who hears how it goes.'),
    statusCallbackMethod: method('How statusCallback is asked.'),
    streamSslValidateCertificate: ignored('Certificates are always judged.'),
    streamStartConferenceOnEnter: boolean({
      about: 'Of a conference: whether it may begin with the stream and one participant.',
      default: true,
    }),
    track: forkTrack('inbound_track'),
    url: text({ about: 'The server: wss, without query and blanks.' }),
  },
  content: [parameter],
  means: (attributes, { children, at }): StreamNoun => {
    const { name, authBearerToken, statusCallback, bidir: bothWays } = attributes;
    const callback = asked(statusCallback, attributes.statusCallbackMethod);
    return {
      fork: 'socket',
      at,
      ...(name !== undefined && { name }),
      socket: {
        url: attributes.url ?? '',
        track: forkTracks[attributes.track],
        codec: attributes.codec,
        realtime: attributes.realtime,
        ...(authBearerToken !== undefined && { bearerToken: new Secret(authBearerToken) }),
        parameters: toMap(children),
      },
      ...(callback && { callback }),
      bothWays,
      starts: attributes.streamStartConferenceOnEnter,
    };
  },
});

export type Warn = (code: 'STREAM_URL_NOT_VALID', message: string, where: Place, hint?: string) => void;

/** Such a stream fails when it is begun, which is what its callback tells (LaML 4.22). */
export function warnOfUrl({ socket: { url }, at }: Pick<StreamNoun, 'socket' | 'at'>, warn: Warn): void {
  const parsed = /\s/.test(url) ? null : URL.parse(url);
  const isSocket = parsed?.protocol === 'wss:' || parsed?.protocol === 'ws:';
  if (!parsed || !isSocket || parsed.search !== '')
    warn('STREAM_URL_NOT_VALID', `the url of <${at.element}> is not wss:// without a query: it fails`, at);
}
