import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openVault } from '../../src/config/vault.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'callflow-vault-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return join(made, 'data');
}

test('what was put in is there again, and on the disk it is not to be read', () => {
  const data = folder();
  const vault = openVault(data);
  vault.put('token.shop', 'hush');
  vault.put('token.bank', 'hush too');
  const again = openVault(data);
  expect([again.get('token.shop'), again.get('token.bank'), again.get('token.none')]).toEqual([
    'hush',
    'hush too',
    undefined,
  ]);
  expect(readFileSync(join(data, 'secrets.json'), 'utf8')).not.toContain('hush');
  expect(
    ['.', 'secrets.json', 'secrets.key'].map((name) => (statSync(join(data, name)).mode & 0o777).toString(8)),
  ).toEqual(['700', '600', '600']);
});

test('a file is no data folder', () => {
  const data = folder();
  writeFileSync(data, '');
  expect(() => openVault(data)).toThrow(
    expect.objectContaining({ code: 'DATA_NOT_WRITABLE', message: `${data}: is not a folder` }),
  );
});

const otherKey = Buffer.alloc(32, 1).toString('base64');

test.for([
  ['without its key', 'secrets.key', undefined, /secrets\.key is not there$/],
  ['with another key', 'secrets.key', otherKey, /^secrets\.json was not encrypted with secrets\.key, or is damaged$/],
  ['with something else than a key', 'secrets.key', 'hello', /secrets\.key is not a key of 32 bytes in base64$/],
  ['that is damaged', 'secrets.json', '{}', /^secrets\.json was not encrypted with secrets\.key, or is damaged$/],
  ['that is no JSON', 'secrets.json', 'hello', /^secrets\.json was not encrypted/],
] as const)('a vault %s is refused', ([, name, text, says]) => {
  const data = folder();
  openVault(data).put('token.shop', 'hush');
  if (text === undefined) rmSync(join(data, name));
  else writeFileSync(join(data, name), text);
  expect(() => openVault(data)).toThrow(
    expect.objectContaining({ code: 'SECRETS_NOT_READABLE', message: expect.stringMatching(says) }),
  );
});
