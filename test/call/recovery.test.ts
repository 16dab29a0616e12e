import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import type { Transport } from '../../src/http/transport.ts';
import type { CallRecord } from '../../src/records/call.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { Secret } from '../../src/telephony/secret.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { options, program, say, told, url, world } from './world.ts';

const application = { '/voice': program(say('A long story that nobody will hear to its end.')) };
const phones = { '+61491570156': { answers: 1 }, '+61491570157': { answers: 60 }, '+61491570158': { answers: 1 } };

const calling = (to: string) =>
  ({ project: 'demo', dialect: 'voiceml', to, from: '+61255501234', options: options('/voice') }) as const;

test('after a restart what was queued is placed, and what was live has ended when the process did', async () => {
  const store = memoryStore();
  const before = world(application, phones, { store, limitsOf: () => ({ concurrent: 2 }) });
  const [answered, ringing, queued] = ['+61491570156', '+61491570157', '+61491570158'].map((to) =>
    before.engine.create(calling(to)),
  );
  await before.clock.advance(2_000);
  store.heartbeat(before.clock.now());
  const died = before.clock.now();

  const after = world(application, phones, { store });
  await after.clock.advance(10_000);
  const { seq } = after.journal.at(-1) ?? { seq: store.lastSeq() };
  expect(after.engine.recover()).toEqual({ queued: 1, ended: 2, recordings: 0 });
  expect(store.call(answered!)).toMatchObject({ state: 'completed', endTime: died, endedBy: 'network' });
  expect(store.call(ringing!)).toMatchObject({ state: 'failed', endTime: died, errorCode: 'CALL_NETWORK' });
  expect(after.engine.live()).toEqual([queued]);
  await after.clock.run();
  expect(store.call(queued!)).toMatchObject({ state: 'completed', endedBy: 'us' });
  const seqs = after.journal.map((entry) => entry.seq);
  expect(seqs).toEqual(seqs.map((_, index) => seq + 1 + index));
});

test('a queued call that somebody wanted to run something else runs that after a restart', async () => {
  const store = memoryStore();
  const before = world(application, phones, { store, limitsOf: () => ({ concurrent: 0 }) });
  const [redirected, replaced, neither] = ['+61491570156', '+61491570157', '+61491570158'].map((to) =>
    before.engine.create(calling(to)),
  );
  before.engine.act(redirected!, { type: 'act.redirect', urls: [url('/first')] });
  before.engine.act(redirected!, { type: 'act.redirect', urls: [url('/other')] });
  before.engine.act(replaced!, { type: 'act.replace', program: program(say('Something else.')) });

  const after = world(application, { ...phones, '+61491570157': { answers: 1 } }, { store });
  expect(after.engine.recover()).toEqual({ queued: 3, ended: 0, recordings: 0 });
  await after.clock.run();
  expect(after.asked.map(({ path }) => path)).toEqual(['/other', '/voice']);
  expect(store.call(replaced!)).toMatchObject({ state: 'completed' });
  expect(store.call(neither!)).toMatchObject({ state: 'completed' });
});

test('a queued call that was given its document runs it after a restart, and its password is known to nobody else', async () => {
  const store = memoryStore();
  const before = world(application, phones, { store, limitsOf: () => ({ concurrent: 0 }) });
  const document = '/voice';
  const sip = { username: 'me', password: new Secret('hush'), sealed: 'desaelnu' };
  const call = before.engine.create({
    ...calling('+61491570156'),
    options: { handlerUrls: [], ringMs: 30_000, document, sip },
  });
  // What a store on a disk gives back.
  const kept = JSON.parse(JSON.stringify(store.call(call))) as CallRecord;
  expect(JSON.stringify(kept)).not.toContain('hush');
  const again = memoryStore();
  again.commit(
    () => ({ entries: [], changes: [{ type: 'call', record: kept }], deliveries: [] }),
    () => {},
  );
  const after = world(application, phones, { store: again, unseal: (sealed) => `${sealed} opened` });
  after.engine.recover();
  await after.clock.run();
  expect(after.asked).toEqual([]);
  expect(again.call(call)).toMatchObject({ state: 'completed' });
  expect(again.call(call)?.options?.sip?.password?.reveal()).toBe('desaelnu opened');
});

test('a call that has begun before the engine recovers goes on', async () => {
  const of = world(application, phones);
  of.engine.create(calling('+61491570156'));
  of.network.callIn({ to: '+61255501234', from: '+61491570006', transport: 'PSTN' });
  await of.clock.advance(2_000);
  expect(of.engine.recover()).toEqual({ queued: 0, ended: 0, recordings: 0 });
  await of.clock.run();
  expect(told(of.journal, 'call.changed')).toEqual([
    'call.changed starting',
    'call.changed ringing',
    'call.changed inProgress',
    'call.changed inProgress',
    'call.changed completed',
    'call.changed completed',
  ]);
});

test('a recording that nobody will finish has failed, and what had been kept of it goes', async () => {
  const store = memoryStore();
  const message = {
    verb: 'record',
    answers: true,
    beep: false,
    stopKeys: '',
    silenceMs: 9_000,
    maxMs: 60_000,
  } as const;
  const before = world({ '/voice': program({ ...message, trim: false, transcribe: false }) }, phones, { store });
  before.engine.create(calling('+61491570156'));
  await before.clock.advance(5_000);
  const [recording] = store.recordings();
  expect(recording).toMatchObject({ state: 'pending' });

  const discarded: string[] = [];
  const recordings = { keep: () => undefined, discard: (id: string) => void discarded.push(id) };
  const clock = new VirtualClock();
  const network = createSimulatedNetwork({ clock, audio: everyAudioLasts(1000), recordings });
  const after = world(application, phones, { store, clock, network });
  expect(after.engine.recover()).toEqual({ queued: 0, ended: 1, recordings: 1 });
  const endTime = recording!.startTime;
  expect(store.recording(recording!.id)).toMatchObject({ state: 'failed', error: 'internal', endTime });
  expect(discarded).toEqual([recording!.id]);
});

test('calls have ended when the last process was known to live, whoever has noted meanwhile that this one does', async () => {
  const store = memoryStore();
  const before = world(application, phones, { store });
  const call = before.engine.create(calling('+61491570156'));
  await before.clock.advance(2_000);
  store.heartbeat(before.clock.now());

  const after = world(application, phones, { store });
  await after.clock.advance(10_000);
  store.heartbeat(after.clock.now());
  after.engine.recover();
  expect(store.call(call)).toMatchObject({ endTime: before.clock.now() });
});

test('what was owed is delivered before what is owed for the end', async () => {
  const store = memoryStore();
  const silent: Transport = { send: () => ({ abort: () => {} }) };
  const before = world(application, phones, { store, callbacks: silent });
  const { options: usual, ...call } = calling('+61491570156');
  before.engine.create({ ...call, options: { ...usual, stateCallback: url('/state') } });
  await before.clock.advance(2_000);

  const heard: string[] = [];
  const clock = new VirtualClock();
  const callbacks: Transport = {
    send: ({ body }, done) => {
      heard.push(JSON.parse(body ?? '{}').state);
      const answer = { ok: true, status: 200, headers: {}, setCookies: [], body: new Uint8Array(), ms: 10 } as const;
      const timer = clock.setTimeout(() => done(answer), 10);
      return { abort: () => clock.clearTimeout(timer) };
    },
  };
  const after = world(application, phones, { store, clock, callbacks });
  after.engine.recover();
  await clock.run();
  expect(heard).toEqual(['STARTING', 'RINGING', 'IN_PROGRESS', 'COMPLETED']);
  expect(after.engine.deliveries.settled()).toBe(true);
});

/** A message of some seconds, which is to be kept elsewhere. */
const elsewhere = {
  verb: 'record',
  answers: true,
  beep: false,
  stopKeys: '',
  silenceMs: 9_000,
  maxMs: 3_000,
  trim: false,
  transcribe: false,
  storage: { url: 'https://bucket.example/1.wav', method: 'PUT' },
} as const;

const talking = { '+61491570156': { answers: 1, script: [{ after: 0.5, say: 'Please call me back.' }] } };

/** Where audio is sent: takes it, or says nothing. */
function bucket(clock: VirtualClock, takes: boolean) {
  const heard: string[] = [];
  const transport: Transport = {
    send: ({ method, url: to }, done) => {
      heard.push(`${method} ${to}`);
      const answer = { ok: true, status: 201, headers: {}, setCookies: [], body: new Uint8Array(), ms: 10 } as const;
      const timer = takes ? clock.setTimeout(() => done(answer), 10) : undefined;
      return { abort: () => clock.clearTimeout(timer) };
    },
  };
  return { heard, transport };
}

test('audio that was owed elsewhere is sent there after a restart, once', async () => {
  const store = memoryStore();
  const clock = new VirtualClock();
  const silent = bucket(clock, false);
  const before = world({ '/voice': program(elsewhere) }, talking, { store, clock, callbacks: silent.transport });
  before.engine.create(calling('+61491570156'));
  await clock.advance(10_000);
  expect(silent.heard).toEqual(['PUT https://bucket.example/1.wav']);
  expect([...store.deliveries('owed')]).toMatchObject([{ debt: 'audio' }]);

  for (const heard of [['PUT https://bucket.example/1.wav'], []]) {
    const again = new VirtualClock();
    const taking = bucket(again, true);
    const after = world({}, {}, { store, clock: again, callbacks: taking.transport });
    after.engine.recover();
    await again.run();
    expect(taking.heard).toEqual(heard);
    expect(told(after.journal, 'recording.moved')).toHaveLength(heard.length);
  }
  expect([...store.deliveries('owed')]).toEqual([]);
});

test('a text message of which nothing was known has failed', async () => {
  const store = memoryStore();
  const message = { verb: 'message', answers: false, to: '+61491570157', text: 'On our way.' } as const;
  const before = world({ '/voice': program(message, say('Goodbye to you all.')) }, phones, { store });
  before.engine.create(calling('+61491570156'));
  while (![...store.deliveries('owed')].some(({ debt }) => debt === 'message')) await before.clock.advance(100);

  const after = world({}, {}, { store });
  after.engine.recover();
  const ended = after.journal.flatMap(({ output }) => (output?.type === 'message.ended' ? [output.record] : []));
  expect(ended).toMatchObject([{ to: '+61491570157', state: 'failed', failure: 'the process that sent it ended' }]);
  expect([...store.messages()]).toEqual(ended);
  expect([...store.deliveries('owed')]).toEqual([]);
});
