import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Browser, findBrowser, launch, type Page, type View } from '../../scripts/browser.ts';
import { replay } from '../../src/replay/replay.ts';
import type { FlowResult } from '../../src/report/flow-result.ts';
import { toHtml } from '../../src/report/page.ts';
import { hostileResult, hostileTexts, hugeResult, replayed } from './replayed.ts';

const file = findBrowser();
if (file === undefined) console.log('test/report/browser.test.ts is skipped: no Chromium is installed here');

const folder = mkdtempSync(join(tmpdir(), 'callflow-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const views: Readonly<Record<string, View>> = {
  'on a telephone': { width: 400, height: 800 },
  'on a wide screen': { width: 1400, height: 900 },
  'on a wide screen, in the dark': { width: 1400, height: 900, dark: true },
};

const pages: Readonly<Record<string, () => Promise<string>>> = {
  'a call to a desk': async () => toHtml(await results()),
  'a hostile call': async () => toHtml([await hostileResult()], { title: hostileTexts.join(' ') }),
  'a large document': async () => toHtml([await hugeResult()]),
  'many parties': async () => toHtml([await crowd()]),
  'what was explored': async () => toHtml([], { exploration: await explored() }),
};

describe.skipIf(file === undefined)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(file!);
  });
  afterAll(() => browser?.close());

  /** A page opened from a file, with everything unfolded when that is asked for. */
  async function open(page: string, view: View, unfolded = false): Promise<Page> {
    const path = join(folder, 'report.html');
    writeFileSync(path, page);
    const opened = await browser.open(pathToFileURL(path).href, view);
    onTestFinished(() => opened.close());
    if (unfolded) await opened.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })");
    return opened;
  }

  const cases = Object.keys(pages).flatMap((page) => Object.keys(views).map((view) => [page, view] as const));

  test.for(cases)('%s %s: nothing is complained of, nothing runs out at the side', async ([page, view]) => {
    const opened = await open(await pages[page]!(), views[view]!, true);
    const wide = await opened.evaluate<string[]>(wider);
    expect({ complaints: opened.complaints, wide }).toEqual({ complaints: [], wide: [] });
  });

  test.for([false, true])('texts can be read on what is behind them (dark: %s)', async (dark) => {
    const opened = await open(toHtml(await results()), { width: 1400, height: 900, dark }, true);
    expect(await opened.evaluate<string[]>(faint)).toEqual([]);
  });

  test('hostile texts are shown as they are, and none of them is an element', async () => {
    const opened = await open(await pages['a hostile call']!(), views['on a wide screen']!, true);
    const told = await opened.evaluate<string>("document.querySelector('main').textContent");
    expect(hostileTexts.filter((text) => /^[\x20-\x7e]*$/.test(text) && !told.includes(text))).toEqual([]);
    expect(await opened.evaluate<number>("document.querySelectorAll('main img, main script, main svg').length")).toBe(
      0,
    );
  });

  test('a script that got into the page would not run', async () => {
    const page = (await pages['a call to a desk']!()).replace(
      '<main>',
      '<main><script>document.title = "ran"</script>',
    );
    const opened = await open(page, views['on a wide screen']!);
    expect(await opened.evaluate<string>('document.title')).toBe('Calls: 1 not as recorded');
    expect(opened.complaints.join()).toContain('Content Security Policy');
  });

  test('the list is filtered by verdict and by name, and says when nothing is left', async () => {
    const opened = await open(await pages['a call to a desk']!(), views['on a telephone']!);
    const shown = () =>
      opened.evaluate<string[]>(
        "[...document.querySelectorAll('.flow, #none')].filter((one) => one.checkVisibility()).map((one) => one.id)",
      );
    const click = (id: string) => opened.evaluate(`document.getElementById('${id}').click()`);
    expect(await shown()).toEqual(['f1', 'f2']);
    await click('show-bad');
    expect(await shown()).toEqual(['f2']);
    await click('show-good');
    expect(await shown()).toEqual(['f1']);
    await click('show-all');
    await opened.press('/');
    for (const letter of 'desk') await opened.press(letter);
    expect(await shown()).toEqual(['f2']);
    await opened.press('!');
    expect(await shown()).toEqual(['none']);
  });

  test('with the arrow keys one goes from line to line, and the element that is carried out is marked', async () => {
    const opened = await open(await pages['a call to a desk']!(), views['on a wide screen']!);
    await opened.evaluate("document.querySelector('#f2 .row .time').focus()");
    const marked: string[] = [];
    for (let line = 0; line < 8; line++) {
      await opened.press('ArrowDown');
      marked.push(await opened.evaluate("document.querySelector('mark.now')?.textContent ?? ''"));
    }
    const input = '<Input MaxDigitCount="1" NextUri="/choice">';
    expect(marked).toEqual(['', '', '', '', input, '', input, '']);
    await opened.press('ArrowUp');
    expect(await opened.evaluate('document.activeElement.getAttribute("href")')).toBe('#f2r8');
  });

  test('everything that can be done is reached with the tab key, and a flow is opened with enter', async () => {
    const opened = await open(await pages['a call to a desk']!(), views['on a wide screen']!);
    const reached: string[] = [];
    for (let stop = 0; stop < 5; stop++) {
      await opened.press('Tab');
      reached.push(await opened.evaluate('document.activeElement.id || document.activeElement.tagName.toLowerCase()'));
    }
    expect(reached.slice(0, 3)).toEqual(['show-all', 'search', 'summary']);
    await opened.evaluate("document.querySelector('#f1 summary').focus()");
    await opened.press('Enter');
    expect(await opened.evaluate("document.getElementById('f1').open")).toBe(true);
  });

  test('a link to a line opens the flow in which it is', async () => {
    const opened = await open(await pages['a call to a desk']!(), views['on a telephone']!);
    await opened.evaluate("location.hash = '#f1r3'");
    await opened.evaluate("document.querySelector('#f1r3').checkVisibility()");
    expect(await opened.evaluate("document.getElementById('f1').open")).toBe(true);
  });
});

async function results(): Promise<FlowResult[]> {
  return [
    await replayed('opening-hours'),
    await replayed('front-desk', (transcript) => transcript.replace('One moment please', 'Please hold the line')),
  ];
}

/** More parties than there is room for. */
async function crowd(): Promise<FlowResult> {
  const endpoints = Array.from(
    { length: 40 },
    (_, index) => `<Endpoint>+614915701${String(index).padStart(2, '0')}</Endpoint>`,
  );
  const phones = { '+61491570100': { answers: 2, hangsUp: 3 } };
  const flow = { phones, handler: { '/voice': `<Response><Call>${endpoints.join('')}</Call></Response>` } };
  return { flow: 'a crowd', verdict: 'ok', replay: await replay(flow) };
}

async function explored() {
  const { replay: happened } = await replayed('front-desk');
  const map =
    '<svg width="3000" height="200" viewBox="0 0 3000 200"><rect width="3000" height="9" fill="currentColor"/></svg>';
  const finding = {
    kind: 'silentEnd',
    message: 'It ends in silence. '.repeat(20),
    steps: '1. press 2\n2. press 3',
    url: `https://app.example/${'long'.repeat(100)}`,
  };
  return { map, findings: [{ ...finding, ...(happened && { replay: happened }) }] };
}

/** What is wider than the window, or reaches out of it, unless it is within something that scrolls. */
const wider = `[
  ...(document.documentElement.scrollWidth > innerWidth ? ['the page'] : []),
  ...[...document.querySelectorAll('main *')].filter((one) => {
    if (!one.checkVisibility() || one.getBoundingClientRect().right <= innerWidth + 1) return false;
    for (let outer = one.parentElement; outer; outer = outer.parentElement)
      if (/auto|scroll|hidden/.test(getComputedStyle(outer).overflowX)) return false;
    return true;
  }).map((one) => one.outerHTML.slice(0, 80)),
]`;

/** Texts with less contrast than 4.5 to 1, as the accessibility guidelines ask for. */
const faint = `(() => {
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((value) => value / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (one) => {
    for (let outer = one; outer; outer = outer.parentElement) {
      const color = numbers(getComputedStyle(outer).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return numbers(getComputedStyle(document.documentElement).backgroundColor);
  };
  return [...document.querySelectorAll('body *')].filter((one) => {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !one.checkVisibility() || one.closest('script, style, .same')) return false;
    const [text, paper] = [light(numbers(getComputedStyle(one).color)), light(behind(one))];
    return (Math.max(text, paper) + 0.05) / (Math.min(text, paper) + 0.05) < 4.5;
  }).map((one) => one.className + ' ' + one.textContent.slice(0, 40));
})()`;
