/** The menu call of the budgets: three documents, prompts of 2 s, one key, one child that answers, four callbacks. */
import type { NewCall } from '../src/call/calls.ts';
import type { Flow } from '../src/replay/flow.ts';
import type { Phone } from '../src/telephony/simulated/script.ts';

const us = '+61255501234';
const caller = '+61491570156';
const agent = '+61491570157';

/** Every prompt has the length that takes 2 s to say. */
export const documents: Readonly<Record<string, string>> = {
  '/voice': `<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Input MaxDigitCount="1" TimeoutSeconds="10" NextUri="/menu">
    <Say>To talk to somebody, press one now</Say>
  </Input>
</Response>
`,
  '/menu': `<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Say>Thank you. We are connecting you.</Say>
  <Call TimeoutSeconds="30" NextUri="/after">
    <Endpoint>${agent}</Endpoint>
  </Call>
</Response>
`,
  '/after': `<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Say>Thank you for calling us. Goodbye</Say>
</Response>
`,
};

export const callbackPath = '/state';
export const documentsPerCall = Object.keys(documents).length;
/** STARTING, RINGING, IN_PROGRESS and COMPLETED. */
export const callbacksPerCall = 4;
export const requestsPerCall = documentsPerCall + callbacksPerCall;

/** Who is called presses 1 once asked; who is called next talks for five seconds. */
export const phones: Readonly<Record<string, Phone>> = {
  [caller]: { script: [{ heard: 'press one', after: 0.5, press: '1' }] },
  [agent]: { hangsUp: 5 },
};

/** The call as an API makes it, for an application at `origin`. */
export const menuCall = (origin: string): NewCall => ({
  project: 'bench',
  dialect: 'voiceml',
  to: caller,
  from: us,
  options: {
    handlerUrls: [{ url: `${origin}/voice`, method: 'POST' }],
    stateCallback: { url: `${origin}${callbackPath}`, method: 'POST' },
    ringMs: 30_000,
  },
});

/** The same as a flow, in virtual time. */
export const menuFlow: Flow = {
  call: { direction: 'outgoing', to: caller, from: us, options: { stateUpdateUri: callbackPath } },
  handler: documents,
  phones,
};
