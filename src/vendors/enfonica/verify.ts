/**
 * Why a signature is not what was expected (VoiceML 2.8): the request as somebody has it comes in; what would have to be
 * different for the signature to be right goes out.
 */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { type Explanation, type Mistake, type Variation, variation } from '../mistake.ts';
import { readSignature } from '../mistakes-in-signature.ts';
import { splitUrl, type UrlParts, urlMistakes } from '../mistakes-in-url.ts';
import { bodyMistakes } from './mistakes-in-body.ts';
import { keyMistakes, rawKey } from './mistakes-in-key.ts';
import { signedUrl } from './signature.ts';

/** A request with its signature, as whoever checks it has them. */
export interface SignedRequest {
  url: string;
  event: string;
  /** In base64, as they are shown; any of them may have been used. */
  keys: readonly string[];
  signature: string;
  body: Uint8Array;
  /** Other hosts, with ports, under which the request may have been sent. */
  hosts?: readonly string[];
}

/** Events that are known to be sent. */
const events = ['CALL', 'CALL_STATE_UPDATE', 'RECORDING_READY', 'TRANSCRIPTION_READY', 'FAX_READY', 'INCOMING_MESSAGE'];

/** Compares a signature with a request; when it does not match, looks for the fewest mistakes that explain it. */
export function explainSignature(request: SignedRequest): Explanation {
  const { url, keys, event, body } = request;
  const { signature, mistakes } = readSignature(request.signature);
  const given = { url: splitUrl(signedUrl(url)), event, body, way: usual };
  const expected = digest({ ...given, key: rawKey(keys[0] ?? '') });
  for (let most = 0; most <= patience(body); most++)
    for (const [index, key] of keys.entries()) {
      const found = search({ ...given, key: rawKey(key) }, dimensions(request, key), most, signature);
      if (!found) continue;
      const all = [...mistakes, ...found];
      return { matches: all.length === 0, expected, key: index + 1, mistakes: all };
    }
  return { matches: false, expected, mistakes };
}

/** How many mistakes at once are looked for: thousands of signatures of a large body take too long. */
const patience = ({ length }: Uint8Array) => (length <= 65_536 ? 3 : length <= 1_048_576 ? 2 : 1);

/** What is hashed, and how. */
interface Signed {
  key: Uint8Array;
  url: UrlParts;
  event: string;
  body: Uint8Array;
  way: Way;
}

interface Way {
  algorithm: string;
  message(url: string, event: string, body: Uint8Array): readonly (string | Uint8Array)[];
}

const usual: Way = { algorithm: 'sha256', message: (url, event, body) => [url, event, body] };

const digest = ({ key, url: { scheme, host, path, query, fragment }, event, body, way }: Signed): string => {
  const hmac = createHmac(way.algorithm, ready(key));
  for (const part of way.message(scheme + host + path + query + fragment, event, body)) hmac.update(part);
  return hmac.digest('base64');
};

const keys = new WeakMap<Uint8Array, KeyObject>();

/** Making a key ready costs more than using it. */
function ready(key: Uint8Array): KeyObject {
  const known = keys.get(key) ?? createSecretKey(key);
  keys.set(key, known);
  return known;
}

/** Changes one thing of what is hashed. */
type Change = Variation<(signed: Signed) => Signed>;

/** What can be different, independently of each other. */
function dimensions({ url, event, body, hosts = [] }: SignedRequest, key: string): readonly (readonly Change[])[] {
  return [
    keyMistakes(key).map(({ mistake, value }) => ({ mistake, value: (signed) => ({ ...signed, key: value }) })),
    ...urlMistakes(url, hosts).map((changes) =>
      changes.map(({ mistake, value }): Change => ({ mistake, value: (it) => ({ ...it, url: value(it.url) }) })),
    ),
    eventMistakes(event).map(({ mistake, value }) => ({ mistake, value: (signed) => ({ ...signed, event: value }) })),
    bodyMistakes(body).map(({ mistake, value }) => ({ mistake, value: (signed) => ({ ...signed, body: value }) })),
    ways.map(({ mistake, value }) => ({ mistake, value: (signed) => ({ ...signed, way: value }) })),
  ];
}

/** The mistakes that make the signature right, exactly so many of them. */
function search(
  signed: Signed,
  [changes, ...rest]: readonly (readonly Change[])[],
  count: number,
  signature: string,
): Mistake[] | undefined {
  if (count === 0) return digest(signed) === signature ? [] : undefined;
  if (!changes) return undefined;
  for (const { mistake, value } of changes) {
    const found = search(value(signed), rest, count - 1, signature);
    if (found) return [mistake, ...found];
  }
  return search(signed, rest, count, signature);
}

function eventMistakes(event: string): Variation<string>[] {
  const others = events.filter((one) => one !== event.trim());
  return [
    ...(event !== event.trim()
      ? [variation('event.whiteSpace', 'the event has no white space around it', 'Trim the header.', event.trim())]
      : []),
    ...others.map((one) =>
      variation(
        'event.other',
        `the event is ${one}`,
        'The event is the value of the header X-Enfonica-Event: CALL for requests to handlers, another one for callbacks.',
        one,
      ),
    ),
    variation('event.missing', 'there is no event', 'The value of X-Enfonica-Event stands between URL and body.', ''),
    variation('event.lowerCase', 'the event is in lower case', 'Take the header as it is.', event.toLowerCase()),
  ];
}

const ways: readonly Variation<Way>[] = [
  variation('hash.sha1', 'the hash is SHA-1', 'The signature is an HMAC-SHA256.', { ...usual, algorithm: 'sha1' }),
  variation('hash.sha512', 'the hash is SHA-512', 'The signature is an HMAC-SHA256.', {
    ...usual,
    algorithm: 'sha512',
  }),
  ...['\n', ' ', '.', ':'].map((between) =>
    variation(
      'hash.joined',
      `${JSON.stringify(between)} stands between URL, event and body`,
      'They are joined with nothing between them.',
      { ...usual, message: (url: string, event: string, body: Uint8Array) => [url, between, event, between, body] },
    ),
  ),
  variation('hash.order', 'the event stands before the URL', 'The order is URL, event, body.', {
    ...usual,
    message: (url: string, event: string, body: Uint8Array) => [event, url, body],
  }),
  variation('hash.bodyOnly', 'only the body is hashed', 'URL, event and body are hashed.', {
    ...usual,
    message: (_url: string, _event: string, body: Uint8Array) => [body],
  }),
];
