import { describe, expect, test } from 'vitest';
import { voiceml } from '../../src/dialects/voiceml/index.ts';
import { documentsIn } from './documents.ts';

const url = 'https://app.example/voice/start?lang=en';

describe('a good document means', () => {
  test.for(documentsIn('good/voiceml'))('$name', async ({ name, body }) => {
    const { program, problems } = voiceml.parse({ body, url });
    expect(program).toMatchObject({ dialect: 'voiceml', url, purpose: 'main' });
    const meaning = { instructions: program?.instructions, ...(problems.length > 0 && { problems }) };
    await expect(pretty(meaning)).toMatchFileSnapshot(`../good/voiceml/${name}.json`);
  });
});

describe('a bad document is refused', () => {
  test.for(documentsIn('bad/voiceml'))('$name', async ({ name, body }) => {
    const { program, problems } = voiceml.parse({ body, url });
    expect(program).toBeUndefined();
    expect(problems.map(({ severity }) => severity)).toContain('error');
    await expect(pretty(problems)).toMatchFileSnapshot(`../bad/voiceml/${name}.problems.json`);
  });
});

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
