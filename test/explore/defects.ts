/** Tiny applications, each with one mistake that people make. */

import type { FindingKind } from '../../src/explore/finding.ts';
import type { ExploreOptions } from '../../src/explore/options.ts';

export interface Defect {
  name: string;
  /** What answers which path; what is not here is not there. */
  documents: Readonly<Record<string, string | ((digits: string) => string | Response)>>;
  options?: Partial<ExploreOptions>;
  /** What must be found, and how it is seen. */
  finds: FindingKind;
  steps: string;
  message: RegExp;
}

const menu = (next: string, prompt = 'For the shop, press 1. To leave, press 2.') =>
  `<Response><Input MaxDigitCount="1" NextUri="${next}"><Say>${prompt}</Say></Input></Response>`;
const say = (text: string) => `<Response><Say>${text}</Say></Response>`;
const choice =
  (choices: Readonly<Record<string, string>>, otherwise = say('Goodbye.')) =>
  (digits: string) =>
    choices[digits] ?? otherwise;
const dial = (number: string) =>
  `<Response><Call CallerId="+61255501234"><Endpoint>${number}</Endpoint></Call><Say>Nobody is there.</Say></Response>`;

export const defects: readonly Defect[] = [
  {
    name: 'a document that is no XML',
    documents: { '/': menu('/choice'), '/choice': choice({ '1': '<Response><Say>Oh</Response>', '2': say('Bye.') }) },
    finds: 'documentRefused',
    steps: 'press 1',
    message: /^POST \/choice: .*Say/,
  },
  {
    name: 'a handler that fails',
    documents: {
      '/': menu('/choice'),
      '/choice': (digits) => (digits === '2' ? new Response('oops', { status: 500 }) : say('Thank you.')),
    },
    finds: 'requestFailed',
    steps: 'press 2',
    message: /^POST \/choice: answered with status 500$/,
  },
  {
    name: 'a relative URL in a document that lies deeper',
    documents: {
      '/': '<Response><Redirect>/menus/main</Redirect></Response>',
      '/menus/main': menu('choice'),
      '/choice': choice({ '1': say('The shop.'), '2': say('Bye.') }),
    },
    finds: 'relativeUrl',
    steps: 'press 1',
    message:
      /^"choice" in the document of \/menus\/main leads to \/menus\/choice, which is not there; is "\/choice" meant\?$/,
  },
  {
    name: 'a menu that cannot be left',
    documents: { '/': menu('/', 'Press 1 or press 2.') },
    finds: 'loopWithoutExit',
    steps: 'just call',
    message: /^everything leads back to the same place, from \/ on: tried press 1, press 2, press 9/,
  },
  {
    name: 'documents that redirect to each other',
    documents: {
      '/': '<Response><Redirect>/b</Redirect></Response>',
      '/b': '<Response><Redirect>/</Redirect></Response>',
    },
    finds: 'redirectLoop',
    steps: 'just call',
    message: /does a document redirect to itself\?$/,
  },
  {
    name: 'a key that is offered and not handled',
    documents: { '/': menu('/choice'), '/choice': choice({ '1': say('The shop.'), '': say('Bye.') }, say('Sorry?')) },
    finds: 'keyNotHandled',
    steps: 'press 2',
    message: /^2 is offered in the document of \/, and not handled: it leads where 9 leads/,
  },
  {
    name: 'silence that ends the call without a word',
    documents: {
      '/': menu('/choice'),
      '/choice': choice({ '1': say('The shop.'), '2': say('Bye.'), '': '<Response/>' }, say('Sorry, goodbye.')),
    },
    finds: 'silenceNotHandled',
    steps: 'wait',
    message: /without a word, after POST \/choice$/,
  },
  {
    name: 'a key that ends the call without a word',
    documents: { '/': menu('/choice'), '/choice': choice({ '1': '<Response/>', '2': say('Bye.') }) },
    finds: 'silentEnd',
    steps: 'press 1',
    message: /^the call ends without a word, after POST \/choice$/,
  },
  {
    name: 'a caller who is left in silence',
    documents: {
      '/': menu('/choice'),
      '/choice': choice({
        '1': '<Response><Wait DurationSeconds="90"/><Say>Still there?</Say></Response>',
        '2': say('Bye.'),
      }),
    },
    finds: 'leftInSilence',
    steps: 'press 1',
    message: /^the caller hears nothing for 90 s$/,
  },
  {
    name: 'a number without its country',
    documents: { '/': menu('/choice'), '/choice': choice({ '1': dial('0491570156'), '2': say('Bye.') }) },
    finds: 'numberNotValid',
    steps: 'press 1',
    message: /0491570156/,
  },
  {
    name: 'a recording that nobody takes',
    documents: {
      '/': '<Response><Say>Leave a message.</Say><Record StopKey="#" NextUri="/recorded"/></Response>',
    },
    finds: 'recordingLost',
    steps: 'say "Hello, please call me back. Thank you.", then press #',
    message: /^POST \/recorded: answered with status 404; what the caller has recorded leads nowhere$/,
  },
  {
    name: 'a callback URL that is not there',
    documents: {
      '/': '<Response><Say>Leave a message.</Say><Record StopKey="#" NextUri="/recorded" RecordingReadyUri="/ready"/></Response>',
      '/recorded': say('Thank you.'),
    },
    finds: 'callbackFailed',
    steps: 'hang up',
    message: /^POST \/ready /,
  },
  {
    name: 'a handler that is never asked',
    documents: { '/': menu('/choice'), '/choice': choice({ '1': say('The shop.'), '2': say('Bye.') }) },
    options: { expectUrls: ['/choice', '/voicemail'] },
    finds: 'handlerNotReached',
    steps: 'just call',
    message: /^\/voicemail is never asked$/,
  },
  {
    name: 'an element that execution never comes to',
    documents: {
      '/': '<Response><Redirect>/bye</Redirect><Say>You never hear this.</Say></Response>',
      '/bye': say('Bye.'),
    },
    finds: 'elementNotReached',
    steps: 'just call',
    message: /^\/:1:\d+ .*Say/,
  },
  {
    name: 'nobody who can be called',
    documents: { '/': menu('/choice'), '/choice': choice({ '1': say('The shop.'), '2': say('Bye.') }) },
    options: { operatorWithin: 2 },
    finds: 'noOperator',
    steps: 'just call',
    message: /^\/: nobody is called within 2 acts, nobody is ever called$/,
  },
  {
    name: 'a handler without anything to stand in for it',
    documents: { '/': menu('/choice'), '/choice': choice({ '1': say('The shop.'), '2': say('Bye.') }) },
    options: { chaos: true },
    finds: 'noFallback',
    steps: 'request 1 is not answered in time',
    message: /^POST \/: nothing stands in for it when it fails, the call fails: HANDLER_UNAVAILABLE$/,
  },
  {
    name: 'a prompt whose audio is not there',
    documents: { '/': '<Response><Play>/welcome.mp3</Play><Say>Bye.</Say></Response>' },
    finds: 'promptCut',
    steps: 'just call',
    message: /^https:\/\/app\.example\/welcome\.mp3 is not heard: /,
  },
  {
    name: 'a document larger than any may be',
    documents: { '/': menu('/choice'), '/choice': choice({ '1': say('x'.repeat(300_000)), '2': say('Bye.') }) },
    finds: 'documentTooLarge',
    steps: 'press 1',
    message: /larger than/,
  },
  {
    name: 'an answer that is said to be a web page',
    documents: {
      '/': menu('/choice'),
      '/choice': (digits) =>
        digits === '2' ? new Response(say('Bye.'), { headers: { 'content-type': 'text/html' } }) : say('The shop.'),
    },
    finds: 'contentType',
    steps: 'press 2',
    message: /text\/html/,
  },
  {
    name: 'a first handler that fails every time, and a second one that hides it',
    documents: { '/': () => new Response('oops', { status: 500 }), '/second': say('Bye.') },
    options: { urls: ['/', '/second'] },
    finds: 'requestRescued',
    steps: 'just call',
    message: /^POST \/: answered with status 500$/,
  },
  {
    name: 'an attribute that is misspelt',
    documents: { '/': '<Response><Say Voise="x">Bye.</Say></Response>' },
    finds: 'documentWarning',
    steps: 'just call',
    message: /Voise/,
  },
];

/** The application of a defect, as a function that is asked like `fetch`. */
export const applicationOf =
  ({ documents }: Pick<Defect, 'documents'>) =>
  async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const found = documents[pathname];
    if (found === undefined) return new Response('nothing here', { status: 404 });
    const asked = (await request.json()) as { parameters?: { digits?: string } };
    const answered = typeof found === 'string' ? found : found(asked.parameters?.digits ?? '');
    return answered instanceof Response
      ? answered
      : new Response(answered, { headers: { 'content-type': 'text/xml' } });
  };
