import { expect, test } from 'vitest';
import type { JournalEntry } from '../../src/journal/journal.ts';
import { replay } from '../../src/replay/replay.ts';
import type { Fact } from '../../src/replay/tell.ts';
import { createTranscript, transcriptOf } from '../../src/replay/transcript.ts';
import { held, muted } from '../../src/telephony/bridge.ts';

const call = '019b76daa8000001a087ea00b349';
const begin = Date.UTC(2026, 0, 1);

const offered: Fact = {
  type: 'offered',
  incoming: { to: '+61255501234', from: '+61491570006', transport: 'PSTN' },
};

const entryOf = (fact: Fact, seq: number): JournalEntry => ({
  seq,
  at: begin + seq * 1000,
  subject: call,
  family: call,
  input: fact as never,
});

/** The last line of a transcript of these facts, one a second. */
const lastOf = (...facts: Fact[]) =>
  transcriptOf([offered, ...facts].map(entryOf))
    .trimEnd()
    .split('\n')
    .at(-1)
    ?.replace(/^ +[\d.]+ +/, '');

test.for<[string, ...Fact[]]>([
  ['caller        calls +61255501234 from +61491570006'],
  [
    'caller        calls +61255501234 from a private number (SIP)',
    { type: 'offered', incoming: { to: '+61255501234', from: 'x', transport: 'SIP', isPrivate: true } },
  ],
  ['caller        puts us on hold', { type: 'leg.held' }],
  ['caller        comes back from hold', { type: 'leg.resumed' }],
  ['caller        gives up', { type: 'leg.hungUp', by: 'farSide', cause: 'normal' }],
  ['network       drops caller: failed (503)', { type: 'leg.hungUp', by: 'network', cause: 'failed', sipCode: 503 }],
  ['caller        has said so far "Ye"', { type: 'leg.speaking', text: 'Ye' }],
  ['caller        says "Yes." (0.5 s)', { type: 'leg.spoke', text: 'Yes.', ms: 500 }],
  [
    'engine        says "One.", plays https://app.example/two.mp3 2 times, beeps',
    {
      type: 'commanded',
      command: {
        type: 'play',
        id: 'p',
        sounds: [
          { type: 'speech', text: 'One.' },
          { type: 'audio', url: 'https://app.example/two.mp3', loops: 2 },
          { type: 'beep' },
        ],
      },
    },
  ],
  [
    'engine        waits 2.0 s',
    { type: 'commanded', command: { type: 'play', id: 'p', sounds: [{ type: 'silence', ms: 2000 }] } },
    { type: 'leg.done', id: 'p' },
  ],
  [
    'engine        stops playing after 1.0 s',
    { type: 'commanded', command: { type: 'play', id: 'p', sounds: [{ type: 'speech', text: 'One.' }] } },
    { type: 'commanded', command: { type: 'stop', id: 'p' } },
    { type: 'leg.stopped', id: 'p' },
  ],
  [
    'engine        skips https://app.example/x.mp3: AUDIO_NOT_AVAILABLE the status was 404',
    {
      type: 'leg.skipped',
      id: 'p',
      url: 'https://app.example/x.mp3',
      code: 'AUDIO_NOT_AVAILABLE',
      reason: 'the status was 404',
    },
  ],
  [
    'network       fails: STREAM_NOT_OPEN nobody has opened it',
    { type: 'leg.failed', id: 's', code: 'STREAM_NOT_OPEN', reason: 'nobody has opened it' },
  ],
  ['engine        makes caller muted', { type: 'bridge.role', bridge: 'b', role: muted }],
  ['api           makes caller held', { type: 'act.role', role: held }],
  [
    'api           makes caller speaking to caller, hearing all',
    { type: 'act.role', role: { speaksTo: [call], hears: 'all' } },
  ],
  ['engine        puts caller into the queue sales', { type: 'queue.entered', queue: 'sales', id: 'q1' }],
  [
    'engine        takes caller out of the queue sales: bridged',
    { type: 'queue.left', queue: 'sales', reason: 'bridged' },
  ],
  ['call          label queue = "sales"', { type: 'call.labeled', key: 'queue', value: 'sales', labels: {} }],
  ['call          label queue removed', { type: 'call.labeled', key: 'queue', value: '', labels: {} }],
  ['engine        ignores what comes late: an answer', { type: 'dropped', what: 'an answer', epoch: 1 }],
  ['engine        reports speech.partial', { type: 'reported', fact: { type: 'speech.partial' } }],
  [
    'problem       CALL_CALLER_ID nobody calls (Call, line 3)',
    { type: 'problem', code: 'CALL_CALLER_ID', message: 'nobody calls', at: { element: 'Call', line: 3, column: 5 } },
  ],
])('%s', ([line, ...facts]) => {
  expect(lastOf(...facts)).toBe(line);
});

test('a live transcript says the same, but for what it cannot know yet', async () => {
  const { journal, transcript } = await replay({
    caller: [{ after: 1, press: 1 }],
    handler: {
      'POST /voice': '<Response><Input MaxDigitCount="1" NextUri="/end"><Say>Press one.</Say></Input></Response>',
      'POST /end': '<Response><Say>Goodbye.</Say></Response>',
    },
  });
  const live = createTranscript();
  const lines = journal.flatMap((entry) => live.line(entry));
  const whole = transcript.trimEnd().split('\n');
  expect(lines.map((line, index) => (line === whole[index] ? 'same' : line.trim()))).toMatchInlineSnapshot(`
    [
      "same",
      "0.0   engine        POST https://app.example/voice",
      "same",
      "same",
      "same",
      "0.0   engine        says "Press one."",
      "same",
      "1.0   engine        POST /end digits=1 reason=complete",
      "same",
      "1.0   engine        says "Goodbye."",
      "same",
      "same",
    ]
  `);
});

test('times that are not on a tenth of a second have three digits, and their points stand in one column', () => {
  const facts: [number, Fact][] = [
    [0, offered],
    [1_250, { type: 'leg.pressed', digit: '1' }],
    [61_500, { type: 'leg.pressed', digit: '2' }],
  ];
  const entries = facts.map(([ms, fact], seq): JournalEntry => ({ ...entryOf(fact, seq), at: begin + ms }));
  expect(transcriptOf(entries)).toMatchInlineSnapshot(`
    "    0.0   caller        calls +61255501234 from +61491570006
        1.250 caller        presses 1
       61.5   caller        presses 2
    "
  `);
});
