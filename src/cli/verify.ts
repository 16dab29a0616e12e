import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { CallflowError } from '../errors.ts';
import { type Explanation, explainSignature } from '../vendors/enfonica/verify.ts';

interface Options {
  url: string;
  event: string;
  key: readonly string[];
  signature: string;
  body?: string;
  host?: readonly string[];
  json?: true;
}

export const verifyCommand = (): Command =>
  new Command('verify')
    .description('explain why a signature does not match')
    .requiredOption('--url <url>', 'the URL of the request')
    .requiredOption('--event <event>', 'what X-Enfonica-Event says')
    .requiredOption('--key <base64>', 'the signing key, as it is shown; may be repeated', gather)
    .requiredOption('--signature <signature>', 'what X-Enfonica-Signature says, or what your program made of it')
    .option('--body <file>', 'the body as it came: a file, or - for the standard input; empty unless given')
    .option('--host <host>', 'another host under which the application may be known; may be repeated', gather)
    .option('--json', 'one JSON object')
    .addHelpText('after', help)
    .action(verify);

const gather = (one: string, before: readonly string[] = []) => [...before, one];

const help = `
Looks for the mistakes that are usually made: a key that is not decoded, a body that was read and written
again, a proxy that changed the URL, a query left out, a wrong event, a line break at the end of a file.

Example:
  callflow verify --url https://app.example/voice --event CALL --key "$KEY" --signature "$SIGNATURE" --body body.json

Exit status: 0 the signature matches, 1 it does not, 2 wrong usage.`;

function verify({ url, event, key: keys, signature, body, host: hosts = [], json }: Options): void {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new CallflowError('URL_NOT_VALID', `${url} is not an http or https URL`);
  for (const key of keys)
    if (!/^\s*[\w+/-]+={0,2}\s*$/.test(key)) throw new CallflowError('USAGE', '--key is not base64');
  const bytes = body === undefined ? new Uint8Array() : read(body);
  const explanation = explainSignature({ url, event, keys, signature, body: bytes, hosts });
  console.log(json ? asJson(explanation) : asText(explanation, signature, keys));
  if (!explanation.matches) process.exitCode = 1;
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

/** The right length of a key, in bytes. */
const keyBytes = 64;

function asText(explanation: Explanation, signature: string, keys: readonly string[]): string {
  const { matches, key, mistakes } = explanation;
  const which = key !== undefined && keys.length > 1 ? `with key ${key} of ${keys.length}` : '';
  if (matches) return ['The signature matches', which].filter(Boolean).join(' ').concat('.');
  if (key === undefined) return unexplained(explanation, signature, keys);
  const reasons = mistakes.flatMap(({ id, when, about }) => [`  ${when}  (${id})`, `    ${about}`]);
  return [`The signature does not match. It would${which && ` ${which},`} if:`, ...reasons].join('\n');
}

function unexplained({ expected, mistakes }: Explanation, signature: string, keys: readonly string[]): string {
  const odd = keys.map((key) => Buffer.from(key, 'base64').length).filter((length) => length !== keyBytes);
  return [
    'The signature does not match, and no usual mistake explains it.',
    `  given     ${signature}`,
    `  expected  ${expected}`,
    ...mistakes.map(({ when, about }) => `  It would also have to be so that ${when}. ${about}`),
    ...odd.map((length) => `  A key has ${keyBytes} bytes; this one has ${length}.`),
    'Is it the key of this project? Is the body complete, and the URL the one that was asked? A proxy may have changed',
    'the host: name others with --host.',
  ].join('\n');
}
