import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

test('the program of docs/reports.md runs, and writes both reports', () => {
  const code = readFileSync('test/library/reports.ts', 'utf8').replace("'../../src/index.ts'", "'callflow'");
  expect(readFileSync('docs/reports.md', 'utf8')).toContain(`\`\`\`ts\n${code}\`\`\``);

  const folder = mkdtempSync(join(tmpdir(), 'callflow-example-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync('test/report/flows/opening-hours', join(folder, 'flows', 'menu'), { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, [resolve('test/library/reports.ts')], { cwd: folder });
  expect({ status, said: stderr.toString() }).toEqual({ status: 0, said: '' });
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('<title>Corner Books</title>');
  expect(readFileSync(join(folder, 'report.xml'), 'utf8')).toContain(
    '<testcase name="menu" classname="." time="0.000"/>',
  );
});
