import { difference } from '../../src/replay/difference.ts';
import { loadFlow } from '../../src/replay/load.ts';
import { prepare, type Replay, replay } from '../../src/replay/replay.ts';
import type { FlowResult } from '../../src/report/flow-result.ts';

type Replayed = FlowResult & { replay: Replay };

/** One of the flows beside these tests, as it went; with `changed`, compared with a transcript that is not its own. */
export async function replayed(name: string, changed?: (transcript: string) => string): Promise<Replayed> {
  const folder = `test/report/flows/${name}`;
  const { flow, read } = loadFlow(`${folder}/flow.yaml`);
  const played = await prepare(flow, { read }).run();
  const result = { flow: folder, replay: played, tookMs: 12.3 };
  if (!changed) return { ...result, verdict: 'ok' };
  const compared = { expected: changed(played.transcript), now: played.transcript };
  return { ...result, verdict: 'differs', difference: difference(compared.expected, compared.now), compared };
}

/** Texts that a page or an XML file must not take for anything but text. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  '</script><script>alert(2)</script>',
  '</style></details></div><img src=x onerror=alert(3)>',
  '" onmouseover="alert(4)" x="',
  "' autofocus onfocus='alert(5)",
  ']]>]]&gt;<!-- --><![CDATA[',
  'javascript:alert(6)',
  'a\u0000b\u0001c\u000bd\u001be\u007ff\u0085g\ud800h\ufffei',
  '\u202etxet sdrawkcab\u202c',
  '👩‍👩‍👧‍👦 שלום 🎉',
  '{{alert(8)}} <%= 9 %> &lt;script&gt; \\u003cscript\\u003e',
];

const inXml = (text: string) =>
  text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A call to an application that answers with nothing but hostile texts, in prompts, comments, URLs and bodies. */
export async function hostileResult(): Promise<FlowResult> {
  const says = hostileTexts.map((text) => `<Say>${inXml(text)}</Say>`).join('\n');
  const comments = '<!-- <script>alert(9)</script> ]]> </pre></code> -->';
  const flow = {
    because: 'A page shows what strangers write.',
    url: '/voice?q=%3Cscript%3E\'"<b>',
    call: {
      from: 'sip:"><svg/onload=alert(10)>@example.com',
      transport: 'SIP',
      callerName: '<script>alert(11)</script>',
    },
    handler: {
      'POST /voice': {
        xml: `<Response>${comments}\n${says}\n<Redirect>/next?x=%22%3E&lt;script&gt;</Redirect></Response>`,
        headers: { 'x-hostile': '"><script>alert(12)</script>' },
        cookies: ['a=<script>alert(13)</script>'],
      },
      'POST /next': {
        body: `<script>alert(14)</script>${hostileTexts.join('\n')}`,
        headers: { 'content-type': 'text/html' },
      },
    },
  };
  const result = await replay(flow);
  const expected = result.transcript.replace('  engine        answers', hostileTexts.join('\n'));
  const compared = { expected, now: result.transcript };
  return { flow: hostileTexts.join('/'), verdict: 'differs', replay: result, difference: expected, compared };
}

/** A call to an application whose document is as large as may be, in one long line and in many short ones. */
export async function hugeResult(): Promise<FlowResult> {
  const word = 'Lorem ipsum dolor sit amet, consectetur. ';
  const line = `<!--${word.repeat(2_000)}-->`;
  const lines = `${'<!-- nothing -->\n'.repeat(4_000)}`;
  const flow = {
    handler: { 'POST /voice': `<Response>${line}<Say>First.</Say>${line}\n${lines}<Say>Second.</Say></Response>` },
  };
  return { flow: 'huge', verdict: 'ok', replay: await replay(flow) };
}
