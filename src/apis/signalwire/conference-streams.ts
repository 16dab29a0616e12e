/** What is streamed of a conference (LaML 6.5). */

import { forkStatus, toForkJson } from '../../vendors/signalwire/fork-json.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import type { SocketOptions } from '../../verbs/fork.ts';
import { ready } from '../setup.ts';
import { conferenceOf } from './conference-lookup.ts';
import { custom, parametersOf, shared, tokenIn, trackOf } from './fork-form.ts';
import type { Form } from './form.ts';
import { given } from './gives.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

const codecs = {
  PCMU: 'PCMU@8000h',
  PCMA: 'PCMA@8000h',
  L16: 'L16@8000h',
  'L16@16000h': 'L16@16000h',
  'L16@24000h': 'L16@24000h',
} as const;

const names = ['PCMU', 'PCMA', 'L16', 'L16@16000h', 'L16@24000h'] as const;

function urlOf(form: Form): string {
  const url = form.text('Url', 31922);
  if (url === undefined) throw new Refusal(21401, 'Url is needed: the wss URL of the server');
  if (/^wss?:\/\/[^\s/]/i.test(url) && !/[\s?]/.test(url) && URL.canParse(url)) return url;
  throw new Refusal(31922, 'Url must be a wss URL without a query');
}

const socketOf = (form: Form): SocketOptions => ({
  url: urlOf(form),
  track: trackOf(form),
  codec: codecs[form.choice('StreamCodec', names, 10000) ?? 'PCMU'],
  realtime: form.flag('StreamRealTime') ?? false,
  parameters: parametersOf(form),
  ...tokenIn(form),
});

/** What is wrong with such a request is told as one text, with 422 (LaML 7.1). */
function inText(answer: (asked: Asked) => Promise<object>): Route['answer'] {
  return async (asked) => {
    try {
      return await answer(asked);
    } catch (error) {
      const isWrong = error instanceof Refusal && (error.status === 400 || error.status === 422);
      throw isWrong ? new Refusal(error.code, error.message, 422, true) : error;
    }
  };
}

const path = '/Accounts/:account/Conferences/:conference/Streams';
const as = { segment: 'Streams', kind: 'stream' } as const;

const create: Route = {
  id: 'conferences.streams.create',
  method: 'POST',
  path,
  permission: 'voice.conferences.update',
  summary: 'Streams what everybody in a conference says, from when it begins',
  parameters: {
    Url: 'The wss URL of the server.',
    ...shared,
    StreamCodec: `${names.join(', ')}; PCMU unless given.`,
    StreamRealTime: 'true or false (unless given).',
    ...custom,
    AuthorizationBearerToken: 'Shown to the server.',
  },
  answers: 'What has begun.',
  gives: given('ConferenceStream'),
  answer: inText(async (asked) => {
    const { engine, store } = asked.context;
    const { form, sids } = asked;
    const { id, state } = conferenceOf(asked);
    const callback = form.asked('StatusCallback');
    const name = form.text('Name');
    const socket = socketOf(form);
    if (state === 'completed') throw hasEnded();
    ready(store);
    const order = { what: { type: 'socket', socket }, ...(name !== undefined && { name }) } as const;
    const fork = engine.forks.stream(id, { ...order, ...(callback && { callback }) });
    await engine.committed();
    if (!fork) throw hasEnded();
    if (fork.failure) throw invalid(`it cannot begin: ${fork.failure.reason}`);
    return toForkJson(fork, sids, { ...as, status: forkStatus[fork.state] });
  }),
};

const update: Route = {
  id: 'conferences.streams.update',
  method: 'POST',
  path: `${path}/:fork`,
  permission: 'voice.conferences.update',
  summary: 'Ends a stream of a conference, by its sid or its name',
  parameters: { Status: 'stopped.' },
  answers: 'What it was.',
  gives: given('ConferenceStream'),
  answer: inText(async (asked) => {
    const { engine } = asked.context;
    const { id } = conferenceOf(asked);
    const status = asked.form.choice('Status', ['stopped'], 10000);
    if (status === undefined) throw invalid('Status is needed: stopped');
    const named = asked.sid('fork');
    const fork = engine.forks.of(id).find((one) => [one.id, one.name].includes(idOf(named) ?? named));
    if (!fork) throw notFound('the stream');
    engine.forks.stop(id, fork.id);
    await engine.committed();
    return toForkJson(fork, asked.sids, { ...as, status: 'stopped' });
  }),
};

const hasEnded = () => invalid('the conference has ended');

export const conferenceStreams = [create, update];
