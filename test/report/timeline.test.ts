import { expect, test } from 'vitest';
import { replay } from '../../src/replay/replay.ts';
import { excerpt } from '../../src/report/excerpt.ts';
import { type Timeline, timelineOf } from '../../src/report/timeline.ts';
import { replayed } from './replayed.ts';

/** What each party does from which row to which, as lines of text. */
const spansOf = ({ spans, lanes }: Timeline) =>
  spans.map(({ lane, label, fromRow, toRow }) => `${fromRow}-${toRow} ${lanes[lane]!.name} ${label}`);

/** The rows with the column in which they stand, and what they lead to. */
const rowsOf = ({ rows, exchanges }: Timeline) =>
  rows.map(({ step, lane, told, text, exchange, mark }) => {
    const marked = mark && exchanges[mark[0]]!.marks[mark[1]];
    const leads =
      exchange !== undefined ? ` (exchange ${exchange})` : marked ? ` (${marked.element} ${marked.line})` : '';
    return `${step} ${lane}: ${told?.what ?? text.trim()}${leads}`;
  });

test('a call to a desk: who rings, waits, talks and hears what, from which line to which', async () => {
  const { replay } = await replayed('front-desk');
  const timeline = timelineOf(replay!.journal);
  expect(rowsOf(timeline)).toMatchInlineSnapshot(`
    [
      "  0: calls +61255501234 from +61491570006",
      "  engine: POST https://app.example/voice (state STARTING) (exchange 0)",
      "  application: 200: Input (exchange 0)",
      "  engine: answers",
      "  engine: in progress",
      "  engine: says "For the shop, press 1. For our opening hours, press 2." (3.2 s) (Input 2)",
      "  0: presses 1",
      "  engine: POST /choice action=INPUT digits=1 (state IN_PROGRESS) (exchange 1)",
      "  application: 200: Say, RecordCall, Call (exchange 1)",
      "  engine: says "One moment please." (1.1 s) (Say 2)",
      "  engine: lets caller hear ringing (Call 4)",
      "  engine: calls +61491570156 from +61491570006",
      "  engine: calls +61491570157 from +61491570006",
      "  1: rings",
      "  engine: +61491570156 ringing",
      "  2: rings",
      "  engine: +61491570157 ringing",
      "  2: answers",
      "  engine: +61491570157 in progress",
      "  engine: joins caller and +61491570157",
      "  engine: begins recording 1 of caller, both sides (Call 4)",
      "  engine: hangs up +61491570156",
      "  engine: +61491570156 canceled: ended by the engine (canceled 487) after 4.0 s",
      "  2: says "Corner Books, good morning." (1.6 s)",
      "  2: hangs up",
      "  engine: +61491570157 completed: ended by the far side (normal) after 15.6 s, 11.6 s of it answered",
      "  engine: parts +61491570157 and caller after 11.6 s",
      "  engine: POST /called action=CALL callStatus=COMPLETED call=+61491570157 (bridged true) (exchange 2)",
      "  application: 200: Say (exchange 2)",
      "  engine: says "Thank you for calling." (1.3 s) (Say 2)",
      "  engine: hangs up caller (Say 2)",
      "  engine: caller completed: ended by the engine (normal) after 22.0 s, 22.0 s of it answered",
      "  engine: is ready: 12.9 s, 2 channels",
      "  application: POST /recorded RECORDING_READY SUCCEEDED: 204 (exchange 3)",
    ]
  `);
  expect(spansOf(timeline)).toMatchInlineSnapshot(`
    [
      "0-19 caller is on the line",
      "5-6 caller hears “For the shop, press 1. For our opening hours, press 2.”",
      "9-10 caller hears “One moment please.”",
      "10-19 caller hears ringing",
      "11-22 +61491570156 rings",
      "12-18 +61491570157 rings",
      "18-24 +61491570157 talks with caller",
      "19-26 caller talks with +61491570157",
      "26-31 caller is on the line",
      "29-30 caller hears “Thank you for calling.”",
    ]
  `);
});

test('its documents are marked where they were carried out', async () => {
  const { replay } = await replayed('front-desk');
  const documents = timelineOf(replay!.journal).exchanges.map(({ attempt, event, marks, source }) => ({
    what: `${event ?? 'document'} ${attempt?.url} ${attempt?.status}`,
    marks: marks.map(({ element, line, at }) => `${element} ${line} at ${at / 1000} s`),
    marked: excerpt(source ?? '', marks).flatMap((line) =>
      'pieces' in line ? line.pieces.flatMap((piece) => ('marks' in piece ? [piece.text] : [])) : [],
    ),
  }));
  expect(documents).toMatchInlineSnapshot(`
    [
      {
        "marked": [
          "<Input MaxDigitCount="1" NextUri="/choice">",
        ],
        "marks": [
          "Input 2 at 0 s",
        ],
        "what": "document https://app.example/voice 200",
      },
      {
        "marked": [
          "<Say>",
          "<RecordCall Trigger="bridge" RecordingReadyUri="/recorded"/>",
          "<Call NextUri="/called">",
        ],
        "marks": [
          "Say 2 at 4 s",
          "RecordCall 3 at 5.1 s",
          "Call 4 at 5.1 s",
        ],
        "what": "document https://app.example/choice 200",
      },
      {
        "marked": [
          "<Say>",
        ],
        "marks": [
          "Say 2 at 20.7 s",
        ],
        "what": "document https://app.example/called 200",
      },
      {
        "marked": [],
        "marks": [],
        "what": "RECORDING_READY https://app.example/recorded 204",
      },
    ]
  `);
});

test('what differs from another transcript stands at its place', async () => {
  const { replay, compared } = await replayed('opening-hours', (transcript) =>
    transcript.replace('nine to five', 'ten to six').replace(/^.*hangs up\n/m, ''),
  );
  expect(rowsOf(timelineOf(replay!.journal, compared))).toMatchInlineSnapshot(`
    [
      "  0: calls +61255501234 from +61491570006",
      "  engine: POST https://app.example/voice (state STARTING) (exchange 0)",
      "  application: 200: Say (exchange 0)",
      "  engine: answers",
      "  engine: in progress",
      "- gone: 0.0   engine        says "We are open from ten to six." (1.8 s)",
      "+ engine: says "We are open from nine to five." (1.8 s) (Say 1)",
      "+ engine: hangs up (Say 1)",
      "  engine: completed: ended by the engine (normal) after 1.8 s, 1.8 s of it answered",
    ]
  `);
});

test('lines that were not compared are not lost', async () => {
  const { replay } = await replayed('opening-hours');
  const rows = timelineOf(replay!.journal, { expected: 'one\ntwo', now: 'three' }).rows;
  expect(rows.map(({ step }) => step).join('')).toBe('--+       ');
});

test('nobody reads more than two thousand lines, and a page says how many there are', async () => {
  const say = '<Say>A.</Say>'.repeat(900);
  const { journal } = await replay({
    limit: 100_000,
    handler: {
      '/voice': `<Response>${say}<Redirect>/a</Redirect></Response>`,
      '/a': `<Response>${say}<Redirect>/b</Redirect></Response>`,
      '/b': `<Response>${say}</Response>`,
    },
  });
  const { rows, more } = timelineOf(journal);
  expect({ rows: rows.length, more }).toEqual({ rows: 2_000, more: 711 });
});

test('in a conference people come and go, and one is muted', async () => {
  const conference = '<Response><Dial><Conference>room</Conference></Dial></Response>';
  const { journal } = await replay({
    dialect: 'laml',
    handler: { 'POST /voice': conference },
    calls: [
      { from: '+61491570006', caller: [{ after: 8, hangUp: true }] },
      { from: '+61491570007', at: 2, caller: [{ after: 4, hangUp: true }] },
    ],
    acts: [{ after: 3, call: 2, mute: true }],
  });
  expect(spansOf(timelineOf(journal))).toMatchInlineSnapshot(`
    [
      "0-14 caller is on the line",
      "6-16 caller hears music",
      "7-17 caller 2 is in the conference room",
      "14-22 caller is in the conference room",
      "17-18 caller 2 listens to the conference room",
    ]
  `);
});
