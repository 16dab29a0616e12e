/** What of a call goes elsewhere while it goes on: streams, copies for recording servers, live transcriptions (LaML 6.3). */
import type { ForkRecord } from '../../records/fork.ts';
import { forkStatus, toForkJson } from '../../vendors/signalwire/fork-json.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import type { SidKind } from '../../vendors/signalwire/spelling.ts';
import type { ForkWhat } from '../../verbs/fork.ts';
import { ready } from '../setup.ts';
import { custom, parametersOf, shared, tokenIn, trackOf } from './fork-form.ts';
import type { Form } from './form.ts';
import { given } from './gives.ts';
import { callOf } from './lookup.ts';
import { invalid, notFound, notInProgress, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

/** Each sort with its name in paths. */
interface Sort {
  id: string;
  segment: string;
  kind: ForkWhat['type'];
  sid: SidKind;
  what: string;
  parameters: Readonly<Record<string, string>>;
  read(form: Form): ForkWhat;
}

function socketUrl(form: Form): string {
  const url = form.text('Url');
  if (url === undefined) throw new Refusal(21401, 'Url is needed: the wss URL of the server');
  if (!/^wss?:\/\/[^\s/]/i.test(url) || !URL.canParse(url)) throw new Refusal(21402, 'Url must be a wss URL');
  return url;
}

const streams: Sort = {
  id: 'calls.streams',
  segment: 'Streams',
  kind: 'socket',
  sid: 'stream',
  what: 'a stream',
  parameters: {
    Url: 'The wss URL of the server.',
    ...shared,
    ...custom,
    AuthorizationBearerToken: 'Shown to the server.',
  },
  read: (form) => ({
    type: 'socket',
    socket: {
      url: socketUrl(form),
      track: trackOf(form),
      codec: 'PCMU@8000h',
      realtime: false,
      parameters: parametersOf(form),
      ...tokenIn(form),
    },
  }),
};

const siprec: Sort = {
  id: 'calls.siprec',
  segment: 'Siprec',
  kind: 'siprec',
  sid: 'siprec',
  what: 'a copy for a recording server',
  parameters: { ConnectorName: 'The recording server.', ...shared, ...custom },
  read: (form) => {
    const connector = form.text('ConnectorName');
    if (connector === undefined) throw invalid('ConnectorName is needed: the recording server');
    return { type: 'siprec', connector, track: trackOf(form), parameters: parametersOf(form) };
  },
};

const transcriptions: Sort = {
  id: 'calls.transcriptions',
  segment: 'Transcriptions',
  kind: 'transcription',
  sid: 'liveTranscription',
  what: 'a live transcription',
  parameters: {
    Name: shared.Name,
    Track: shared.Track,
    StatusCallbackUrl: shared.StatusCallback,
    StatusCallbackMethod: shared.StatusCallbackMethod,
    LanguageCode: 'BCP-47; en-US unless given.',
    PartialResults: 'true: what is heard is told before it is certain, too.',
    InboundTrackLabel: 'How the far side is called.',
    OutboundTrackLabel: 'How what it hears is called.',
    Hints: 'Words that may come, with commas between.',
    TranscriptionEngine: 'Kept.',
    SpeechModel: 'Kept.',
    ProfanityFilter: 'true (unless given): bad words are masked.',
    EnableAutomaticPunctuation: 'true (unless given): sentences have their marks.',
  },
  read: (form) => {
    const [received, sent] = [form.text('InboundTrackLabel'), form.text('OutboundTrackLabel')];
    return {
      type: 'transcription',
      transcription: {
        language: form.text('LanguageCode') ?? 'en-US',
        track: trackOf(form),
        labels: { ...(received !== undefined && { received }), ...(sent !== undefined && { sent }) },
        engine: form.text('TranscriptionEngine') ?? 'google',
        model: form.text('SpeechModel') ?? 'telephony',
        hints: (form.text('Hints') ?? '').split(',').flatMap((hint) => hint.trim() || []),
        partialResults: form.flag('PartialResults') ?? false,
        profanityFilter: form.flag('ProfanityFilter') ?? true,
        punctuation: form.flag('EnableAutomaticPunctuation') ?? true,
      },
    };
  },
};

const show = (asked: Asked, { segment, sid }: Sort, fork: ForkRecord, status = forkStatus[fork.state]) =>
  toForkJson(fork, asked.sids, { segment, kind: sid, status });

function routesOf(sort: Sort): Route[] {
  const { id, segment, kind, what, parameters, read } = sort;
  const path = `/Accounts/:account/Calls/:call/${segment}`;
  return [
    {
      id: `${id}.create`,
      method: 'POST',
      path,
      permission: 'voice.calls.update',
      summary: `Begins ${what}`,
      parameters,
      answers: 'What has begun.',
      gives: given('Stream'),
      answer: async (asked) => {
        const { engine, store } = asked.context;
        const call = callOf(asked);
        const { form } = asked;
        const callback =
          kind === 'transcription'
            ? form.asked('StatusCallbackUrl', { method: 'StatusCallbackMethod' })
            : form.asked('StatusCallback');
        const name = form.text('Name');
        const wanted = read(form);
        if (call.state !== 'inProgress') throw notInProgress();
        ready(store);
        const order = { what: wanted, ...(name !== undefined && { name }), ...(callback && { callback }) };
        const fork = engine.forks.start(call.id, order);
        await engine.committed();
        if (!fork) throw notInProgress();
        if (fork.failure) throw invalid(`it cannot begin: ${fork.failure.reason}`);
        return show(asked, sort, fork);
      },
    },
    {
      id: `${id}.update`,
      method: 'POST',
      path: `${path}/:fork`,
      permission: 'voice.calls.update',
      summary: `Ends ${what}, by its sid or its name`,
      parameters: { Status: 'stopped.' },
      answers: 'What it was.',
      gives: given('Stream'),
      answer: async (asked) => {
        const { engine } = asked.context;
        const call = callOf(asked);
        const status = asked.form.choice('Status', ['stopped'], 10000);
        if (status === undefined) throw invalid('Status is needed: stopped');
        const named = asked.sid('fork');
        const fork = engine.forks
          .of(call.id)
          .find((one) => one.kind === kind && [one.id, one.name].includes(idOf(named) ?? named));
        if (!fork) throw notFound(what);
        engine.forks.stop(call.id, fork.id);
        await engine.committed();
        return show(asked, sort, fork, 'stopped');
      },
    },
  ];
}

export const forks = [streams, siprec, transcriptions].flatMap(routesOf);
