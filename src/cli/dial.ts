import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { dialectNamed } from '../dialects/index.ts';
import { CallflowError } from '../errors.ts';
import { addressRanges } from '../http/address.ts';
import { loadFlow } from '../replay/load.ts';
import { type DialOptions, dialScripted, dialTyped } from './dialing.ts';
import { typedHelp } from './typed.ts';

interface Options extends Omit<DialOptions, 'urls' | 'allow' | 'signingKey'> {
  allow?: readonly string[];
  script?: string;
  signingKey?: string;
}

export const dialCommand = (): Command =>
  new Command('dial')
    .description('call an application: see what is said, type keys and speech')
    .argument('<url...>', 'where the application is asked; further URLs are asked when those before fail')
    .option('-d, --dialect <name>', 'the language of its documents', 'voiceml')
    .option('--from <number>', 'who calls', '+61491570006')
    .option('--to <number>', 'which number is called', '+61255501234')
    .option('--script <file>', 'the caller and the phones do what this flow says')
    .option('--json', 'print the journal, one entry a line')
    .option('--save <folder>', 'write the call as a flow, to be replayed as a test')
    .option('--allow <addresses>', 'let URLs lead to these addresses too, see below; may be repeated', gather)
    .addOption(
      new Option('--recordings <folder>', 'where recorded audio goes').default(
        join(tmpdir(), 'callflow'),
        'callflow, in the folder for temporary files',
      ),
    )
    .option('--signing-key <base64>', 'with which requests are signed; 64 zero bytes unless given')
    .addHelpText('after', help)
    .action(async (urls: readonly string[], { script, allow = [], signingKey = zeros, ...options }: Options) => {
      for (const url of urls) checkUrl(url);
      dialectNamed(options.dialect);
      const dialled = { ...options, urls, allow, signingKey: bytesOf(signingKey) };
      await (script === undefined ? dialTyped(dialled) : dialScripted(dialled, loadFlow(script, urls[0]).flow));
    });

const gather = (one: string, before: readonly string[] = []) => [...before, one];
const zeros = Buffer.alloc(64).toString('base64');

const help = `
While the call goes on, type:
${typedHelp}

Lines from a pipe are typed one by one, each when the call listens. After the last one the caller hears the
call out, and hangs up when it waits for somebody. Phones that ring are yours to play, but for the numbers from
+15555550100 to +15555550116, which play themselves. With --script every phone does.

URLs may lead to this machine (loopback) and to public addresses. --allow takes an address, a block such as
10.20.0.0/16, or one of ${addressRanges.slice(0, 5).join(', ')},
${addressRanges.slice(5).join(', ')}. What is refused is said.

Examples:
  callflow dial http://127.0.0.1:3000/
  callflow dial http://127.0.0.1:3000/ http://127.0.0.1:3001/fallback --from +61400000000
  printf '2\\nanswer 2\\n2: hello\\nhangup 2\\n' | callflow dial http://127.0.0.1:3000/
  callflow dial http://127.0.0.1:3000/ --script flows/menu/flow.yaml --json`;

export function checkUrl(written: string): void {
  const url = URL.parse(written);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return;
  const hint = !written.includes('://') && URL.canParse(`http://${written}`) ? `; did you mean http://${written}?` : '';
  if (!url) throw new CallflowError('URL_NOT_VALID', `${written} is not a URL${hint}`);
  throw new CallflowError('URL_SCHEME', `${written} is not an http or https URL${hint}`);
}

function bytesOf(base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') === base64) return bytes;
  throw new CallflowError(
    'USAGE',
    '--signing-key is not base64: such a key can be given to your application too (docs/dial.md)',
  );
}
