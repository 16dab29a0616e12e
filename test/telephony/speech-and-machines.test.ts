import { expect, test } from 'vitest';
import type { LegCommand } from '../../src/telephony/leg-command.ts';
import type { Phone } from '../../src/telephony/simulated/script.ts';
import { farSide } from './far-side.ts';

const answered: Phone = { answers: 0, rings: false };

/** What a leg with this far side tells when it is sent this a second after the answer, in two minutes. */
const told = async (phone: Phone, ...commands: LegCommand[]) => {
  const far = farSide({ phone: { ...answered, ...phone } });
  far.call('phone', { 1: commands });
  await far.clock.advance(120_000);
  return far.told.slice(1);
};

const detect: LegCommand & { type: 'detectMachine' } = {
  type: 'detectMachine',
  id: 'd',
  until: 'answer',
  timeoutMs: 30_000,
  speechMs: 2_400,
  speechEndMs: 1_200,
  silenceMs: 5_000,
  words: 6,
};

const verdicts = (events: readonly string[]) => events.filter((event) => / (machine|done) /.test(event));

test.for<[title: string, Phone, Partial<typeof detect>, string[]]>([
  ['a short word is a person', { script: [{ after: 1.5, say: 'Hello?' }] }, {}, ['3.2 machine d human']],
  [
    'a person who goes on in time is still one',
    {
      script: [
        { after: 1.5, say: 'Hello?' },
        { after: 1, say: 'Who is there?' },
      ],
    },
    {},
    ['5 machine d human'],
  ],
  [
    'words beyond the threshold',
    { script: [{ after: 1, say: 'a b c d e f g h i j' }] },
    {},
    ['1.77 machine d machine'],
  ],
  [
    'speech longer than the threshold',
    { script: [{ after: 1, say: 'Welcome to Constantinopolitanischer Dudelsackverein' }] },
    {},
    ['3.4 machine d machine'],
  ],
  [
    'speech in pieces counts together',
    {
      script: [
        { after: 1, say: 'Constantinopolitanisch' },
        { after: 0.5, say: 'Dudelsackverein Hamburg' },
      ],
    },
    {},
    ['3.9 machine d machine'],
  ],
  ['nothing at all', {}, {}, ['6 machine d unknown']],
  ['the patience is over first', {}, { timeoutMs: 3_000 }, ['4 machine d unknown']],
  ['a beep', { machine: { greeting: '', beep: true, after: 2 } }, {}, ['2 machine d machine']],
  ['fax tones', { fax: { pages: 1 } }, {}, ['2 machine d fax']],
])('who has answered: %s', async ([, phone, more, events]) => {
  const found = verdicts(await told(phone, { ...detect, ...more }));
  expect(found).toEqual([...events, `${events.at(-1)!.split(' ')[0]} done d`]);
});

const greeting = 'You have reached the office of nobody at all.';

test.for<[title: string, Phone['machine'] & {}, Partial<typeof detect>, string[]]>([
  ['a beep', { greeting, beep: true }, {}, ['3.2 machine d machineEndBeep']],
  ['a beep after a pause', { greeting, beep: true, after: 1 }, {}, ['4.2 machine d machineEndBeep']],
  ['silence', { greeting, beep: false }, {}, ['3.9 machine d machineEndSilence']],
  [
    'nothing in time',
    { greeting, beep: false },
    { speechEndMs: 5_000, timeoutMs: 4_000 },
    ['5 machine d machineEndOther'],
  ],
  [
    'a beep, and what was thought before is told',
    { greeting, beep: true },
    { partial: true },
    ['2.1 machine d machine partial', '3.2 machine d machineEndBeep'],
  ],
])('a greeting is over: %s', async ([, machine, more, events]) => {
  const found = verdicts(await told({ machine }, { ...detect, until: 'greeting', ...more }));
  expect(found).toEqual([...events, `${events.at(-1)!.split(' ')[0]} done d`]);
});

test('a detection that is stopped, or whose leg has gone, says nothing more', async () => {
  const far = farSide({ phone: { ...answered, hangsUp: 9 } });
  far.call('phone', {
    1: [detect, { ...detect, id: 'e', silenceMs: 20_000 }],
    2: [{ type: 'stop', id: 'd' }],
  });
  await far.clock.run();
  expect(far.told.slice(1)).toEqual(['2 stopped d', '9 hungUp farSide normal']);
  expect(far.clock.pending).toBe(0);
});

const listen: LegCommand & { type: 'listen' } = { type: 'listen', id: 'l' };
const talk: Phone = { script: [{ after: 2, say: 'This is a damned long story.' }] };

test.for<[title: string, Phone, Partial<typeof listen>, string[]]>([
  ['until it is stopped', talk, {}, ['2 speaking', '3.7 spoke This is a damned long story. 1700 1']],
  [
    'until there is silence',
    {
      script: [
        { after: 2, say: 'Yes.' },
        { after: 0.5, say: 'No.', confidence: 0.3 },
      ],
    },
    { endMs: 1_000 },
    ['2 speaking', '2.5 spoke Yes. 500 1', '3 speaking', '3.5 spoke No. 500 0.3', '4.5 done l silence'],
  ],
  [
    'for so long',
    talk,
    { maxMs: 1_000, endMs: 1_000 },
    ['2 speaking', '3 spoke This is a damned 1000 1', '3 done l maximum', '3.7 spoke long story. 700'],
  ],
  [
    'with what has been understood so far, without rude words',
    talk,
    { partial: true, masks: true },
    ['2 speaking', '3 speaking This is a d*****', '3.7 spoke This is a d***** long story. 1700 1'],
  ],
  [
    'without taking offence at a greeting',
    { script: [{ after: 1, say: 'Hello, what the hell?' }] },
    { masks: true, endMs: 500 },
    ['1 speaking', '2.3 spoke Hello, what the h***? 1300 1', '2.8 done l silence'],
  ],
  [
    'when somebody speaks already',
    { script: [{ after: 0.5, say: 'This is a long story.' }] },
    { endMs: 500 },
    ['0.5 speaking', '1 speaking', '1.8 spoke This is a long story. 1300 1', '2.3 done l silence'],
  ],
])('speech is listened for %s', async ([, phone, more, events]) => {
  expect(await told(phone, { ...listen, ...more })).toEqual(events);
});

test.for<[title: string, Phone, string, string[]]>([
  ['somebody who can be reached', {}, 'other', ['1 referred f request 202', '2 referred f transfer 200', '2 done f']],
  [
    'a busy telephone',
    {},
    '+15555550101',
    [
      '1 referred f request 202',
      '2 referred f transfer 486',
      '2 failed f CALL_NO_ROUTE the far side got 486 from +15555550101',
    ],
  ],
  [
    'anybody, in vain',
    { refers: 'refuses' },
    'other',
    ['1 referred f request 603', '1 failed f CALL_NOT_REFERRED the far side refused it: 603'],
  ],
  ['anybody, without a word', { refers: 'silent' }, 'other', ['1 referred f request 202']],
])('refer to %s', async ([, phone, to, events]) => {
  expect(await told(phone, { type: 'refer', id: 'f', to })).toEqual(events);
});

test.for<[title: string, Phone, string | undefined]>([
  ['is sent', {}, undefined],
  ['cannot be sent to a telephone that takes none', { texts: false }, 'phone receives no text messages'],
  ['cannot be sent to nobody', { unreachable: true }, 'phone receives no text messages'],
])('a text message %s', async ([, phone, failure]) => {
  const far = farSide({ phone });
  far.network.sendText('m', { to: 'phone', from: '+15555550200', text: 'Hello.' });
  await far.clock.run();
  expect(far.finished).toEqual([{ type: 'message', id: 'm', ...(failure !== undefined && { failure }) }]);
});

test('what a recording holds when its leg ends is told with the end', async () => {
  const events = await told(
    { hangsUp: 5, script: [{ after: 2, say: 'Hello there.' }] },
    {
      type: 'record',
      id: 'r',
      channels: 1,
      trim: true,
    },
  );
  expect(events.at(-1)).toBe('5 hungUp farSide normal [object Object]');
});
