import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { routeTable, ruleTables } from './rules.ts';

const page = '../../../docs/enfonica-api.md';

test('docs/enfonica-api.md has every route', async () => {
  const written = readFileSync(new URL(page, import.meta.url), 'utf8');
  const fresh = written.replace(
    /(<!-- routes -->\n)[\s\S]*?(\n<!-- end -->)/,
    (_, begin, end) => `${begin}\n${routeTable()}\n${end}`,
  );
  await expect(fresh).toMatchFileSnapshot(page);
});

test('docs/enfonica-api-rules.md has every rule', async () => {
  const preface = `# The rules of the Enfonica API

Every rule that [the API](enfonica-api.md) keeps, by the name of the test that shows it over HTTP. To see one of them:

\`\`\`
npx vitest run test/apis/enfonica -t 'calls.create timeout-zero'
\`\`\`

Beside these, every route refuses whoever has no token (401) or not its permission (403), and says the same of other
projects as of those that do not exist. This page is made from the tests.
`;
  await expect(`${preface}\n${ruleTables()}\n`).toMatchFileSnapshot('../../../docs/enfonica-api-rules.md');
});
