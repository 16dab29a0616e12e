/** Who calls and is called while the process is killed: everybody takes a second or two. */
import type { Phone, Script } from '../../src/telephony/simulated/script.ts';

export const ours = '+61255501234';
export const agent = '+61491570157';

/** What a caller with a message does. */
export const caller: Script = [
  { hears: 'press one', after: 0.1, press: '1' },
  { after: 0.1, say: 'Call me' },
];

export const phones: Readonly<Record<string, Phone>> = {
  '+61491570156': { answers: 0.2, script: caller },
  [agent]: { answers: 0.1, hangsUp: 0.5 },
  '+61491570158': { busy: true },
  '+61491570159': { answers: false },
  '+61491570160': { answers: 0.1, hangsUp: 0.3 },
};

/** By path. */
export type Documents = Readonly<Record<string, string>>;

export const documents: Documents = {
  '/menu': `<Response>
    <Input MaxDigitCount="1" TimeoutSeconds="1" NextUri="/message"><Say>Press one</Say></Input>
  </Response>`,
  '/message': `<Response>
    <Record PlayBeep="false" MaxDurationSeconds="1" NextUri="/bye" RecordingReadyUri="/recording"/>
  </Response>`,
  '/team': `<Response><Call TimeoutSeconds="2" NextUri="/bye"><Endpoint>${agent}</Endpoint></Call></Response>`,
  '/bye': '<Response><Say>Bye</Say></Response>',
};

/** Calls that can be held for long. */
export const soakDocuments: Documents = {
  '/voice': `<Response>
    <Input MaxDigitCount="1" TimeoutSeconds="30" NextUri="/menu"><Say>Please press one</Say></Input>
  </Response>`,
  '/menu': `<Response><Call TimeoutSeconds="5" NextUri="/bye"><Endpoint>${agent}</Endpoint></Call></Response>`,
  '/bye': documents['/bye']!,
};

export interface Errand {
  to: string;
  path: string;
  /** The whole call is recorded and written down. */
  recorded?: true;
}

/** What calls are made for, in turn. */
export const errands: readonly Errand[] = [
  { to: '+61491570156', path: '/menu' },
  { to: '+61491570160', path: '/team', recorded: true },
  { to: '+61491570156', path: '/team' },
  { to: '+61491570158', path: '/menu' },
  { to: '+61491570156', path: '/menu', recorded: true },
  { to: '+61491570159', path: '/menu' },
  { to: '+61491570160', path: '/menu' },
];
