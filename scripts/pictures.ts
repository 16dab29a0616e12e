/** The pictures of docs/reports.md, made anew: `node scripts/pictures.ts`. Needs a Chromium. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadFlow } from '../src/replay/load.ts';
import { prepare } from '../src/replay/replay.ts';
import type { FlowResult } from '../src/report/flow-result.ts';
import { toHtml } from '../src/report/page.ts';
import { findBrowser, launch } from './browser.ts';

const file = findBrowser();
if (file === undefined)
  throw new Error('no Chromium is installed here: `apt-get install chromium` gives one on Debian');

const folder = mkdtempSync(join(tmpdir(), 'callflow-pictures-'));
const browser = await launch(file);

await picture(
  'report-wide',
  await report(),
  { width: 1400, height: 780 },
  "document.querySelector('#f1r8 .time').focus()",
);
await picture('report-phone', await report(), { width: 400, height: 780, dark: true });
await picture(
  'report-list',
  await report(),
  { width: 1000, height: 250 },
  "document.getElementById('f1').open = false",
);

await browser.close();
rmSync(folder, { recursive: true });

async function picture(
  name: string,
  page: string,
  view: { width: number; height: number; dark?: boolean },
  before = '0',
): Promise<void> {
  const path = join(folder, `${name}.html`);
  writeFileSync(path, page);
  const opened = await browser.open(pathToFileURL(path).href, view);
  await opened.evaluate(before);
  writeFileSync(`docs/pictures/${name}.png`, await opened.picture());
  await opened.close();
}

/** A call that differs from its transcript in one prompt, one that does not, and a flow that has none. */
async function report(): Promise<string> {
  const desk = await played('front-desk');
  const hours = await played('opening-hours');
  const now = desk.replay.transcript;
  const compared = { expected: now.replace('One moment please', 'Please hold the line'), now };
  const results: FlowResult[] = [
    { ...desk, verdict: 'differs', compared },
    { ...hours, verdict: 'ok' },
    { ...hours, flow: 'calls/holidays', verdict: 'new' },
  ];
  return toHtml(results);
}

async function played(name: string) {
  const { flow, read } = loadFlow(`test/report/flows/${name}/flow.yaml`);
  return { flow: `calls/${name}`, replay: await prepare(flow, { read }).run(), tookMs: 9.4 };
}
