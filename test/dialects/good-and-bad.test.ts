import { describe, expect, test } from 'vitest';
import { dialectNamed } from '../../src/dialects/index.ts';
import { documentsIn } from './documents.ts';

const url = 'https://app.example/voice/start?lang=en';

describe.for(['laml', 'voiceml'])('%s', (dialect) => {
  const parse = (body: Uint8Array) => dialectNamed(dialect).parse({ body, url, contentType: 'text/xml' });

  describe('a good document means', () => {
    test.for(documentsIn(`good/${dialect}`))('$name', async ({ name, body }) => {
      const { program, problems } = parse(body);
      expect(program).toMatchObject({ dialect, url, purpose: 'main' });
      const meaning = { instructions: program?.instructions, ...(problems.length > 0 && { problems }) };
      await expect(pretty(meaning)).toMatchFileSnapshot(`../good/${dialect}/${name}.json`);
    });
  });

  describe('a bad document is refused', () => {
    test.for(documentsIn(`bad/${dialect}`))('$name', async ({ name, body }) => {
      const { program, problems } = parse(body);
      expect(program).toBeUndefined();
      expect(problems.map(({ severity }) => severity)).toContain('error');
      await expect(pretty(problems)).toMatchFileSnapshot(`../bad/${dialect}/${name}.problems.json`);
    });
  });
});

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
