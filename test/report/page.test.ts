import { expect, test } from 'vitest';
import { toHtml } from '../../src/report/page.ts';
import { hostileResult, hugeResult, replayed } from './replayed.ts';

/** The tags of a page below its `main`, with their classes, and texts. */
function outlineOf(page: string): string {
  const main = /<main>([\s\S]*)<\/main>/.exec(page)![1]!;
  let depth = 0;
  const lines: string[] = [];
  for (const [whole, close, name = '', attributes = '', text = ''] of main.matchAll(/<(\/?)(\w+)([^>]*)>|([^<]+)/g)) {
    if (close) depth--;
    else if (name) {
      const marks = [...attributes.matchAll(/(?:class|id|href|data-at)="([^"]*)"/g)].map(([, value]) => value);
      lines.push(`${'  '.repeat(depth)}${[name, ...marks].join(' ')}`);
      if (!/^(?:input|img|br)$/.test(name)) depth++;
    } else if (text.trim()) lines.push(`${'  '.repeat(depth)}${JSON.stringify(whole.trim())}`);
  }
  return `${lines.join('\n')}\n`;
}

test('a flow that differs is open, with its timeline, documents and differences; others are closed', async () => {
  const differs = await replayed('opening-hours', (transcript) => transcript.replace('nine', 'ten'));
  const broken = { flow: 'broken', verdict: 'broken', error: { code: 'FLOW_NOT_VALID', message: 'line 3' } } as const;
  const page = toHtml([{ flow: 'fine', verdict: 'ok' }, differs, broken], { title: 'Corner Books' });
  await expect(outlineOf(page)).toMatchFileSnapshot('page.outline.txt');
});

test('findings stand above, with their map, the way to them and the call that shows them', async () => {
  const { replay } = await replayed('opening-hours');
  const finding = {
    kind: 'silentEnd',
    message: 'The call ends in silence.',
    steps: '1. presses 2',
    url: 'https://app.example/choice',
    line: 4,
    ...(replay && { replay }),
  };
  const map = '<svg viewBox="0 0 9 9"><a href="#finding-1"><text>menu</text></a></svg>';
  const outline = outlineOf(toHtml([], { exploration: { map, findings: [finding] } }));
  expect(outline.slice(0, outline.indexOf('div parties'))).toMatchInlineSnapshot(`
    "section exploration
      h2
        "The application"
      div map
        svg
          a #finding-1
            text
              "menu"
      h2
        "1 finding"
      ol findings
        li finding finding-1
          b verdict broken
            "silentEnd"
          "The call ends in silence."
          p url
            "https://app.example/choice line 4"
          p steps
            "1. presses 2"
          details
            summary
              "the call"
            div what
              div scroll
                ol parties
                  li
                    b
                      "caller"
                    "completed after 1.8 s"
                ul legend
                  li
                    span state onTheLine
                      "is on the line"
                  li
                    span state hears
                      "hears what is played"
                div timeline
                  div heads
                    span head party
                      i
                        "1"
                      span
                        "caller"
                    span head engine
                      "engine"
                    span head application
                      "application"
                  div spans
                    span span onTheLine
                    span span hears
                  div rows
                    div row party finding-1r1
                      a time #finding-1r1
                        "0.0 s"
                      div event
                        b who own
                          "caller"
                        "calls +61255501234 from +61491570006"
                      div states
                        span state onTheLine
                          b
                            "caller"
                          "is on the line"
                    div row engine finding-1r2
                      a time same #finding-1r2
                        "0.0 s"
                      div event
                        b who own
                          "engine"
                        "POST https://app.example/voice (state STARTING)"
                        a more-of-it #finding-1d1
                          "document"
                    div row application finding-1r3
                      a time same #finding-1r3
                        "0.0 s"
                      div event
                        b who own
                          "handler"
                        "200: Say"
                    div row engine finding-1r4
                      a time same #finding-1r4
                        "0.0 s"
                      div event
                        b who own
                          "engine"
                        "answers"
                    div row engine finding-1r5
                      a time same #finding-1r5
                        "0.0 s"
                      div event
                        b who
                          "call"
                        "in progress"
                    div row engine finding-1r6 finding-1d1m1
                      a time same #finding-1r6
                        "0.0 s"
                      div event
                        b who own
                          "engine"
                        "says &quot;We are open from nine to five.&quot; (1.8 s)"
                        a more-of-it #finding-1d1m1
                          "&lt;Say&gt; 1"
                      div states
                        span state hears
                          b
                            "caller"
                          "hears “We are open from nine to five.”"
                    div row engine finding-1r7 finding-1d1m1
                      a time #finding-1r7
                        "1.8 s"
                      div event
                        b who own
                          "engine"
                        "hangs up"
                      span gap
                    div row engine finding-1r8
                      a time same #finding-1r8
                        "1.8 s"
                      div event
                        b who
                          "call"
                        "completed: ended by the engine (normal) after 1.8 s, 1.8 s of it answered"
              div beside
                article exchange document finding-1d1
                  h3
                    a when #finding-1r2
                      "0.0 s"
                    "POST"
                    span url
                      "https://app.example/voice"
                    b status
                      "200"
                  details
                    summary
                      "request"
                    pre
                      "{\\n  &quot;call&quot;: {\\n    &quot;name&quot;: &quot;projects/flow/calls/019b76daa8000001a087ea00b349&quot;,\\n    &quot;to&quot;: &quot;+61255501234&quot;,\\n    &quot;from&quot;: &quot;+61491570006&quot;,\\n    &quot;transport&quot;: &quot;PSTN&quot;,\\n    &quot;direction&quot;: &quot;INCOMING&quot;,\\n    &quot;state&quot;: &quot;STARTING&quot;,\\n    &quot;createTime&quot;: &quot;2026-01-01T00:00:00Z&quot;,\\n    &quot;startTime&quot;: &quot;2026-01-01T00:00:00Z&quot;,\\n    &quot;createMethod&quot;: &quot;INCOMING_CALL&quot;\\n  },\\n  &quot;parameters&quot;: {}\\n}"
                  details
                    summary
                      "headers"
                    pre
                      "content-type: application/json; charset=utf-8\\naccept: text/xml, application/xml\\nuser-agent: callflow/0.1.0\\nx-enfonica-event: CALL\\nx-enfonica-signature: RsdQckNmkCf5sEw8Eks+7Hto8i1Kod2ETDk4UkP/Ziw=\\n← content-type: text/xml; charset=utf-8"
                  div source
                    div line
                      span number
                        "1"
                      code
                        "&lt;Response&gt;"
                        mark
                          a finding-1d1m1
                          "&lt;Say&gt;"
                        "We are open from nine to five.&lt;/Say&gt;&lt;/Response&gt;"
                      span times
                        a #finding-1r6
                          "▸ 0.0 s"
    p none
      "No flow is like that.""
  `);
});

const pages = {
  'a hostile call': async () => toHtml([await hostileResult()], { title: '</title><script>' }),
  'a large document': async () => toHtml([await hugeResult()]),
  'a desk': async () => toHtml([await replayed('front-desk'), await replayed('opening-hours')]),
};

test.for(Object.entries(pages))('%s: every link leads somewhere, and every id is one of a kind', async ([, make]) => {
  const page = await make();
  const ids = [...page.matchAll(/<[^>]* id="([^"]+)"/g)].map(([, id]) => id);
  const links = [...page.matchAll(/<[^>]* (?:href|data-at)="#?([^"]+)"/g)].map(([, id]) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  expect(links.length).toBeGreaterThan(5);
});

test('a page has one script, its own, and names no place in the world to load something from', async () => {
  const page = toHtml([await hostileResult()], { title: '</title><script>' });
  expect(page.match(/<\/?(?:script|style|title|img|iframe|object|link|svg)\b/g)).toEqual([
    '<title',
    '</title',
    '<style',
    '</style',
    '<script',
    '</script',
  ]);
  expect(page.match(/<\w+(?:\s+[\w-]+(?:="[^"]*")?)*\s+(?:src|on\w+)=/g)).toBeNull();
  expect(page.match(/<[^>]+\shref="(?!#)/g)).toBeNull();
});

test('a large document makes no large page', async () => {
  const page = toHtml([await hugeResult()]);
  expect(page.length).toBeLessThan(40_000);
});
