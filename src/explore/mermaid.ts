import { type Graph, isEnding } from './graph.ts';
import { groupsOf, shortened } from './groups.ts';

/** A graph as a Mermaid flowchart. */
export function toMermaid({ begin, states }: Graph): string {
  const endings = new Map<string, string>();
  const idOf = (to: (typeof states)[number] | { ended: string }): string => {
    if (!isEnding(to)) return `s${(to as { id: number }).id}`;
    const known = endings.get(to.ended) ?? `e${endings.size + 1}`;
    endings.set(to.ended, known);
    return known;
  };
  const edges = [
    ...(begin ? [`  begin((call)) --> ${idOf(begin.to)}`] : []),
    ...states.flatMap((state) =>
      groupsOf(state).map(({ words, to }) => `  s${state.id} -->|${quoted(words)}| ${idOf(to)}`),
    ),
  ];
  const places = states.map(({ id, waits }) => `  s${id}[${quoted(`${id} ${waits}`)}]`);
  const ends = [...endings].map(([ended, id]) => `  ${id}([${quoted(ended)}])`);
  return `${['flowchart TD', ...places, ...ends, ...edges].join('\n')}\n`;
}

/** Mermaid reads entities in a quoted text. */
const quoted = (text: string) =>
  `"${shortened(text, 120).replace(/[#"<>&`|[\](){}\\]/g, (found) => `#${found.charCodeAt(0)};`)}"`;
