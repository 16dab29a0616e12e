import { expect, test } from 'vitest';
import { CallflowError } from '../../src/errors.ts';
import { asFlow } from '../../src/replay/flow-shape.ts';

const handler = { 'POST /voice': '<Response/>' };

function complaintOf(flow: unknown): string {
  try {
    asFlow(flow);
  } catch (error) {
    if (error instanceof CallflowError && error.code === 'FLOW_NOT_VALID') return error.message;
    throw error;
  }
  return 'fine';
}

test.for([
  ['a handler is all a flow needs', { handler }, 'fine'],
  ['nothing at all', undefined, 'the flow: found nothing, expected a flow'],
  ['no handler', {}, 'handler: found nothing, expected requests with their answers, or the address of an application'],
  [
    'no handler, but a full URL',
    { url: 'http://127.0.0.1:3000/voice' },
    'handler: found nothing, expected requests with their answers, or the address of an application; with "live: true" the application is asked that runs at the URL',
  ],
  [
    'a key with a slip',
    { handler, phone: {} },
    /^phone: found an unknown key, expected one of because, .*; did you mean phones\?$/,
  ],
  [
    'a phone that answers soon',
    { handler, phones: { '+61491570156': { answers: 'soon' } } },
    'phones."+61491570156".answers: found "soon", expected seconds, or false',
  ],
  [
    'a phone inside a phone',
    { handler, phones: { '+61491570156': { calls: [{ bussy: true }] } } },
    /^phones\."\+61491570156"\.calls\.0\.bussy: found an unknown key.*did you mean busy\?$/,
  ],
  ['a number where keys are meant', { handler, caller: [{ press: 12 }] }, 'fine'],
  [
    'letters where keys are meant',
    { handler, caller: [{ press: 'one' }] },
    'caller.0.press: found "one", expected keys',
  ],
  [
    'two things in one step',
    { handler, caller: [{ press: '1', say: 'one' }] },
    'caller.0: found press and say, expected one thing in each step',
  ],
  [
    'a word with a slip',
    { handler, call: { direction: 'outgoin' } },
    'call.direction: found "outgoin", expected incoming or outgoing; did you mean outgoing?',
  ],
  [
    'a request without a path',
    { handler: { 'POST voice': 'start.xml' } },
    'handler."POST voice": found the key "POST voice", expected a request such as "POST /voice" or "GET https://app.example/hello.mp3"',
  ],
  [
    'an answer that cannot be',
    { handler: { '/voice': [{ status: 20 }] } },
    'handler."/voice".0.status: found 20, expected an HTTP status',
  ],
  ['an act without time', { handler, acts: [{ hangUp: true }] }, 'acts.0.after: found nothing, expected seconds'],
  [
    'an act that does nothing',
    { handler, acts: [{ after: 1 }] },
    'acts.0: found nothing to do, expected one of hangUp, answer, document, redirect, bridge, unbridge, role, record, checkout, change, mute, hold, coach, announce, wait, ends, kick, endConference, announceToAll, recording, stream, stopStream, dequeue',
  ],
  [
    'two ways to say who is called',
    { handler, url: '/a', urls: ['/b'] },
    'url: found url beside urls, expected one of the two',
  ],
  [
    'an application that runs nowhere',
    { live: true },
    'url: found nothing, expected the address of the application that runs',
  ],
  [
    'two mistakes',
    { handler, seed: 'x', limit: -1 },
    'seed: found "x", expected a whole number\nlimit: found -1, expected seconds',
  ],
] as const)('%s', ([, flow, expected]) => {
  if (typeof expected === 'string') expect(complaintOf(flow)).toBe(expected);
  else expect(complaintOf(flow)).toMatch(expected);
});

test('a number is read as the text that it is meant to be', () => {
  expect(asFlow({ handler, caller: [{ after: 1, press: 12 }], call: { labels: { floor: 3 } } })).toEqual({
    handler,
    caller: [{ after: 1, press: '12' }],
    call: { labels: { floor: '3' } },
  });
});
