import { expect, test } from 'vitest';
import type { LegCommand } from '../../src/telephony/leg-command.ts';
import type { Script } from '../../src/telephony/simulated/script.ts';
import { farSide, incoming, say, sendAll, spell } from './far-side.ts';

const menu = 'Press one to confirm.'; //  1.3 s
const thanks = 'Thank you.'; //  0.6 s

/** What somebody who does this has told ten seconds after the answer. */
const done = async (script: Script, does: Record<number, LegCommand[]> = {}) => {
  const { clock, call, told } = farSide({ phone: { answers: 0, rings: false, script } });
  call('phone', does);
  await clock.advance(10_000);
  return told.slice(1);
};

test.for<[string, Script, Record<number, LegCommand[]>, string[]]>([
  [
    'a key is told when it goes down, the next one 200 ms later',
    [{ after: 1, press: '1w2' }],
    {},
    ['1 pressed 1', '1.7 pressed 2'],
  ],
  [
    'what is said is told when it begins and when it is over',
    [{ after: 1, say: thanks }],
    {},
    ['1 speaking', '1.6 spoke Thank you. 600'],
  ],
  [
    'times count from the end of the step before',
    [{ say: thanks }, { after: 1, press: '1' }],
    {},
    ['0 speaking', '0.6 spoke Thank you. 600', '1.6 pressed 1'],
  ],
  [
    'hears: as soon as it begins, in any letter case',
    [{ hears: 'press ONE', press: '1' }],
    { 2: [say(menu)] },
    ['2 pressed 1', `3.3 done ${menu}`],
  ],
  [
    'hears, after: counted from when it began',
    [{ hears: 'press', after: 0.5, press: '1' }],
    { 2: [say(menu)] },
    ['2.5 pressed 1', `3.3 done ${menu}`],
  ],
  [
    'heard: once it has been said to the end',
    [{ heard: 'press', press: '1' }],
    { 2: [say(menu)] },
    [`3.3 done ${menu}`, '3.3 pressed 1'],
  ],
  [
    'heard: what is cut off does not count',
    [{ heard: 'press', press: '1' }],
    { 2: [say(menu)], 3: [{ type: 'stop', id: menu }] },
    [`3 stopped ${menu}`],
  ],
  ['within: goes on without having heard it', [{ hears: 'press', within: 3, press: '9' }], {}, ['3 pressed 9']],
  [
    'the answer to a key is noticed although the key is still down',
    [
      { after: 1, press: '123' },
      { hears: 'thank', hangUp: true },
    ],
    { 1.1: [say(thanks)] },
    ['1 pressed 1', '1.2 pressed 2', '1.4 pressed 3', '1.6 hungUp farSide normal'],
  ],
  [
    'what still sounds when an act begins is noticed after it',
    [
      { after: 2.5, press: '1' },
      { hears: 'press', press: '2' },
    ],
    { 2: [say(menu)] },
    ['2.5 pressed 1', '2.7 pressed 2', `3.3 done ${menu}`],
  ],
  [
    'two steps that hear the same text wait for it twice',
    [
      { hears: 'press', press: '1' },
      { hears: 'press', press: '2' },
    ],
    { 2: [say(menu, 'a')], 5: [say(menu, 'b')] },
    ['2 pressed 1', '3.3 done a', '5 pressed 2', '6.3 done b'],
  ],
  [
    'the beginning and the end of one text can be waited for',
    [
      { hears: 'press', press: '1' },
      { heard: 'press', press: '2' },
    ],
    { 2: [say(menu)] },
    ['2 pressed 1', `3.3 done ${menu}`, '3.3 pressed 2'],
  ],
  [
    'an audio file is heard by its URL',
    [{ hears: 'menu.wav', press: '1' }],
    { 2: [{ type: 'play', id: 'p', sounds: [{ type: 'audio', url: 'https://app.example/menu.wav' }] }] },
    ['2 pressed 1', '3 done p'],
  ],
  [
    'keys that we send are heard',
    [{ heard: '42', press: '1' }],
    { 2: [{ type: 'sendDigits', id: 's', digits: '42' }] },
    ['2.4 done s', '2.4 pressed 1'],
  ],
  [
    'silence and steps without an act pass',
    [{ silence: 2 }, { after: 1 }, { hangUp: true }],
    {},
    ['3 hungUp farSide normal'],
  ],
  [
    'on hold nobody hears anybody',
    [{ hold: true }, { after: 1, press: '1' }, { hears: 'press', within: 2 }, { resume: true }, { press: '2' }],
    { 2: [say(menu)] },
    ['0 held', '3.2 resumed', '3.2 pressed 2', `3.3 done ${menu}`],
  ],
  [
    'an echo lets the far side hear itself',
    [
      { after: 1, say: 'Hello?' },
      { hears: 'hello', press: '1' },
    ],
    { 0.5: [{ type: 'echo', id: 'e' }] },
    ['1 speaking', '1.5 spoke Hello? 500', '1.5 pressed 1'],
  ],
])('%s', async ([, script, does, events]) => {
  expect(await done(script, does)).toEqual(events);
});

/** What a caller does, and what we hear of it. */
const callIn = async (script: Script, answers: Record<number, LegCommand[]>) => {
  const { clock, network } = farSide();
  const told: string[] = [];
  network.onIncoming((_incoming, leg) => {
    for (const [second, commands] of Object.entries(answers))
      clock.setTimeout(() => sendAll(leg, commands), Number(second) * 1000);
    return (event) => told.push(`${clock.now() / 1000} ${spell(event)}`);
  });
  network.callIn(incoming, { script });
  await clock.advance(10_000);
  return told;
};

test('the first step of a caller counts from the beginning of the call, and keys wait for the answer', async () => {
  const script: Script = [
    { after: 1, press: '1' },
    { after: 1, press: '2' },
  ];
  expect(await callIn(script, { 0: [{ type: 'answer' }] })).toEqual(['0 answered', '1 pressed 1', '2.2 pressed 2']);
  expect(await callIn(script, { 3: [{ type: 'answer' }] })).toEqual(['3 answered', '3 pressed 1', '4.2 pressed 2']);
});

test('a caller hears nothing before the answer, unless there is early media', async () => {
  const script: Script = [{ hears: 'press', press: '1' }];
  expect(await callIn(script, { 1: [say(menu)] })).toEqual([`2.3 done ${menu}`]);
  expect(await callIn(script, { 1: [{ type: 'progress' }, say(menu)] })).toEqual(['1 pressed 1', `2.3 done ${menu}`]);
});

test('a caller nobody can take is told so', async () => {
  const { clock, network } = farSide();
  const ends: unknown[] = [];
  network.callIn(incoming, { person: { ended: (how) => ends.push(how) } });
  await clock.run();
  expect(ends).toEqual([{ type: 'leg.hungUp', by: 'network', cause: 'unreachable', sipCode: 404 }]);
});
