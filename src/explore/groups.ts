import { type ExploreAct, wordsOf } from './acts.ts';
import { type Edge, type Ending, isEnding, type State } from './graph.ts';

/** Edges of a state that lead to the same in the same way, shown as one. */
export interface Group {
  /** `press 9, * or #`. */
  words: string;
  to: State | Ending;
  heard: readonly string[];
  told: readonly string[];
}

/** The edges of a state, those that look the same together, in the order in which they were tried. */
export function groupsOf({ edges }: State): Group[] {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = `${edge.looks} ${edge.told.join('\n')}`;
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  return [...groups.values()].map((group) => {
    const [{ to, heard, told }] = group as [Edge, ...Edge[]];
    return { words: together(group.map(({ acts }) => acts)), to, heard, told };
  });
}

/** Acts in a few words: keys, and whatever the same person does, are named once. */
function together(all: readonly (readonly ExploreAct[])[]): string {
  const keys: string[] = [];
  const others: string[] = [];
  for (const acts of all) {
    const [act] = acts;
    if (acts.length === 1 && act?.does === 'press' && act.who === 'caller') keys.push(act.keys);
    else others.push(acts.length > 1 ? repeated(acts) : act ? wordsOf(act) : 'call');
  }
  const pressed = keys.length > 0 ? [`press ${listed(keys)}`] : [];
  return listed([...pressed, ...sharing(others)]);
}

const repeated = (acts: readonly ExploreAct[]): string => {
  const words = acts.map(wordsOf);
  const same = words.every((one) => one === words[0]);
  return same ? `${words[0]} (${words.length} times)` : words.join(', ');
};

/** "+61491570156 is busy", "+61491570156 declines": the number once. */
function sharing(words: readonly string[]): string[] {
  let before = '';
  return words.map((one) => {
    const [who = ''] = /^\+?\S+ /.exec(one) ?? [];
    const isSame = who !== '' && who === before && /^(?:\+|sips?:)/.test(who);
    before = who;
    return isSame ? one.slice(who.length) : one;
  });
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** Where a group leads, in words. */
export const leadsTo = (to: State | Ending): string => (isEnding(to) ? to.ended : `${to.id} ${to.waits}`);

export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
