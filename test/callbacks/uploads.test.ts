import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Uploads } from '../../src/callbacks/uploads.ts';
import { realClock as clock } from '../../src/clock.ts';
import { createGuard } from '../../src/http/guard.ts';
import { type UndiciTransport, undiciTransport } from '../../src/http/undici.ts';
import type { Attempt } from '../../src/journal/journal.ts';
import type { RecordingRecord } from '../../src/records/recording.ts';
import { application, type FarSide } from '../http/far-side.ts';

const audio = Buffer.from([0, 159, 146, 150, 255, 0, 10, 13]);
let folder: string;
let bucket: FarSide;
let transport: UndiciTransport;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callflow-uploads-'));
  writeFileSync(join(folder, 'r1.wav'), audio);
  bucket = await application({
    '/kept.wav': (_, response) => response.writeHead(201).end(),
    '/refused.wav': (_, response) => response.writeHead(403).end('no'),
  });
  transport = undiciTransport({ clock, guard: createGuard({ allow: ['loopback'] }) });
});

afterEach(async () => {
  await transport.close();
  await bucket.close();
  rmSync(folder, { recursive: true });
});

const recording = (more: Partial<RecordingRecord>): RecordingRecord => ({
  id: 'r1',
  call: 'c1',
  project: 'demo',
  dialect: 'laml',
  state: 'succeeded',
  source: 'record',
  channels: 1,
  trim: false,
  transcribe: false,
  createTime: 0,
  startTime: 0,
  file: 'r1.wav',
  ...more,
});

/** What the first attempt to send this recording comes to. */
function sent(record: RecordingRecord, guarded: UndiciTransport = transport) {
  return new Promise<{ attempt: Attempt; last: boolean }>((done) => {
    const uploads = new Uploads({
      clock,
      transport: guarded,
      audioOf: (file) => readFile(join(folder, file)),
      attempted: (_record, _family, _number, attempt, last) => {
        uploads.close();
        done({ attempt, last });
      },
    });
    uploads.hear({ seq: 1, at: 0, subject: 'c1', family: 'c1', output: { type: 'recording.ended', record } });
  });
}

test.for(['PUT', 'POST'] as const)('the audio is sent by %s, byte by byte', async (method) => {
  const { attempt, last } = await sent(recording({ storage: { url: `${bucket.origin}/kept.wav`, method } }));
  expect(attempt).toMatchObject({ method, status: 201, url: `${bucket.origin}/kept.wav` });
  expect([attempt.code, last]).toEqual([undefined, true]);
  expect(bucket.heard).toMatchObject([
    { method, headers: { 'content-type': 'audio/wav', 'content-length': '8' }, body: audio.toString() },
  ]);
});

test.for<[title: string, path: string, Partial<RecordingRecord>, code: string, last: boolean]>([
  ['a refusal is tried again', '/refused.wav', {}, 'HANDLER_STATUS', false],
  ['audio that is gone is not', '/kept.wav', { file: 'r2.wav' }, 'RECORDING_NOT_STORED', true],
])('%s', async ([, path, more, code, last]) => {
  const storage = { url: bucket.origin + path, method: 'PUT' } as const;
  const sending = await sent(recording({ storage, ...more }));
  expect([sending.attempt.code, sending.last]).toEqual([code, last]);
});

test('no address is reached that the guard forbids', async () => {
  const guarded = undiciTransport({ clock, guard: createGuard({}) });
  const storage = { url: `${bucket.origin}/kept.wav`, method: 'PUT' } as const;
  const { attempt } = await sent(recording({ storage }), guarded);
  await guarded.close();
  expect(attempt.code).toBe('URL_NOT_ALLOWED');
  expect(bucket.heard).toEqual([]);
});

test.for<[title: string, Partial<RecordingRecord>]>([
  ['without a place of its own', {}],
  ['that is empty', { state: 'empty', storage: { url: 'https://bucket.example/1.wav', method: 'PUT' } }],
])('a recording %s stays where it is', ([, more]) => {
  const uploads = new Uploads({
    clock,
    transport,
    audioOf: async () => undefined,
    attempted: () => {
      throw new Error('nothing is sent');
    },
  });
  uploads.hear({
    seq: 1,
    at: 0,
    subject: 'c1',
    family: 'c1',
    output: { type: 'recording.ended', record: recording(more) },
  });
  expect(uploads.size).toBe(0);
});
