import { expect, test } from 'vitest';
import { type Application, expectCall, type Rehearsal, rehearse } from '../../src/testkit/testing.ts';

/** What a test sees of an application that does this. */
async function trouble(application: Application): Promise<string> {
  const rehearsal: Rehearsal = rehearse({ application });
  try {
    const caller = await rehearsal.dial();
    expectCall(caller).toHear('hello');
    return 'it holds';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await rehearsal.close();
  }
}

test.for<[string, Application, RegExp]>([
  [
    'throws',
    () => {
      throw new Error('boom');
    },
    /^the handler function threw on POST https:\/\/app\.example\/voice: Error: boom$/,
  ],
  [
    'gives nothing',
    () => undefined as unknown as string,
    /POST https:\/\/app\.example\/voice: TypeError: it gave undefined, not a Response or the document as text$/,
  ],
  ['answers with nonsense', () => 'good day', /heard nothing\n(.*\n)+.* DOCUMENT_\w+/],
  ['is not there', () => new Response('', { status: 404 }), /HANDLER_STATUS answered with status 404/],
  ['never answers', (_request: unknown, _response: unknown) => {}, /HANDLER_TIMEOUT/],
])('an application that %s: the message names the request and the problem', async ([, application, message]) => {
  expect(await trouble(application)).toMatch(message);
});
