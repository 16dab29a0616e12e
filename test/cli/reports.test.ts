import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { callflow } from './callflow.ts';

const document = (text: string) => `handler:\n  POST /voice: <Response><Say>${text}</Say></Response>\n`;

/** A folder with a flow that is as recorded and one that is not, gone after the test. */
async function twoFlows(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'callflow-reports-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['menu', 'hours']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'flow.yaml'), document('Hello.'));
  }
  await callflow(['replay', folder, '--update']);
  writeFileSync(join(folder, 'hours', 'flow.yaml'), document('Good day.'));
  return folder;
}

test('replay writes a page and JUnit XML, in folders that are made for them, whatever it prints', async () => {
  const folder = await twoFlows();
  const [page, junit] = [join(folder, 'out', 'report.html'), join(folder, 'out', 'deep', 'junit.xml')];
  const { status, stdout } = await callflow(['replay', folder, '--json', '--html', page, '--junit', junit]);
  expect({ status, lines: stdout.trim().split('\n').length }).toEqual({ status: 1, lines: 2 });

  const xml = readFileSync(junit, 'utf8');
  expect(xml.match(/<testsuites [^>]*errors="0"/)?.[0]).toBe(
    '<testsuites name="callflow" tests="2" failures="1" errors="0"',
  );
  expect(xml).toContain(`<failure type="differs" message="not as recorded">`);
  expect(xml).toContain(
    '\n-     0.0   engine        says "Hello." (0.5 s)\n+     0.0   engine        says "Good day." (0.5 s)\n',
  );

  const html = readFileSync(page, 'utf8');
  const rows = [...html.matchAll(/<b class="sign">(.)<span class="unseen"> (\w+)/g)].map(([, sign, word]) => [
    sign,
    word,
  ]);
  expect(rows).toEqual([
    ['−', 'expected'],
    ['+', 'now'],
  ]);
  expect(html).toContain(`<span class="name">${folder}/menu</span>`);
});

test('a report that cannot be written is an error that says why', async () => {
  const folder = await twoFlows();
  const { status, stderr } = await callflow(['replay', folder, '--html', join(folder, 'menu')]);
  expect({ status, said: stderr.split('\n')[0] }).toEqual({
    status: 2,
    said: `callflow: FILE_NOT_WRITABLE ${folder}/menu: EISDIR: illegal operation on a directory, open '${folder}/menu'`,
  });
});
