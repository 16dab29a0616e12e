import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Attribute, ElementGrammar } from '../../src/dialects/grammar.ts';
import { grammar } from '../../src/dialects/voiceml/index.ts';

const page = new URL('../../docs/voiceml.md', import.meta.url);
const heading = '## Elements\n';

test('docs/voiceml.md has every element as the grammar has it', async () => {
  const [introduction] = readFileSync(page, 'utf8').split(heading);
  const elements = [...grammar.elements.values()].map(section);
  await expect([introduction + heading, ...elements].join('\n')).toMatchFileSnapshot(page.pathname);
});

function section({ name, about, attributes, content, text, min, max }: ElementGrammar): string {
  const children = content.map((each) => `\`<${each.name}>\``).join(', ');
  const most = Number.isFinite(max) ? `, at most ${max}` : '';
  const inside = text
    ? `Text: ${text.about}`
    : content.length > 0
      ? `In it: ${children}${min > 0 ? `, at least ${min}` : ''}${most}.`
      : 'In it: nothing.';
  const rows = Object.entries(attributes).map(row);
  const table =
    rows.length === 0 ? [] : ['| attribute | must be | default | |', '| --- | --- | --- | --- |', ...rows, ''];
  return [`### ${name}\n`, `${about}\n`, `${inside}\n`, ...table].join('\n');
}

function row([name, { expected, defaultText, required, about }]: [string, Attribute<unknown>]): string {
  const ifAbsent = required ? '**required**' : defaultText === undefined ? '' : `\`${defaultText}\``;
  return `| \`${name}\` | ${expected} | ${ifAbsent} | ${about} |`;
}
