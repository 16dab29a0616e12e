import { posix } from 'node:path';
import { expect, test } from 'vitest';

/** Each room may use the rooms before it, never those after. */
const rooms = [
  'errors.ts',
  'timers.ts',
  'clock.ts',
  'ids.ts',
  'money',
  'http',
  'files',
  'telephony',
  'verbs',
  'records',
  'journal',
  'vendors',
  'dialects',
  'handler',
  'store',
  'call',
  'callbacks',
  'engine',
  'replay',
  'report',
  'config',
  'apis',
  'testkit',
  'explore',
  'inspector',
  'local.ts',
  'operations',
  'server.ts',
  'cli',
  'index.ts',
];

const sources = Object.entries(
  import.meta.glob<string>('../src/**/*.ts', { query: '?raw', import: 'default', eager: true }),
).map(([path, source]): [file: string, code: string] => [path.slice('../src/'.length), withoutComments(source)]);

const room = (file: string) => file.split('/')[0]!;
const inside = (...names: string[]) => sources.filter(([file]) => names.includes(room(file)));
const outside = (...names: string[]) => sources.filter(([file]) => !names.includes(room(file)));

test.for(sources)('%s looks only up the list of rooms', ([file, code]) => {
  const imports = [...code.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) =>
    posix.join(posix.dirname(file), path!),
  );
  expect(rooms).toContain(room(file));
  expect(imports.filter((path) => rooms.indexOf(room(path)) > rooms.indexOf(room(file)))).toEqual([]);
});

test.for(outside('clock.ts'))('%s reads no clock but the Clock, and no chance but the Ids', ([, code]) => {
  const words =
    /\b(?:Date\.now|performance\.now|Math\.random|randomUUID|randomBytes)\b|new Date\(\)|(?<![.\w])set(?:Timeout|Interval)\((?!callback: \(\) => void, ms: number\): )/g;
  expect(code.match(words)).toBeNull();
});

test.for(outside('vendors', 'dialects', 'apis'))('%s does not ask which dialect it serves', ([, code]) => {
  expect(code.match(/dialect(?:\.name)?\s*[!=]==?|[!=]==?\s*\w*\.?dialect\b/gi)).toBeNull();
});

test.for(inside('money', 'http', 'files', 'telephony', 'verbs', 'records', 'journal', 'store', 'call', 'report'))(
  '%s is in no vendor’s words',
  ([, code]) => {
    expect(code.match(/voiceml|laml|twiml|bxml|enfonica|signalwire|bandwidth|catapult|genesys/gi)).toBeNull();
  },
);

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
