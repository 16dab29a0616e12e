/** A process that commits batches until it is killed, and says on its standard output which ones are committed. */
import { writeSync } from 'node:fs';
import { argv } from 'node:process';
import { sqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { deliveryOf, entryOf } from '../ports/store-batches.ts';
import { callRecord, recordingRecord } from '../vendors/records.ts';

const fail = (error: Error) => {
  throw error;
};
const store = sqliteStore({ file: argv[2]!, onFailure: fail });
let next = (store.lastSeq() + 1) / 2;

/** One batch, which tells its number in everything it holds. */
function commitOne(): void {
  const n = next++;
  const id = `call ${n}`;
  store.commit(
    () => ({
      entries: [entryOf({ seq: 2 * n, family: id }), entryOf({ seq: 2 * n + 1, family: id })],
      changes: [
        { type: 'call', record: callRecord({ id, family: id }) },
        { type: 'recording', record: recordingRecord({ id: `recording ${n}`, call: id }) },
      ],
      deliveries: [deliveryOf(`delivery ${n}`, id)],
    }),
    () => writeSync(1, `${n}\n`),
  );
}

for (;;) {
  for (let together = 0; together < 7; together++) commitOne();
  await new Promise((done) => setImmediate(done));
}
