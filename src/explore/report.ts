import { wordsOf } from './acts.ts';
import type { Exploration } from './explore.ts';
import { type Edge, isEnding } from './graph.ts';

/** An exploration as plain data, for programs to read. */
export function toReport({ graph, findings, outcomes, calls, complete, differences }: Exploration) {
  return {
    calls,
    complete,
    begin: graph.begin && edgeOf(graph.begin),
    places: graph.states.map(({ id, waits, arrived, url, line, script, edges }) => ({
      id,
      waits,
      arrived,
      ...(url !== undefined && { url }),
      ...(line !== undefined && { line }),
      script,
      leads: edges.map(edgeOf),
    })),
    outcomes,
    findings,
    differences,
  };
}

function edgeOf({ acts, announced, to, heard, told, atMs, chaos }: Edge) {
  return {
    acts,
    words: acts.map(wordsOf).join(', '),
    ...(announced !== undefined && { announced }),
    ...(isEnding(to) ? { ended: to.ended, failed: to.failed } : { to: to.id }),
    heard,
    told,
    atMs,
    ...(chaos && { chaos }),
  };
}
