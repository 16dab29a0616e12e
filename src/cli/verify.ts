import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { CallflowError } from '../errors.ts';
import { explainSignature } from '../vendors/enfonica/verify.ts';
import type { Explanation } from '../vendors/mistake.ts';
import { explainFormSignature } from '../vendors/signalwire/verify.ts';

interface Options {
  vendor: VendorName;
  url: string;
  event?: string;
  key: readonly string[];
  signature: string;
  body?: string;
  host?: readonly string[];
  json?: true;
}

interface Given {
  url: string;
  event: string | undefined;
  keys: readonly string[];
  signature: string;
  body: Uint8Array;
  hosts: readonly string[];
}

/** How each vendor's signatures are explained, and how many bytes its keys have, where that is certain. */
const vendors = {
  enfonica: {
    keyBytes: 64,
    explain: ({ event, ...given }: Given): Explanation => {
      if (event === undefined) throw new CallflowError('USAGE', '--event is missing: what X-Enfonica-Event says');
      for (const key of given.keys)
        if (!/^\s*[\w+/-]+={0,2}\s*$/.test(key)) throw new CallflowError('USAGE', '--key is not base64');
      return explainSignature({ ...given, event });
    },
  },
  signalwire: {
    keyBytes: undefined,
    explain: ({ event: _, body, ...given }: Given): Explanation =>
      explainFormSignature({ ...given, body: Buffer.from(body).toString() }),
  },
} as const;

type VendorName = keyof typeof vendors;

export const verifyCommand = (): Command =>
  new Command('verify')
    .description('explain why a signature does not match')
    .addOption(
      new Option('--vendor <vendor>', 'whose signature it is')
        .choices(Object.keys(vendors))
        .default('enfonica', 'enfonica; signalwire when it comes with that name'),
    )
    .requiredOption('--url <url>', 'the URL of the request')
    .option('--event <event>', 'what X-Enfonica-Event says')
    .requiredOption('--key <key>', 'the signing key, as it is shown; may be repeated', gather)
    .requiredOption('--signature <signature>', 'what the header says, or what your program made of it')
    .option('--body <file>', 'the body as it came: a file, or - for the standard input; empty unless given')
    .option('--host <host>', 'another host under which the application may be known; may be repeated', gather)
    .option('--json', 'one JSON object')
    .addHelpText('after', help)
    .action(verify);

const gather = (one: string, before: readonly string[] = []) => [...before, one];

const help = `
Looks for the mistakes that are usually made: a key that is not decoded, or should not have been, a body that
was read and written again, a proxy that changed the URL, a query left out, a wrong event, parameters in
another order, a line break at the end of a file.

Examples:
  callflow verify --url https://app.example/voice --event CALL --key "$KEY" --signature "$SIGNATURE" --body body.json
  callflow verify --vendor signalwire --url https://app.example/voice --key "$KEY" --signature "$SIGNATURE" --body form.txt

Exit status: 0 the signature matches, 1 it does not, 2 wrong usage.`;

function verify(options: Options): void {
  const { url, event, key: keys, signature, body, host: hosts = [], json } = options;
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new CallflowError('URL_NOT_VALID', `${url} is not an http or https URL`);
  const bytes = body === undefined ? new Uint8Array() : read(body);
  const { explain, keyBytes } = vendors[vendorOf(options)];
  const explanation = explain({ url, event, keys, signature, body: bytes, hosts });
  console.log(json ? asJson(explanation) : asText(explanation, signature, keys, keyBytes));
  if (!explanation.matches) process.exitCode = 1;
}

/** A header that was copied whole says it itself. */
function vendorOf({ vendor, signature }: Options): VendorName {
  return /^\s*x-(?:signalwire|twilio)-signature\s*:/i.test(signature) ? 'signalwire' : vendor;
}

function read(name: string): Uint8Array {
  try {
    return readFileSync(name === '-' ? 0 : name);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'cannot be read';
    throw new CallflowError('FILE_NOT_READABLE', `${name} ${why}`, { cause });
  }
}

const asJson = ({ matches: ok, ...more }: Explanation) => JSON.stringify({ ok, ...more });

function asText(
  explanation: Explanation,
  signature: string,
  keys: readonly string[],
  keyBytes: number | undefined,
): string {
  const { matches, key, mistakes } = explanation;
  const which = key !== undefined && keys.length > 1 ? `with key ${key} of ${keys.length}` : '';
  if (matches) return ['The signature matches', which].filter(Boolean).join(' ').concat('.');
  if (key === undefined) return unexplained(explanation, signature, oddKeys(keys, keyBytes));
  const reasons = mistakes.flatMap(({ id, when, about }) => [`  ${when}  (${id})`, `    ${about}`]);
  return [`The signature does not match. It would${which && ` ${which},`} if:`, ...reasons].join('\n');
}

function oddKeys(keys: readonly string[], keyBytes: number | undefined): string[] {
  if (keyBytes === undefined) return [];
  return keys
    .map((key) => Buffer.from(key, 'base64').length)
    .filter((length) => length !== keyBytes)
    .map((length) => `  A key has ${keyBytes} bytes; this one has ${length}.`);
}

const unexplained = ({ expected, mistakes }: Explanation, signature: string, oddKeys: readonly string[]) =>
  [
    'The signature does not match, and no usual mistake explains it.',
    `  given     ${signature}`,
    `  expected  ${expected}`,
    ...mistakes.map(({ when, about }) => `  It would also have to be so that ${when}. ${about}`),
    ...oddKeys,
    'Is it the key of this project? Is the body complete, and the URL the one that was asked? A proxy may have changed',
    'the host: name others with --host.',
  ].join('\n');
