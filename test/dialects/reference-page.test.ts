import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Attribute, ElementGrammar } from '../../src/dialects/grammar.ts';
import { grammar as laml } from '../../src/dialects/laml/index.ts';
import { grammar as voiceml } from '../../src/dialects/voiceml/index.ts';

const heading = '## Elements\n';

test.for([laml, voiceml])('docs/$name.md has every element as the grammar has it', async (grammar) => {
  const page = new URL(`../../docs/${grammar.name}.md`, import.meta.url);
  const [introduction] = readFileSync(page, 'utf8').split(heading);
  const elements = [...grammar.elements.values()].map(section);
  await expect([introduction + heading, ...elements].join('\n')).toMatchFileSnapshot(page.pathname);
});

function section({ name, about, attributes, content, text, min, max }: ElementGrammar): string {
  const children = content.map((each) => `\`<${each.name}>\``).join(', ');
  const most = Number.isFinite(max) ? `, at most ${max}` : '';
  const inside = text
    ? `Text: ${text.about}${content.length > 0 ? ` In it: ${children}.` : ''}`
    : content.length > 0
      ? `In it: ${children}${min > 0 ? `, at least ${min}` : ''}${most}.`
      : 'In it: nothing.';
  const rows = Object.entries(attributes).map(row);
  const table =
    rows.length === 0 ? [] : ['| attribute | must be | default | |', '| --- | --- | --- | --- |', ...rows, ''];
  return [`### ${name}\n`, `${inCode(about)}\n`, `${inCode(inside)}\n`, ...table].join('\n');
}

function row([name, { expected, defaultText, required, about }]: [string, Attribute<unknown>]): string {
  const ifAbsent = required ? '**required**' : defaultText === undefined ? '' : `\`${defaultText}\``;
  return `| \`${name}\` | ${expected} | ${ifAbsent} | ${inCode(about)} |`;
}

/** Elements that a text names, which Markdown would take for tags. */
const inCode = (text: string): string => text.replace(/(?<![-`])<[\w-]+>(?!`)/g, '`$&`');
