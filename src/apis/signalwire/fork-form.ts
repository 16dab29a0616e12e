/** What requests for streams and what is like them have in common (LaML 6.3). */
import { Secret } from '../../telephony/secret.ts';
import type { SocketOptions } from '../../verbs/fork.ts';
import type { Form } from './form.ts';

const tracks = { inbound_track: 'received', outbound_track: 'sent', both_tracks: 'both' } as const;

export const trackOf = (form: Form) =>
  tracks[form.choice('Track', ['inbound_track', 'outbound_track', 'both_tracks'], 10000) ?? 'both_tracks'];

const mostParameters = 99;

export function parametersOf(form: Form): Record<string, string> {
  const found: Record<string, string> = {};
  for (let n = 1; n <= mostParameters; n++) {
    const name = form.text(`Parameter${n}.Name`);
    if (name !== undefined) found[name] = form.text(`Parameter${n}.Value`) ?? '';
  }
  return found;
}

export const shared = {
  Name: 'How it is called; unique in the call or the conference.',
  Track: 'inbound_track, outbound_track or both_tracks (unless given).',
  StatusCallback: 'Hears how it goes.',
  StatusCallbackMethod: 'GET or POST (unless given).',
};

export const custom = {
  'Parameter1.Name': 'The first of up to 99 parameters that the server gets.',
  'Parameter1.Value': 'Its value.',
};

export function tokenIn(form: Form): Pick<SocketOptions, 'bearerToken'> {
  const token = form.text('AuthorizationBearerToken');
  return token === undefined ? {} : { bearerToken: new Secret(token) };
}
