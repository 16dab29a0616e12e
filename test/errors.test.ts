import { expect, test } from 'vitest';
import { CallflowError, type ErrorCode, errors } from '../src/errors.ts';

const preface = `# Errors

Every error callflow knows, by its code. The code is a promise: it keeps its meaning and is never used for something
else. Messages may improve, so do not read them by program. This page is made from \`src/errors.ts\`.
`;

test('docs/errors.md has a paragraph for every code, and no other', async () => {
  const sections = Object.entries(errors).map(([code, { about }]) => `## ${code}\n\n${about}\n`);
  await expect([preface, ...sections].join('\n')).toMatchFileSnapshot('../docs/errors.md');
});

test.for([
  ['DOCUMENT_NOT_XML', 422],
  ['CALL_NOT_FOUND', 404],
  ['FLOW_NOT_VALID', 500],
] as const satisfies [ErrorCode, number][])('%s answers an API with status %d', ([code, status]) => {
  expect(new CallflowError(code, 'here').status).toBe(status);
});
