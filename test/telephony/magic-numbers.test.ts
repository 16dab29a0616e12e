import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { magicNumbers } from '../../src/telephony/simulated/magic-numbers.ts';
import { farSide } from './far-side.ts';

/** What each tells within twenty seconds, when nothing is done to it. */
const tells: Readonly<Record<string, readonly string[]>> = {
  '+15555550100': ['0 ringing', '2 answered', '2.5 speaking', '3.8 spoke Hello, how can I help? 1300'],
  '+15555550101': ['0 hungUp farSide busy 486'],
  '+15555550102': ['0 ringing'],
  '+15555550103': ['0 ringing', '2 hungUp farSide rejected 603'],
  '+15555550104': ['1 hungUp network unreachable 480'],
  '+15555550105': ['0 hungUp network invalidNumber 484'],
  '+15555550106': ['0 ringing', '2 answered', '2 hungUp farSide normal'],
  '+15555550107': [
    '0 ringing',
    '2 answered',
    '2 speaking',
    '5.8 spoke Nobody is here right now. Please leave a message after the tone. 3800',
  ],
  '+15555550108': ['0 ringing', '2 answered'],
  '+15555550109': ['0 ringing', '2 answered', '4 pressed 1'],
  '+15555550110': ['0 ringing', '2 answered', '4 pressed 2'],
  '+15555550111': ['0 hungUp network failed 503'],
  '+15555550112': ['0 ringing', '2 answered', '12 hungUp farSide normal'],
  '+15555550113': ['5 ringing', '7 answered'],
  '+15555550114': ['0 ringing', '2 answered'],
  '+15555550115': [
    '0 earlyMedia',
    '0 speaking',
    '2.7 spoke The number you have called is not in service. 2700',
    '2.7 hungUp network unreachable 480',
  ],
  '+15555550116': ['0 ringing', '2 answered', '5 held', '15 resumed'],
  '+15555550117': [
    '0 ringing',
    '2 answered',
    '2 speaking',
    '5.2 spoke Nobody is here right now. Please call again tomorrow. 3200',
  ],
  '+15555550118': ['0 ringing', '2 answered', '2.5 speaking', '3 spoke Hello? 500'],
  '+15555550119': ['0 ringing', '2 answered'],
};

test.for(magicNumbers)('$number: $about', async ({ number }) => {
  const { clock, call, told } = farSide();
  call(number);
  await clock.advance(20_000);
  expect(told).toEqual(tells[number]);
});

test.for([
  ['a number that is not listed', '+15555550199', ['0 ringing', '2 answered']],
  ['a SIP URI', 'sip:anybody@pbx.example', ['0 ringing', '2 answered']],
  [
    'a SIP URI whose user is a magic number',
    'sip:+15555550101@pbx.example;transport=tls',
    ['0 hungUp farSide busy 486'],
  ],
  ['a SIP URI with a phone of its own', 'sip:desk7@pbx.example', ['0 ringing', '2 hungUp farSide rejected 603']],
  ['a number with a phone of its own', '+15555550102', ['0 hungUp farSide busy 486']],
] as const)('%s', async ([, to, events]) => {
  const { clock, call, told } = farSide({
    'sip:desk7@pbx.example': { rejects: true },
    '+15555550102': { busy: true },
  });
  call(to);
  await clock.advance(20_000);
  expect(told).toEqual(events);
});

test('a telephone with one line takes one call at a time', async () => {
  const { clock, call, told } = farSide();
  const first = call('+15555550114');
  call('+15555550114');
  await clock.advance(5_000);
  first.send({ type: 'hangUp' });
  call('+15555550114');
  await clock.advance(5_000);
  expect(told).toEqual([
    '0 ringing',
    '0 leg-2 hungUp farSide busy 486',
    '2 answered',
    '5 hungUp us normal',
    '5 leg-3 ringing',
    '7 leg-3 answered',
  ]);
});

test('a telephone may behave differently at each call', async () => {
  const { clock, call, told } = farSide({ moody: { calls: [{ busy: true }, { rejects: 1 }] } });
  for (let calls = 0; calls < 3; calls++) {
    call('moody');
    await clock.advance(10_000);
  }
  expect(told.filter((event) => event.includes('hungUp'))).toEqual([
    '0 hungUp farSide busy 486',
    '11 leg-2 hungUp farSide rejected 603',
    '21 leg-3 hungUp farSide rejected 603',
  ]);
});

test('the documentation has every magic number, and none besides', () => {
  const page = readFileSync(new URL('../../docs/simulated-network.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\+1555555\d{4})` \| (.*) \|$/gm)].map(([, number, about]) => ({
    number,
    about,
  }));
  expect(rows).toEqual(magicNumbers.map(({ number, about }) => ({ number, about })));
});
