/** Calls to your application in virtual time, for any test framework: the package export `callflow/testing`. */
import { Rehearsal, type RehearsalOptions } from './rehearsal.ts';

export type { Flow } from '../replay/flow.ts';
export type { Phone, Script } from '../telephony/simulated/script.ts';
export type { Application, FetchHandler } from './application.ts';
export { Callee, Caller } from './caller.ts';
export { expectCall } from './expect-call.ts';
export * as expectations from './expectations.ts';
export type { NodeListener } from './listener.ts';
export type { Dialing, RehearsalOptions } from './rehearsal.ts';
export { Rehearsal } from './rehearsal.ts';
export { type Sound, Speaker } from './speaker.ts';

/** Sets up an engine of its own in virtual time; `close` it when the test is over. */
export const rehearse = (options: RehearsalOptions): Rehearsal => new Rehearsal(options);
