import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import { scriptedStreams } from '../../src/replay/scripted-streams.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { sqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { engineWith } from './engine.ts';

/** A store that each next process opens again. */
type Disk = (clock: VirtualClock) => { store: Store; kill(): void };

function inMemory(): Disk {
  const store = memoryStore();
  return () => ({ store, kill: () => {} });
}

function inFile(): Disk {
  const folder = mkdtempSync(join(tmpdir(), 'callflow-lost-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return (clock) => {
    const store = sqliteStore({
      file: join(folder, 'callflow.sqlite'),
      clock,
      onFailure: (error) => {
        throw error;
      },
    });
    return { store, kill: () => store.close() };
  };
}

const ears = 'wss://ears.example/live';

const everything = `<Response>
  <Start>
    <Stream name="over" url="${ears}" statusCallback="/told"/>
    <Stream name="qa" url="${ears}" authBearerToken="t-123" statusCallback="/told"/>
    <Stream name="slow" url="wss://silent.example/" statusCallback="/told"/>
    <Siprec name="copy" connectorName="main" statusCallback="/told"/>
    <Transcription name="text" statusCallbackUrl="/told"/>
    <Stream name="unheard" url="${ears}"/>
  </Start>
  <Pause length="1"/>
  <Stop><Stream name="over"/></Stop>
  <Dial><Conference beep="false"><![CDATA[room]]><Stream name="room" url="${ears}" statusCallback="/told"/></Conference></Dial>
</Response>`;

/** A process with a call, which is killed after so many seconds; what it was posted. */
function processOn(open: Disk, document: string) {
  const clock = new VirtualClock();
  const { store, kill } = open(clock);
  const servers = scriptedStreams(clock, { [ears]: {}, 'wss://silent.example/': { silent: true } });
  const parts = engineWith(({ url }) => (url.endsWith('/voice') ? document : '<Response/>'), { clock, store, servers });
  const told = () =>
    parts.asked.flatMap(({ url, body }) => (url.endsWith('/told') ? [new URLSearchParams(String(body))] : []));
  return { ...parts, store, kill, told };
}

const nameOf = (form: URLSearchParams) =>
  form.get('StreamName') ?? form.get('SiprecName') ?? form.get('TranscriptionName');
const eventOf = (form: URLSearchParams) =>
  form.get('StreamEvent') ?? form.get('SiprecEvent') ?? form.get('TranscriptionEvent');

test.for([
  ['in memory', inMemory],
  ['in a file', inFile],
] as const)(
  'whoever hears of what was streamed when the process died is told that it has stopped, once; kept %s',
  async ([, disk]) => {
    const open = disk();
    const before = processOn(open, everything);
    before.callIn([{ after: 2, say: 'Is anybody there?' }]);
    await before.clock.advance(5_000);
    const died = before.clock.now();
    before.store.heartbeat(died);
    const begun = before.told();
    expect(begun.map((form) => `${nameOf(form)} ${eventOf(form)}`).sort()).toEqual([
      'copy siprec-started',
      'over stream-started',
      'over stream-stopped',
      'qa stream-started',
      'room stream-started',
      'text transcription-content',
      'text transcription-started',
    ]);
    before.kill();

    const after = processOn(open, everything);
    await after.clock.advance(60_000);
    after.engine.recover();
    await after.clock.run();
    const ended = after.told();
    // The conference has an order of its own.
    expect(ended.map((form) => `${nameOf(form)} ${eventOf(form)}`)).toEqual([
      'qa stream-stopped',
      'room stream-stopped',
      'copy siprec-stopped',
      'text transcription-stopped',
    ]);
    const at = new Date(died).toISOString();
    expect(ended.map((form) => form.get('Timestamp'))).toEqual([at, at, at, at]);
    const started = begun.find((form) => nameOf(form) === 'qa')!;
    expect([started.get('Unique-ID'), started.get('ConferenceSid')]).toEqual([started.get('CallSid'), null]);
    expect(Object.fromEntries(ended[0]!)).toEqual({
      ...Object.fromEntries(started),
      StreamEvent: 'stream-stopped',
      Timestamp: at,
    });
    const text = begun.filter((form) => nameOf(form) === 'text').map((form) => Number(form.get('SequenceId')));
    expect(ended[3]!.get('SequenceId')).toBe(String(Math.max(...text) + 1));
    const states = after.journal.flatMap(({ output }) =>
      output?.type === 'fork.changed' ? [`${output.record.name} ${output.record.state}`] : [],
    );
    expect(states).toEqual(['qa', 'slow', 'copy', 'text', 'unheard', 'room'].map((name) => `${name} stopped`));
    expect([...after.store.deliveries('owed')]).toEqual([]);
    after.kill();

    const again = processOn(open, everything);
    again.engine.recover();
    await again.clock.run();
    expect([again.told(), again.journal]).toEqual([[], []]);
    again.kill();
  },
);

test('what began in this process goes on when what was before it is recovered', async () => {
  const parts = processOn(inMemory(), everything);
  parts.callIn([{ after: 20, hangUp: true }]);
  await parts.clock.advance(5_000);
  const seq = parts.journal.length;
  parts.engine.recover();
  expect(parts.journal).toHaveLength(seq);
  await parts.clock.run();
  const ends = parts.told().filter((form) => nameOf(form) === 'qa' && eventOf(form) === 'stream-stopped');
  expect(ends).toHaveLength(1);
});

test('a call from which nothing goes elsewhere is written down as if nothing could', async () => {
  const parts = processOn(inMemory(), '<Response><Say>Hello.</Say></Response>');
  parts.callIn([]);
  await parts.clock.run();
  expect([...parts.store.deliveries()]).toEqual([]);
});
