/** The tables that are kept beside the tests, for people to read. */
import type { Taken } from './parameters.ts';
import type { Outcome } from './run.ts';

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;

const head = (...cells: string[]) => [row(...cells), row(...cells.map(() => '---'))];

const code = (text: string) => `\`${text}\``;

export function outcomeTable(ofSignalwire: readonly Outcome[], ofTwilio: readonly Outcome[]): string {
  const [signalwire, twilio] = [ofSignalwire, ofTwilio].map(
    (all) => new Map(all.filter(({ name }) => !name.endsWith('WithHttpInfo')).map((one) => [one.name, one])),
  ) as [Map<string, Outcome>, Map<string, Outcome>];
  const names = [...new Set([...signalwire.keys(), ...twilio.keys()])].sort();
  const rows = names.map((name) => {
    const [one, other] = [signalwire.get(name), twilio.get(name)];
    const isSame = one?.gives === other?.gives;
    const asks = one?.asks ?? other?.asks ?? '';
    if (one && other && one.asks !== other.asks) throw new Error(`${name} asks ${one.asks} and ${other.asks}`);
    return row(code(name), code(asks), one?.gives ?? 'has none', isSame ? 'the same' : (other?.gives ?? 'has none'));
  });
  return `# What every method of the clients does here

Made from the clients themselves: each method is called, where what it needs is there. A resource is given as the class
of the client says, without what the answer has nothing of; a refusal is its HTTP status and its code.

${[...head('method', 'asks', '`@signalwire/compatibility-api`', '`twilio`'), ...rows].join('\n')}
`;
}

export interface Operation {
  method: string;
  asks: string;
  taken: readonly Taken[];
  /** Who sends a name. */
  sentBy(name: string): string;
}

function madeOf({ isRead, fine, nonsense }: Taken): string {
  if (!isRead) return fine === 'done' ? 'ignored' : `refused, ${fine}`;
  if (fine !== 'done') return `read: alone it is refused, ${fine}`;
  return nonsense === 'done' ? 'read: any text' : `read: anything else is refused, ${nonsense}`;
}

export const parameterTable = (
  operations: readonly Operation[],
): string => `# What the clients can send, and what is read here

The names come out of the clients themselves, and out of the description of each route. Each was sent once as it may be,
and once as nonsense.

${operations
  .map(({ method, asks, taken, sentBy }) =>
    [
      `## ${method}`,
      '',
      code(asks),
      '',
      ...head('parameter', 'sent by', 'here'),
      ...taken.map((one) => row(code(one.name), sentBy(one.name), madeOf(one))),
    ].join('\n'),
  )
  .join('\n\n')}
`;
