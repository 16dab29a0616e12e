/** Users of a SIP domain. The vendor's documentation names only their id (VoiceML 4.10). */
import { belowDomain } from './below-domains.ts';
import { message, optional, text } from './kinds.ts';
import { kinds } from './resources.ts';

export const user = message({ displayName: optional(text('What the user is called.', { maxLength: 100 })) });

export const users = belowDomain({
  kind: kinds.user,
  one: 'user',
  many: 'users',
  about: 'a user of a SIP domain',
  schema: user,
});
