/** What somebody else has written may fail: it costs one call at most, and nobody is left on the line. */
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import type { Handler } from '../../src/handler/handler.ts';
import type { LegCommand } from '../../src/telephony/leg-command.ts';
import type { Network } from '../../src/telephony/network.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { options, program, say, told, type World, world } from './world.ts';

const caller = { to: '+61255501234', from: '+61491570006', transport: 'PSTN' } as const;
const outgoing = { project: 'demo', dialect: 'voiceml', from: '+61255501234', options: options('/voice') } as const;

const ended = (of: World) => {
  expect(of.engine.left()).toEqual({ calls: 0, bridges: 0, queued: 0, recordings: 0 });
  expect(of.clock.pending).toBe(0);
};

const problems = (of: World) =>
  of.journal.flatMap(({ output }) => (output?.type === 'problem' ? [`${output.code}: ${output.message}`] : []));

const finalStates = (of: World) =>
  of.journal.flatMap(({ output }) =>
    output?.type === 'call.changed' && output.record.endTime !== undefined
      ? [[output.record.to, output.state, output.record.errorCode]]
      : [],
  );

/** The same network, except where it fails. */
const breaking = (network: Network, place: Network['place']): Network => ({
  place,
  onIncoming: (offer) => network.onIncoming(offer),
  onFinished: (listener) => network.onFinished(listener),
  openBridge: (id) => network.openBridge(id),
  sendText: (id, message) => network.sendText(id, message),
  discard: (recording) => network.discard(recording),
});

const answering = { '+61491570156': { answers: 1, hangsUp: 5 }, '+61491570157': { answers: 1, hangsUp: 5 } };

/** A leg that cannot be told some things, of calls to the first number. */
function deaf(fails: (command: LegCommand) => boolean): World {
  const clock = new VirtualClock();
  const network = createSimulatedNetwork({ clock, phones: answering, audio: everyAudioLasts(1000) });
  const place: Network['place'] = (id, target, listener) => {
    const leg = network.place(id, target, listener);
    if (target.to !== '+61491570156') return leg;
    return {
      id: leg.id,
      send: (command) => {
        if (fails(command)) throw new Error(`${command.type} does not work`);
        leg.send(command);
      },
    };
  };
  const of = world(
    {
      '/voice': program(say('Hello.'), {
        verb: 'gather',
        answers: true,
        prompts: [],
        maxDigits: 1,
        stopKey: '#',
        timeoutMs: 60_000,
      }),
    },
    {},
    { clock, network: breaking(network, place) },
  );
  return { ...of, clock, network };
}

describe('a handler that throws', () => {
  test('costs the call that asked it; the other one goes on', async () => {
    let asked = 0;
    const handler: Handler = {
      forget: () => {},
      ask: (_request, { answered }) => {
        if (asked++ === 0) throw new Error('a defect');
        const timer = of.clock.setTimeout(() => answered({ type: 'program', program: program(say('Hello.')) }), 50);
        return { cancel: () => of.clock.clearTimeout(timer) };
      },
    };
    const of: World = world({}, answering, { handler });
    for (const to of Object.keys(answering)) of.engine.create({ ...outgoing, to });
    await of.clock.run();
    expect(finalStates(of)).toEqual([
      ['+61491570156', 'completed', 'CALL_INTERNAL'],
      ['+61491570157', 'completed', undefined],
    ]);
    ended(of);
  });

  test('and one that answers twice is heard once', async () => {
    const handler: Handler = {
      forget: () => {},
      ask: (_request, { answered }) => {
        const answer = () => answered({ type: 'program', program: program(say('Hello.')) });
        of.clock.setTimeout(answer, 50);
        of.clock.setTimeout(answer, 200);
        of.clock.setTimeout(answer, 60_000);
        return { cancel: () => {} };
      },
    };
    const of: World = world({}, {}, { handler });
    of.network.callIn(caller);
    await of.clock.run();
    expect(told(of.journal, 'verb.ended', 'dropped')).toEqual(['dropped', 'verb.ended play continue', 'dropped']);
    ended(of);
  });
});

describe('a network that throws', () => {
  test('when a call is placed: that call has failed', async () => {
    const clock = new VirtualClock();
    const network = createSimulatedNetwork({ clock, phones: answering, audio: everyAudioLasts(1000) });
    const place: Network['place'] = (id, target, listener) => {
      if (target.to === '+61491570156') throw new Error('a defect');
      return network.place(id, target, listener);
    };
    const of = world({ '/voice': program(say('Hello.')) }, {}, { clock, network: breaking(network, place) });
    for (const to of Object.keys(answering)) of.engine.create({ ...outgoing, to });
    await clock.run();
    expect(finalStates(of)).toEqual([
      ['+61491570156', 'failed', 'CALL_INTERNAL'],
      ['+61491570157', 'completed', undefined],
    ]);
  });

  test('when a leg is told something: its call is hung up', async () => {
    const of = deaf(({ type }) => type === 'play');
    for (const to of Object.keys(answering)) of.engine.create({ ...outgoing, to });
    await of.clock.run();
    expect(problems(of)).toEqual(['CALL_INTERNAL: play does not work']);
    expect(finalStates(of)).toEqual([
      ['+61491570156', 'completed', 'CALL_INTERNAL'],
      ['+61491570157', 'completed', undefined],
    ]);
    ended(of);
  });

  test('when a leg is told anything at all: its call ends, with all that went on beside', async () => {
    const of = deaf(({ type }) => type === 'stop' || type === 'hangUp');
    const call = of.engine.create({ ...outgoing, to: '+61491570156' });
    await of.clock.advance(1_200);
    const beside = {
      verb: 'gather',
      answers: false,
      prompts: [],
      maxDigits: 1,
      stopKey: '#',
      timeoutMs: 60_000,
    } as const;
    of.engine.act(call, { type: 'act.start', activity: 'keys', instruction: beside });
    of.engine.act(call, { type: 'act.replace', program: program(say('Something else.')) });
    expect(finalStates(of)).toEqual([['+61491570156', 'completed', 'CALL_INTERNAL']]);
    expect(problems(of)).toEqual(['CALL_INTERNAL: stop does not work', 'CALL_INTERNAL: hangUp does not work']);
    await of.clock.run();
    expect(told(of.journal, 'call.changed', 'timer').at(-1)).toBe('call.changed completed');
    ended(of);
  });
});

describe('who listens to the journal', () => {
  test('may throw: the call goes on, the others hear all, and the process is told', async () => {
    const of = world({ '/voice': program(say('Hello.')) });
    const heard: number[] = [];
    of.engine.onEntry(({ output }) => {
      if (output?.type === 'handler.asked') throw new Error('a defect');
    });
    of.engine.onEntry(({ seq }) => heard.push(seq));
    of.network.callIn(caller);
    await expect(of.clock.run()).rejects.toThrow('a defect');
    await of.clock.run();
    expect(told(of.journal, 'verb.ended')).toEqual(['verb.ended play continue']);
    expect(heard).toEqual(of.journal.map(({ seq }) => seq));
    ended(of);
  });

  test('may interfere at once: everybody hears everything in its order', async () => {
    const of = world({ '/voice': program(say('Hello.')) });
    const heard: number[] = [];
    of.engine.onEntry(({ subject, output }) => {
      if (output?.type === 'handler.asked') of.engine.act(subject, { type: 'act.hangUp' });
    });
    of.engine.onEntry(({ seq }) => heard.push(seq));
    of.network.callIn(caller);
    await of.clock.run();
    expect(heard).toEqual(heard.map((_, index) => index));
    expect(of.asked).toEqual([]);
    ended(of);
  });
});

test('a route that cannot be found because that fails refuses its call only', async () => {
  const of = world(
    { '/voice': program(say('Hello.')) },
    {},
    {
      route: ({ to }) => {
        if (to !== caller.to) throw new Error('a defect');
        return { project: 'demo', dialect: 'voiceml', options: options('/voice') };
      },
    },
  );
  of.network.callIn({ ...caller, to: '+61255509999' });
  of.network.callIn(caller);
  await expect(of.clock.run()).rejects.toThrow('a defect');
  await of.clock.run();
  expect(problems(of)).toEqual(['CALL_NO_ROUTE: nothing is set up for calls to +61255509999']);
  expect(told(of.journal, 'verb.ended')).toEqual(['verb.ended play continue']);
  ended(of);
});

test('a callback that cannot be spelled is told in the journal, and the call goes on', async () => {
  const of = world({ '/voice': program(say('Hello.')) }, answering);
  of.engine.create({
    ...outgoing,
    to: '+61491570156',
    labels: { amount: 1n as never },
    options: { ...outgoing.options, stateCallback: { url: 'https://app.example/state', method: 'POST' } },
  });
  await of.clock.run();
  expect(problems(of)[0]).toBe(
    'CALL_INTERNAL: a callback could not be made: TypeError: Do not know how to serialize a BigInt',
  );
  expect(finalStates(of)).toEqual([['+61491570156', 'completed', undefined]]);
  ended(of);
});

test('what is finished for nobody is not heard', async () => {
  const finished: Parameters<Network['onFinished']>[0][] = [];
  const clock = new VirtualClock();
  const network = createSimulatedNetwork({ clock, audio: everyAudioLasts(1000) });
  const of = world(
    {},
    {},
    { clock, network: { ...breaking(network, network.place), onFinished: (one) => finished.push(one) } },
  );
  for (const listener of finished) listener({ type: 'recordingFailed', id: 'nobody', reason: 'late' });
  for (const listener of finished) listener({ type: 'fax', id: 'nobody', pages: 1 });
  expect(of.journal).toEqual([]);
});
