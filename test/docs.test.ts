import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const pages = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md']);
const linksIn = (page: string) =>
  [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, path]) =>
    join(dirname(page), path!),
  );

test.for(pages)('the links of %s lead somewhere', (page) => {
  expect(linksIn(page).filter((path) => !existsSync(path))).toEqual([]);
});

test('docs/README.md names every page', () => {
  const named = linksIn('docs/README.md');
  expect(globSync('docs/*.md').filter((page) => page !== 'docs/README.md' && !named.includes(page))).toEqual([]);
});

test.for(['shop.test.ts', 'shop.test.mjs'])('docs/testing.md imports in %s only what is exported', async (name) => {
  const page = readFileSync('docs/testing.md', 'utf8');
  const example = new RegExp(`<!-- example: ${name} -->\\n\`\`\`\\w*\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
  const [, names = '', entry = ''] = /import \{ ([^}]+) \} from 'callflow\/(\w+)'/.exec(example) ?? [];
  const exported = await import(`../src/testkit/${entry}.ts`);
  expect(names.split(', ').filter((each) => !(each in exported))).toEqual([]);
});
