import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { routeTable, ruleTables } from './rules.ts';

const page = '../../../docs/signalwire-api.md';

test('docs/signalwire-api.md has every route', async () => {
  const written = readFileSync(new URL(page, import.meta.url), 'utf8');
  const fresh = written.replace(
    /(<!-- routes -->\n)[\s\S]*?(\n<!-- end -->)/,
    (_, begin, end) => `${begin}\n${routeTable()}\n${end}`,
  );
  await expect(fresh).toMatchFileSnapshot(page);
});

test('docs/signalwire-api-rules.md has every rule', async () => {
  const preface = `# The rules of the Compatibility API

Every rule that [the API](signalwire-api.md) keeps, by the name of the test that shows it over HTTP, most of them with
the vendors' own clients. To see one of them:

\`\`\`
npx vitest run test/apis/signalwire -t 'calls.create clients'
\`\`\`

This page is made from the tests.
`;
  await expect(`${preface}\n${ruleTables()}\n`).toMatchFileSnapshot('../../../docs/signalwire-api-rules.md');
});
