/**
 * Why a signature is not what was expected (LaML 3.7): the request as somebody has it comes in; what would have to be
 * different for the signature to be right goes out.
 */
import { createHash, createHmac } from 'node:crypto';
import { type Attempt, changes, fewestMistakes } from '../fewest-mistakes.ts';
import { type Explanation, type Mistake, type Variation, variation } from '../mistake.ts';
import { readSignature } from '../mistakes-in-signature.ts';
import { splitUrl, type UrlParts, urlMistakes } from '../mistakes-in-url.ts';
import { formMistakes, type Pairs, pairsOf } from './mistakes-in-form.ts';
import { signedUrl } from './signature.ts';

/** A request with its signature, as whoever checks it has them. */
export interface SignedForm {
  url: string;
  /** As they are shown; any of them may have been used. */
  keys: readonly string[];
  signature: string;
  /** The form of a POST as it came; empty for a GET. */
  body: string;
  /** Other hosts, with ports, under which the request may have been sent. */
  hosts?: readonly string[];
}

/** What is hashed, and how. */
interface Signed {
  key: string | Uint8Array;
  url: UrlParts;
  pairs: Pairs;
  way: Way;
}

interface Way {
  algorithm: string;
  encoding: 'base64' | 'hex';
  /** Between a name and its value, and between parameters. */
  joined: readonly [string, string];
}

const usual: Way = { algorithm: 'sha1', encoding: 'base64', joined: ['', ''] };

const bytesOfSha1 = 20;

/** How many mistakes at once are looked for. */
const patience = 3;

/** Compares a signature with a request; when it does not match, looks for the fewest mistakes that explain it. */
export function explainFormSignature(request: SignedForm): Explanation {
  const { url, keys, body } = request;
  const { signature, mistakes } = readSignature(request.signature, bytesOfSha1);
  const byDigest = URL.parse(url)?.searchParams.get('bodySHA256') ?? null;
  const pairs = byDigest === null ? pairsOf(body) : [];
  const given = { url: splitUrl(signedUrl(url)), pairs, way: usual };
  const expected = digest({ ...given, key: (keys[0] ?? '').trim() });
  const wrongBody = byDigest === null || byDigest === sha256(body) ? [] : [otherBody];
  const found = fewestMistakes({
    attempts: keys.map((key) => ({
      signed: { ...given, key: key.trim() },
      dimensions: dimensions(request, key, byDigest !== null),
    })),
    patience,
    isRight: (signed) => digest(signed) === signature,
  });
  const all = [...mistakes, ...(found?.mistakes ?? []), ...wrongBody];
  return {
    matches: found !== undefined && all.length === 0,
    expected,
    ...(found && { key: found.key }),
    mistakes: all,
  };
}

const sha256 = (body: string) => createHash('sha256').update(body).digest('hex');

const otherBody: Mistake = {
  id: 'body.digest',
  when: 'the body is the one whose digest is bodySHA256 in the query',
  about: 'The body was read and written again, or is not complete: take the bytes as they came.',
};

function digest({ key, url: { scheme, host, path, query, fragment }, pairs, way }: Signed): string {
  const [toValue, toNext] = way.joined;
  const parameters = pairs.map(([name, value]) => name + toValue + value).join(toNext);
  return createHmac(way.algorithm, key)
    .update(scheme + host + path + query + fragment + parameters)
    .digest(way.encoding);
}

/** What can be different, independently of each other. */
const dimensions = (
  { url, body, hosts = [] }: SignedForm,
  key: string,
  byDigest: boolean,
): Attempt<Signed>['dimensions'] => [
  changes(keyMistakes(key), (signed, value) => ({ ...signed, key: value })),
  ...urlMistakes(url, hosts)
    .map((each) => each.filter(({ mistake }) => mistake.id !== 'url.credentials'))
    .map((each) => changes(each, (signed: Signed, value) => ({ ...signed, url: value(signed.url) }))),
  byDigest ? [] : changes(formMistakes(body, splitUrl(url).query), (signed, value) => ({ ...signed, pairs: value })),
  changes(ways, (signed, value) => ({ ...signed, way: value })),
];

function keyMistakes(written: string): Variation<string | Uint8Array>[] {
  const text = written.trim();
  const asText = 'The key is the text as it is shown: do not decode it.';
  const bytes = Buffer.from(text, 'base64');
  return [
    variation('key.decoded', 'the key is decoded from base64', asText, bytes),
    variation('key.hex', 'the key is the hexadecimal text of its bytes', asText, bytes.toString('hex')),
    variation(
      'key.lineBreak',
      'the key has a line break at its end',
      'Trim what a file or a secret store gives.',
      `${text}\n`,
    ),
    variation(
      'key.quotes',
      'the key has quotes around it',
      'The quotes of an environment file belong to the key.',
      `"${text}"`,
    ),
  ];
}

const ways: readonly Variation<Way>[] = [
  variation('hash.sha256', 'the hash is SHA-256', 'The signature is an HMAC-SHA1.', { ...usual, algorithm: 'sha256' }),
  variation('hash.joined', 'names and values are joined with = and &', 'They are joined with nothing between them.', {
    ...usual,
    joined: ['=', '&'],
  }),
  variation('hash.joined', '= stands between names and values', 'They are joined with nothing between them.', {
    ...usual,
    joined: ['=', ''],
  }),
];
