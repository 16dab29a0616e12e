import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import type { JournalEntry } from '../../src/journal/journal.ts';
import { actsIn } from '../../src/replay/export/acts.ts';
import { exported, type FlowFolder } from '../../src/replay/export/export.ts';
import { unsaidIn } from '../../src/replay/export/unsaid.ts';
import { asFlow } from '../../src/replay/flow-shape.ts';
import { flowsIn, loadFlow } from '../../src/replay/load.ts';
import { type Replay, replay } from '../../src/replay/replay.ts';
import { tolerant } from '../../src/replay/tolerance.ts';
import { readYaml } from '../../src/replay/yaml.ts';
import { engineWith } from '../streams/engine.ts';

const flows = flowsIn(['test/flows']).filter(({ name }) => !name.endsWith('/no-handler'));

async function journalOf(file: string): Promise<readonly JournalEntry[]> {
  const { flow, read } = loadFlow(file);
  return (await replay(flow, { read })).journal;
}

/** The flow of a folder, as it is read from a disk; without the journal, if that is not wanted. */
function replayOf(files: FlowFolder, what: 'reenacted' | 'played'): Promise<Replay> {
  const { value, broken } = readYaml('flow.yaml', files.get('flow.yaml')!);
  expect(broken).toBeUndefined();
  const { journal, ...flow } = asFlow(value);
  const read = (name: string) => new TextEncoder().encode(files.get(name));
  return replay(what === 'played' ? flow : { ...flow, ...(journal && { journal }) }, { read });
}

test.for(flows.map(({ name, file }) => [name, file] as const))(
  '%s is exported and replayed exactly',
  async ([, file]) => {
    const files = exported(await journalOf(file), { keep: ['+61255501234'] });
    const again = await replayOf(files, 'reenacted');
    expect(again.difference).toBeUndefined();
    expect(again.transcript).toBe(files.get('transcript.txt'));
    // What people did is in the script too, as far as scripts can say it.
    if (unsaidIn(again.journal).length > 0) return;
    const played = await replayOf(files, 'played');
    expect(tolerant(played.transcript)).toBe(tolerant(files.get('transcript.txt')!));
  },
);

test('most flows can be played again from what was exported', async () => {
  const journals = await Promise.all(flows.slice(0, 100).map(({ file }) => journalOf(file)));
  expect(journals.filter((journal) => unsaidIn(journal).length === 0).length).toBeGreaterThan(70);
});

test('numbers of people and secrets do not leave, wherever they stand', async () => {
  const { journal } = await replay({
    caller: [{ after: 3, hangUp: true }],
    phones: { '+61400111222': { answers: false } },
    call: { from: '+61400333444' },
    handler: {
      'POST /voice': {
        xml: '<Response><Say>Calling 61400111222.</Say><Call CallerId="+61255501234"><Endpoint>tel:+61-400-111-222</Endpoint></Call></Response>',
        headers: { authorization: 'Bearer abc', 'x-api-key': 'def' },
        cookies: { session: 'ghi' },
      },
    },
  });
  const files = [...exported(journal, { keep: ['+61255501234'] }).values()].join('\n');
  expect(files).not.toMatch(/400[^\d]?111[^\d]?222|400[^\d]?333[^\d]?444|Bearer abc|"def"|ghi/);
  expect(files).toContain('+61255501234');
});

test('what was done to a conference is not said of a call that had left it, when those in it are of other families', async () => {
  const clock = new VirtualClock();
  const meets = '<Response><Dial><Conference>room</Conference></Dial></Response>';
  const { engine, journal, callIn } = engineWith(
    ({ url }) => (url.endsWith('/alone') ? '<Response><Pause length="600"/></Response>' : meets),
    { clock },
  );
  for (let call = 0; call < 3; call++) {
    callIn([]);
    await clock.run(clock.now() + 5_000);
  }
  const [first = ''] = engine.live();
  const [conference] = engine.conferences.find({ project: 'demo', limit: 1 });
  engine.act(first, { type: 'act.redirect', urls: [{ url: 'https://app.example/alone', method: 'POST' }] });
  await clock.run(clock.now() + 5_000);
  engine.conferences.act('demo', conference!.id, { type: 'end' });
  await clock.run();
  const family = journal.filter((entry) => entry.family === first);
  expect(actsIn(family)).toEqual({ acts: [{ after: 15, redirect: 'https://app.example/alone' }], isMoreDone: true });
});
