/**
 * Why a signature is not what was expected (VoiceML 2.8): the request as somebody has it comes in; what would have to be
 * different for the signature to be right goes out.
 */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { type Attempt, changes, fewestMistakes } from '../fewest-mistakes.ts';
import { type Explanation, type Variation, variation } from '../mistake.ts';
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
  const found = fewestMistakes({
    attempts: keys.map((key) => ({ signed: { ...given, key: rawKey(key) }, dimensions: dimensions(request, key) })),
    patience: patience(body),
    isRight: (signed) => digest(signed) === signature,
  });
  if (!found) return { matches: false, expected, mistakes };
  const all = [...mistakes, ...found.mistakes];
  return { matches: all.length === 0, expected, key: found.key, mistakes: all };
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

/** What can be different, independently of each other. */
const dimensions = ({ url, event, body, hosts = [] }: SignedRequest, key: string): Attempt<Signed>['dimensions'] => [
  changes(keyMistakes(key), (signed, value) => ({ ...signed, key: value })),
  ...urlMistakes(url, hosts).map((each) =>
    changes(each, (signed: Signed, value) => ({ ...signed, url: value(signed.url) })),
  ),
  changes(eventMistakes(event), (signed, value) => ({ ...signed, event: value })),
  changes(bodyMistakes(body), (signed, value) => ({ ...signed, body: value })),
  changes(ways, (signed, value) => ({ ...signed, way: value })),
];

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
