import { either, type Kind, listOf, shape, such, text } from '../replay/shape.ts';
import type { TokenConfig } from './config.ts';

export const fileName = text('the name of a file');

/** Where a secret is kept, when it is not written down here. */
export const place = such(
  shape<{ env: string; file: string }>('{ env: NAME } or { file: NAME }', {
    env: text('the name of an environment variable', /^[A-Za-z_]\w*$/),
    file: fileName,
  }),
  (value) =>
    Object.keys(value).length === 1
      ? undefined
      : { found: Object.keys(value).join(' and ') || 'an empty map', expected: 'either env or file' },
);

/** What is wrong with a secret is said without showing it. */
export const hidden = (kind: Kind): Kind => ({
  ...kind,
  read: (value, path, complain) =>
    kind.read(value, path, (complaint) =>
      complain(
        typeof value === 'object' || value === undefined
          ? complaint
          : { ...complaint, found: `a text of ${String(value).length} characters` },
      ),
    ),
});

const token = text('a token of at least 16 characters, without spaces', /^[!-~]{16,}$/);
export const signingKey = text('64 bytes in base64: 88 characters that end in ==', /^[A-Za-z0-9+/]{86}==$/);

export const permissions = listOf(
  text('a permission such as voice.calls.create or voice.*', /^(\*|[\w]+(\.\w+)*(\.\*)?)$/),
);

const fullToken: Kind = shape<TokenConfig>(
  'a token with what it may',
  { token: hidden(either(token, place)), may: permissions },
  ['token', 'may'],
);

/** Two kinds of map are told apart by their keys. */
export const anyToken: Kind = hidden(
  either(
    token,
    { ...fullToken, takes: (value) => typeof value === 'object' && value !== null && 'token' in value },
    place,
  ),
);
