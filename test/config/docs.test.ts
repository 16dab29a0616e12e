import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { configSchema } from '../../src/config/config-shape.ts';
import { loadSettings } from '../../src/config/load.ts';
import { openVault } from '../../src/config/vault.ts';

const page = readFileSync('docs/configuration.md', 'utf8');
const example = /<!-- example: callflow.yaml -->\n```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';

test('the example in docs/configuration.md is understood', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callflow-docs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'secrets'));
  const files = {
    'callflow.yaml': example,
    'our-roots.pem': rootCertificates[0]!,
    'secrets/reporting-token': 'a-token-for-reports\n',
    'secrets/signing-key': Buffer.alloc(64).toString('base64'),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const vault = openVault(join(folder, 'data'));
  const env = { SHOP_TOKEN: 'a-token-of-the-shop', PROXY_URL: 'http://proxy.example:3128' };
  const { projects, publicUrl } = loadSettings({ file: join(folder, 'callflow.yaml'), vault, env });
  expect([publicUrl, projects.map(({ id, numbers }) => [id, Object.keys(numbers)])]).toEqual([
    'https://voice.example.com',
    [['shop', ['+61255501234']]],
  ]);
});

test('every key stands in docs/configuration.md', () => {
  const words = new Set(page.match(/\w+/g));
  const { phones: _, ...ours } = (configSchema as { properties: Record<string, object> }).properties;
  expect([...Object.keys(ours), ...keysOf(ours)].filter((key) => !words.has(key))).toEqual([]);
});

/** The names of all properties in a schema. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {} } = schema as { properties?: object };
  return [...Object.keys(properties), ...Object.values(schema).flatMap(keysOf)];
}
