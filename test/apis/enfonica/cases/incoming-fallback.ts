import { expect } from 'vitest';
import type { Api } from '../api.ts';
import { app } from '../call-fields.ts';
import { callIn } from '../calling.ts';
import { type Case, done, shows } from '../case.ts';
import { makeNumber } from './numbers.ts';
import { makeDomain } from './sip-domains.ts';

const none = 'https://none.example.test/';
const broken = `${app}/broken`;
const empty = `${app}/empty`;
const elsewhere = `${app}/elsewhere`;

const documents: Readonly<Record<string, string>> = {
  [app]: '<Response><Say>Good day.</Say></Response>',
  [broken]: '<Response><Hangup/></Response>',
  [empty]: '<Response/>',
  [elsewhere]: `<Response><Redirect>${none}</Redirect></Response>`,
};

interface Ends {
  state: string;
  errorCode?: string;
  /** What the caller is told. */
  code?: number;
}

const completed: Ends = { state: 'COMPLETED' };
const failed = (errorCode: string): Ends => ({ state: 'FAILED', errorCode, code: 503 });

const rules: readonly [rule: string, says: string, handlers: readonly string[], ends: Ends][] = [
  ['next', 'the second handler when the first answers 404', [none, app], completed],
  ['last', 'the fifth handler when no other gives a document', [none, broken, none, broken, app], completed],
  ['invalid', 'the second handler when the first gives no valid document', [broken, app], completed],
  ['none', 'nobody else when no handler answers: the call has failed', [none, none], failed('HANDLER_UNAVAILABLE')],
  [
    'none-valid',
    'nobody else when no document is valid: the call has failed',
    [none, broken],
    failed('INVALID_VOICEML'),
  ],
  [
    'empty',
    'no second handler when the first document is empty: the call is refused',
    [empty, app],
    { state: 'REJECTED', code: 603 },
  ],
  ['later', 'no second handler for a later request', [elsewhere, app], failed('HANDLER_UNAVAILABLE')],
];

const tel: typeof rules = [
  ['tel-busy', 'the second handler when the number of the first is busy', ['tel:+15555550101', app], completed],
  ['tel-answers', 'no second handler when the number of the first answers', ['tel:+15555550112', broken], completed],
  [
    'tel-none',
    'nobody else when the last number is busy: the call has failed',
    [none, 'tel:+15555550101'],
    failed('HANDLER_UNAVAILABLE'),
  ],
  [
    'sip-none',
    'nobody else when the last SIP address refuses',
    ['sip:+15555550103@pbx.example'],
    failed('HANDLER_UNAVAILABLE'),
  ],
];

async function endsAs(api: Api, to: string, { state, errorCode, code }: Ends): Promise<void> {
  Object.assign(api.documents, documents);
  const { records, sipCode } = await callIn(api, { to });
  const call = await done(api, 'GET', `/v1beta1/projects/demo/calls/${records[0]!.id}`);
  expect([call.state, call.errorCode, sipCode]).toEqual([state, errorCode, code]);
}

export const incomingFallback: Case[] = [
  ...[...rules, ...tel].map(([rule, says, incomingCallHandlerUris, ends]) =>
    shows(`incoming number-${rule}`, `asks for a number ${says}`, async (api) => {
      await makeNumber(api, { incomingCallHandlerUris });
      await endsAs(api, '+61255501000', ends);
    }),
  ),
  ...rules.map(([rule, says, callTerminationHandlerUris, ends]) =>
    shows(`incoming domain-${rule}`, `asks for a SIP domain ${says}`, async (api) => {
      await makeDomain(api, { callTerminationMode: 'PROGRAMMABLE', callTerminationHandlerUris });
      await endsAs(api, 'sip:anna@desk.sip.enfonica.com', ends);
    }),
  ),
  ...['+61255501009', 'sip:anna@none.sip.enfonica.com'].map((to) =>
    shows(`incoming unknown ${to}`, `refuses ${to}, which nobody has, and says why`, async (api) => {
      const { calls, problems, sipCode } = await callIn(api, { to });
      expect([calls, problems, sipCode]).toEqual([[], [`CALL_NO_ROUTE nothing is set up for calls to ${to}`], 404]);
    }),
  ),
  shows('incoming no-handlers', 'refuses a number without handlers as one that is not there', async (api) => {
    await makeNumber(api);
    const { calls, sipCode } = await callIn(api, { to: '+61255501000' });
    expect([calls, sipCode]).toEqual([[], 404]);
  }),
];
