/** The menu call of the budgets: three documents, prompts of 2 s, one key, one child that answers, four callbacks. */
import type { NewCall } from '../src/call/route.ts';
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

/** The same in LaML. */
export const lamlDocuments: Readonly<Record<string, string>> = {
  '/laml/voice': `<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Gather numDigits="1" timeout="10" action="/laml/menu">
    <Say>To talk to somebody, press one now</Say>
  </Gather>
</Response>
`,
  '/laml/menu': `<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Say>Thank you. We are connecting you.</Say>
  <Dial timeout="30" action="/laml/after">
    <Number>${agent}</Number>
  </Dial>
</Response>
`,
  '/laml/after': `<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Say>Thank you for calling us. Goodbye</Say>
</Response>
`,
};

export type Dialect = 'voiceml' | 'laml';

const entrances: Readonly<Record<Dialect, string>> = { voiceml: '/voice', laml: '/laml/voice' };

export const callbackPath = '/state';
export const documentsPerCall = Object.keys(documents).length;
/** One for each state, from the beginning on. */
export const callbacksPerCall = 4;
export const requestsPerCall = documentsPerCall + callbacksPerCall;

const states = ['initiated', 'ringing', 'answered', 'completed'] as const;

/** Who is called presses 1 once asked; who is called next talks for five seconds. */
export const phones: Readonly<Record<string, Phone>> = {
  [caller]: { script: [{ heard: 'press one', after: 0.5, press: '1' }] },
  [agent]: { hangsUp: 5 },
};

/** The call as an API makes it, for an application at `origin`. */
export const menuCall = (origin: string, dialect: Dialect = 'voiceml'): NewCall => ({
  project: 'bench',
  dialect,
  to: caller,
  from: us,
  options: {
    handlerUrls: [{ url: `${origin}${entrances[dialect]}`, method: 'POST' }],
    stateCallback: { url: `${origin}${callbackPath}`, method: 'POST', events: states },
    ringMs: 30_000,
  },
});

/** The same as a flow, in virtual time. */
export const menuFlows: Readonly<Record<Dialect, Flow>> = {
  voiceml: {
    call: { direction: 'outgoing', to: caller, from: us, options: { stateUpdateUri: callbackPath } },
    handler: documents,
    phones,
  },
  laml: {
    dialect: 'laml',
    url: entrances.laml,
    call: {
      direction: 'outgoing',
      to: caller,
      from: us,
      options: { statusCallback: callbackPath, statusCallbackEvent: states },
    },
    handler: lamlDocuments,
    phones,
  },
};
