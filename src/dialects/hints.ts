import type { ElementGrammar } from './grammar.ts';
import type { Language } from './language.ts';

/** What to write instead of an element that the dialect does not have. */
export function elementHint({ elements, foreign }: Language, name: string): string | undefined {
  const instead = own(foreign.elements, name.toLowerCase());
  if (instead !== undefined) return instead;
  const near = nearest(
    name,
    [...elements.values()].map((each) => each.name),
  );
  if (near) return `did you mean <${near}>?`;
  const alien = nearest(name, Object.keys(foreign.elements));
  return alien && `did you mean <${alien[0]!.toUpperCase()}${alien.slice(1)}>? ${foreign.elements[alien]}`;
}

/** Where an element that exists may stand. */
export function placeHint({ elements }: Language, child: ElementGrammar): string | undefined {
  const parents = [...elements.values()].filter((each) => each.content.includes(child)).map((each) => `<${each.name}>`);
  return parents.length === 0 ? undefined : `<${child.name}> goes in ${parents.join(', ')}`;
}

/** What to write instead of an attribute that the element does not have. */
export function attributeHint(
  { elements, foreign }: Language,
  grammar: ElementGrammar,
  name: string,
): string | undefined {
  const lower = name.toLowerCase();
  const owners = [...elements.values()].flatMap((each) => (each.attributeNamed.has(lower) ? [each] : []));
  if (owners[0]) {
    const written = owners[0].attributeNamed.get(lower)!.name;
    return `${written} belongs to ${owners.map((each) => `<${each.name}>`).join(', ')}`;
  }
  const meant = own(foreign.attributes, lower) ?? [];
  const instead = meant.find((each) => each in grammar.attributes) ?? nearest(name, Object.keys(grammar.attributes));
  if (instead !== undefined) return `did you mean ${instead}?`;
  return own(foreign.notes, lower);
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The word that takes the fewest slips to be mistyped as this one, if they are few. */
export function nearest(word: string, among: readonly string[]): string | undefined {
  if (word.length > 40) return undefined;
  const most = word.length < 4 ? 1 : word.length < 8 ? 2 : 3;
  let best: string | undefined;
  let fewest = most + 1;
  for (const each of among) {
    const slips = distance(word.toLowerCase(), each.toLowerCase());
    if (slips < fewest && slips < each.length - 1) {
      best = each;
      fewest = slips;
    }
  }
  return best;
}

/** Letters left out, put in, changed, or swapped with their neighbour. */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      let slips = Math.min(rows[row - 1]![column]! + 1, current[column - 1]! + 1, rows[row - 1]![column - 1]! + same);
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        slips = Math.min(slips, rows[row - 2]![column - 2]! + 1);
      current.push(slips);
    }
    rows.push(current);
  }
  return rows[one.length]![other.length]!;
}
