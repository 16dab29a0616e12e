import { readFileSync } from 'node:fs';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { expect, test } from 'vitest';
import { CallflowError } from '../../src/errors.ts';
import type { FlowResult } from '../../src/report/flow-result.ts';
import { toJUnit } from '../../src/report/junit.ts';
import { hostileResult, hostileTexts, replayed } from './replayed.ts';

const valid = (xml: string) => {
  using schema = XmlDocument.fromString(readFileSync('test/report/junit.xsd', 'utf8'));
  using validator = XsdValidator.fromDoc(schema);
  using document = XmlDocument.fromString(xml);
  validator.validate(document);
};

const results: readonly FlowResult[] = [
  { flow: 'flows/shop/menu', verdict: 'ok', tookMs: 4.5 },
  { flow: 'flows/shop/hours', verdict: 'differs', difference: '- a < b\n+ a > b', tookMs: 1.25 },
  { flow: 'flows/desk', verdict: 'new', tookMs: 2 },
  { flow: 'flows/shop/broken', verdict: 'broken', error: new CallflowError('FLOW_NOT_VALID', 'line 3: "x" & y') },
];

test('a folder is a suite, a flow is a test case, and what is wrong says what', () => {
  const xml = toJUnit(results);
  valid(xml);
  expect(xml).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="callflow" tests="4" failures="2" errors="1" time="0.008">
      <testsuite name="flows/shop" tests="3" failures="1" errors="1" time="0.006">
        <testcase name="menu" classname="flows/shop" time="0.004"/>
        <testcase name="hours" classname="flows/shop" time="0.001">
          <failure type="differs" message="not as recorded">- a &lt; b
    + a &gt; b</failure>
        </testcase>
        <testcase name="broken" classname="flows/shop" time="0.000">
          <error type="FLOW_NOT_VALID" message="FLOW_NOT_VALID line 3: &quot;x&quot; &amp; y">FLOW_NOT_VALID line 3: "x" &amp; y</error>
        </testcase>
      </testsuite>
      <testsuite name="flows" tests="1" failures="1" errors="0" time="0.002">
        <testcase name="desk" classname="flows" time="0.002">
          <failure type="new" message="there is no transcript yet: --update records one">there is no transcript yet: --update records one</failure>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `);
});

test('a flow that differs comes with its transcript, and a finding with its steps', async () => {
  const result = await replayed('opening-hours', (transcript) => transcript.replace('nine', 'ten'));
  const finding = {
    kind: 'silentEnd',
    message: 'The call ends in silence.',
    steps: '1. press 2',
    url: 'https://a.example/x',
    line: 3,
  };
  const xml = toJUnit([result], { title: 'Corner Books', exploration: { findings: [finding] } });
  valid(xml);
  using document = XmlDocument.fromString(xml);
  const texts = ['//@name', '//system-out', '//failure[@type="silentEnd"]'].map((path) =>
    document.find(path).map(({ content }) => content),
  );
  expect(texts).toEqual([
    ['Corner Books', 'test/report/flows', 'opening-hours', 'exploration', 'The call ends in silence.'],
    [result.replay.transcript],
    ['1. press 2\nhttps://a.example/x line 3'],
  ]);
});

test.for(hostileTexts)('%j stays text wherever it stands, without what XML cannot hold', (text) => {
  const error = { code: text, message: text };
  const xml = toJUnit([
    { flow: `a/${text}`, verdict: 'broken', error },
    { flow: 'b', verdict: 'differs', difference: text },
  ]);
  valid(xml);
  using document = XmlDocument.fromString(xml);
  const kept = text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
  expect(document.find('//error').map(({ content }) => content)).toEqual([`${kept} ${kept}`]);
  expect(document.find('//error/@type').map(({ content }) => content)).toEqual([kept]);
  expect(document.find('//failure').map(({ content }) => content)).toEqual([kept.replaceAll('\u001b', '')]);
});

test('a whole hostile call is valid, and no results are valid too', async () => {
  valid(toJUnit([await hostileResult()]));
  valid(toJUnit([]));
});
