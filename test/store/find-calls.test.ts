import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { CallRecord } from '../../src/records/call.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import type { CallFilter } from '../../src/store/store.ts';
import { commit } from '../ports/store-batches.ts';
import { callRecord } from '../vendors/records.ts';
import { dataFolder } from './data-file.ts';

const folder = dataFolder();
const sqlite = folder.open();
const memory = memoryStore();
afterAll(() => folder[Symbol.dispose]());

/** Few values, so that they meet; among them some that SQL, patterns or other alphabets could take for something else. */
const address = fc.constantFrom(
  '',
  '+61',
  '+6125',
  '+61255',
  '+612\u0000',
  "sip:%'_*",
  'sip:%',
  'SIP:%',
  'ü',
  'u',
  '\u{1f4de}',
  '\uffff',
);
const instant = fc.integer({ min: 0, max: 5 });
const state = fc.constantFrom('queued', 'ringing', 'completed', 'canceled', 'nothing of the kind');

const record = fc.record({
  to: address,
  from: address,
  state: fc.constantFrom('queued', 'ringing', 'completed', 'canceled' as const),
  direction: fc.constantFrom('incoming', 'outgoing' as const),
  transport: fc.constantFrom('PSTN', 'SIP', 'CLIENT' as const),
  createTime: instant,
});

const equality = fc.constantFrom('=', '!=' as const);
const filter = fc.letrec<{ filter: CallFilter; group: CallFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    fc.record({
      field: fc.constant('createTime' as const),
      op: fc.constantFrom('=', '!=', '<', '<=', '>', '>=' as const),
      value: instant,
    }),
    fc.record(
      {
        field: fc.constantFrom('to', 'from' as const),
        op: equality,
        value: address,
        prefix: fc.constant(true as const),
      },
      { requiredKeys: ['field', 'op', 'value'] },
    ),
    fc.record({ field: fc.constant('state' as const), op: equality, value: state }),
    tie('group'),
  ),
  group: fc.oneof(
    fc.record({ all: fc.array(tie('filter'), { maxLength: 4 }) }),
    fc.record({ any: fc.array(tie('filter'), { maxLength: 4 }) }),
  ),
})).filter;

let runs = 0;

test('finds the same calls in memory and in SQLite, whatever is asked, in one piece or in many', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { maxLength: 12 }),
      filter,
      fc.integer({ min: 1, max: 4 }),
      async (records, wanted, limit) => {
        const project = `project ${runs++}`;
        const calls = records.map((differing, n) =>
          callRecord({ id: `${project} ${n}`, family: project, project, ...differing }),
        );
        const changes = calls.map((each) => ({ type: 'call', record: each }) as const);
        for (const store of [memory, sqlite]) await commit(store, { changes });
        const all = memory.findCalls({ project, filter: wanted, limit: 100 });
        expect(sqlite.findCalls({ project, filter: wanted, limit: 100 })).toEqual(all);
        for (const store of [memory, sqlite]) {
          const pieces: CallRecord[] = [];
          for (let piece = 1; piece > 0; ) {
            const found = store.findCalls({ project, filter: wanted, after: pieces.at(-1), limit });
            pieces.push(...found);
            piece = found.length;
          }
          expect(pieces).toEqual(all);
        }
      },
    ),
  );
});
