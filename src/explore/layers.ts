import { type Edge, type Ending, type Graph, isEnding, type State } from './graph.ts';
import { groupsOf } from './groups.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  text: string;
  kind: 'place' | 'ending' | 'failed';
}

export interface Line {
  from: Box;
  to: Box;
  text: string;
}

export interface Picture {
  boxes: Box[];
  lines: Line[];
  width: number;
  height: number;
}

const box = { width: 190, height: 40, across: 30, down: 90, margin: 20 };

/** From one layer to the next. */
export const layerHeight = box.height + box.down;

/** Lays a graph out in layers: as many acts as it takes to come somewhere, so far down it stands. */
export function layOut({ begin, states }: Graph): Picture {
  const layers: (State | Ending)[][] = [];
  const depth = depthsOf(begin, states);
  for (const [what, row] of depth) {
    layers[row] ??= [];
    layers[row].push(what);
  }
  const widest = Math.max(1, ...layers.map((layer) => layer?.length ?? 0));
  const width = widest * (box.width + box.across) - box.across + 2 * box.margin;
  const boxes = new Map<State | Ending, Box>();
  layers.forEach((layer, row) => {
    const left = (width - layer.length * (box.width + box.across) + box.across) / 2;
    layer.forEach((what, column) => {
      boxes.set(
        what,
        boxOf(what, left + column * (box.width + box.across), box.margin + row * (box.height + box.down)),
      );
    });
  });
  const height = layers.length * (box.height + box.down) - box.down + 2 * box.margin;
  return { boxes: [...boxes.values()], lines: linesOf(states, depth, boxes), width, height };
}

const boxOf = (what: State | Ending, x: number, y: number): Box => ({
  x,
  y,
  width: box.width,
  height: box.height,
  text: isEnding(what) ? what.ended : `${what.id} ${what.waits}`,
  kind: !isEnding(what) ? 'place' : what.failed ? 'failed' : 'ending',
});

/** In which layer each place and each ending stands; endings that say the same are one, below all that leads there. */
function depthsOf(begin: Edge | undefined, states: readonly State[]): Map<State | Ending, number> {
  const depth = new Map<State | Ending, number>();
  const put = (what: State | Ending, row: number) => {
    if (!isEnding(what)) {
      if (!depth.has(what)) depth.set(what, row);
      return;
    }
    const same = sameAs(what, depth) ?? what;
    depth.set(same, Math.max(row, depth.get(same) ?? 0));
  };
  if (begin) put(begin.to, 0);
  // Places stand in the order in which they were found: whatever leads to one comes before it.
  for (const state of states) {
    put(state, 0);
    for (const { to } of state.edges) put(to, depth.get(state)! + 1);
  }
  return depth;
}

const sameAs = (ending: Ending, among: ReadonlyMap<State | Ending, unknown>): Ending | undefined => {
  for (const one of among.keys()) if (isEnding(one) && one.ended === ending.ended) return one;
  return undefined;
};

function linesOf(
  states: readonly State[],
  depth: ReadonlyMap<State | Ending, number>,
  boxes: ReadonlyMap<State | Ending, Box>,
): Line[] {
  return states.flatMap((state) =>
    groupsOf(state).map(({ words, to }) => {
      const target = isEnding(to) ? (sameAs(to, depth) ?? to) : to;
      return { from: boxes.get(state)!, to: boxes.get(target)!, text: words };
    }),
  );
}
