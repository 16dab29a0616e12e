import { expect, test } from 'vitest';
import type { Leg } from '../../src/telephony/leg.ts';
import type { Person, RingingParty } from '../../src/telephony/simulated/party.ts';
import { farSide, incoming, say, spell } from './far-side.ts';

const noting = (notes: string[], who: string): Person => ({
  ringing: () => notes.push(`${who} ringing`),
  answered: () => notes.push(`${who} answered`),
  hears: ({ text }) => notes.push(`${who} hears ${text}`),
  heard: ({ text }) => notes.push(`${who} heard ${text}`),
  ended: ({ by }) => notes.push(`${who} ended by ${by}`),
});

test('a caller at a terminal hears, presses, speaks and hangs up', async () => {
  const { clock, network } = farSide();
  const notes: string[] = [];
  let leg: Leg | undefined;
  network.onIncoming((_incoming, offered) => {
    leg = offered;
    return (event) => notes.push(spell(event));
  });
  const caller = network.callIn(incoming, { person: noting(notes, 'caller') });
  expect(notes).toEqual([]);
  await clock.run(clock.now());
  leg?.send({ type: 'ring' });
  leg?.send({ type: 'answer' });
  leg?.send(say('Hello.'));
  await clock.advance(1_000);
  caller.press('12');
  caller.say('Goodbye.');
  await clock.advance(2_000);
  caller.hangUp();
  caller.press('3');
  await clock.run();
  expect(notes).toEqual([
    'caller ringing',
    'answered',
    'caller answered',
    'caller hears Hello.',
    'caller heard Hello.',
    'done Hello.',
    'pressed 1',
    'pressed 2',
    'speaking',
    'spoke Goodbye. 500',
    'hungUp farSide normal',
    'caller ended by farSide',
  ]);
  expect(clock.pending).toBe(0);
});

test.for<[string, (party: RingingParty) => void, string[]]>([
  ['answers', (party) => party.answer(), ['0 ringing', '3 answered', '9 hungUp us normal']],
  [
    'answers and speaks',
    (party) => {
      party.say('Hi.');
      party.answer();
    },
    ['0 ringing', '3 answered', '3 speaking', '3.5 spoke Hi. 500', '9 hungUp us normal'],
  ],
  ['rejects', (party) => party.reject(), ['0 ringing', '3 hungUp farSide rejected 603']],
  ['is busy', (party) => party.busy(), ['0 ringing', '3 hungUp farSide busy 486']],
  ['hangs up', (party) => party.hangUp(), ['0 ringing', '3 hungUp farSide rejected 603']],
  ['does nothing', () => {}, ['0 ringing', '9 hungUp us canceled 487']],
])('a called person who %s', async ([, act, events]) => {
  const far = farSide(
    {},
    {
      onRing: (target, party, call) => {
        expect([target.to, call]).toEqual(['sip:me@here.example', 'leg-1']);
        far.clock.setTimeout(() => act(party), 3_000);
        return {};
      },
    },
  );
  far.call('sip:me@here.example', { 9: [{ type: 'hangUp' }] });
  await far.clock.run();
  expect(far.told).toEqual(events);
});

test('where nobody takes the call in person, the phone does', async () => {
  const far = farSide({ there: { busy: true } }, { onRing: () => undefined });
  far.call('there');
  await far.clock.run();
  expect(far.told).toEqual(['0 hungUp farSide busy 486']);
});

test('a person who answers at once has not been rung', async () => {
  const far = farSide(
    {},
    {
      onRing: (_target, party) => {
        party.answer();
        return {};
      },
    },
  );
  far.call('there', { 1: [{ type: 'hangUp' }] });
  await far.clock.run();
  expect(far.told).toEqual(['0 answered', '1 hungUp us normal']);
});
