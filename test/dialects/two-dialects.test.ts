import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { flowsIn, loadFlow } from '../../src/replay/load.ts';
import { type Replay, replay } from '../../src/replay/replay.ts';

/** Where what a leg is told differs, and the definition of the languages that makes it so. */
interface Difference {
  because: string;
  voiceml: string[];
  laml: string[];
}

const folder = 'test/flows/two-dialects';
const differences: Record<string, Difference[]> = JSON.parse(readFileSync(`${folder}/differences.json`, 'utf8'));
const pairs = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

test('every pair says where its languages differ', () => {
  expect(Object.keys(differences).sort()).toEqual(pairs.toSorted());
});

test.for(pairs)('%s gives the same commands in both languages, but for what is listed', async (pair) => {
  const [laml, voiceml] = await Promise.all(
    ['laml', 'voiceml'].map((dialect) => stepsOf(`${folder}/${pair}/${dialect}`)),
  );
  const found = hunks(voiceml!, laml!);
  expect(found).toEqual(differences[pair]!.map(({ because: _, ...lines }) => lines));
});

/** What the legs are told and the application is asked, by whom, without ids, times and what a language calls it. */
async function stepsOf(path: string): Promise<string[]> {
  const [file] = flowsIn([path]);
  const { flow, read } = loadFlow(file!.file);
  const played = await replay(flow, { read });
  const name = namesOf(played);
  return played.journal.flatMap(({ subject, output }) => {
    if (output?.type === 'handler.asked') return [`${name(subject)} asks ${new URL(output.urls[0]!.url).pathname}`];
    if (output?.type !== 'commanded') return [];
    const { type, ...details } = output.command;
    const told = Object.entries(details).flatMap(([key, value]) => (key === 'id' ? [] : [`${key} ${say(value)}`]));
    return [[name(subject), 'is told to', type, ...told].join(' ')];
  });
}

/** The voice is a matter of the language. */
const say = (value: unknown): string =>
  JSON.stringify(value, (key, inner) => (key === 'voice' || key === 'language' ? undefined : inner));

const namesOf = ({ calls }: Replay) => {
  const names = new Map(calls.map(({ id, direction, to }) => [id, direction === 'incoming' ? 'caller' : to]));
  return (subject: string) => names.get(subject) ?? subject;
};

/** The parts in which two lists differ, around their longest common subsequence. */
function hunks(voiceml: readonly string[], laml: readonly string[]): Omit<Difference, 'because'>[] {
  const common = longestCommon(voiceml, laml);
  const found: Omit<Difference, 'because'>[] = [];
  let [one, other] = [0, 0];
  for (const [left, right] of [...common, [voiceml.length, laml.length] as const]) {
    if (left > one || right > other) found.push({ voiceml: voiceml.slice(one, left), laml: laml.slice(other, right) });
    [one, other] = [left + 1, right + 1];
  }
  return found;
}

/** Pairs of places at which both have the same. */
function longestCommon(one: readonly string[], other: readonly string[]): [number, number][] {
  const lengths = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  for (let i = one.length - 1; i >= 0; i--)
    for (let j = other.length - 1; j >= 0; j--)
      lengths[i]![j] =
        one[i] === other[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < one.length && j < other.length) {
    if (one[i] === other[j]) pairs.push([i++, j++]);
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++;
    else j++;
  }
  return pairs;
}
