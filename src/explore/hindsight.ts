/** What is wrong with an application as a whole, once everything has been tried. */
import { wordsOf } from './acts.ts';
import type { Findings } from './finding.ts';
import { type Edge, type Graph, isEnding, type State } from './graph.ts';
import { pathOf } from './path-of.ts';

export interface HindsightOptions {
  operatorWithin?: number | undefined;
}

/** Adds what no single call shows. */
export function lookBack(graph: Graph, findings: Findings, { operatorWithin }: HindsightOptions): void {
  for (const state of graph.states) lookAtKeys(state, findings);
  if (graph.complete) lookForLoops(graph.states, findings);
  if (operatorWithin !== undefined) lookForOperators(graph, operatorWithin, findings);
}

/** A key that was offered must lead elsewhere than one that was not. */
function lookAtKeys({ edges, script, url }: State, findings: Findings): void {
  const plain = edges.filter(({ chaos, acts }) => !chaos && acts.length === 1);
  const unknown = plain.find(
    ({ acts: [act], announced }) => announced === false && act?.does === 'press' && /^\d$/.test(act.keys),
  );
  for (const { acts, announced, looks, to } of plain) {
    const [act] = acts;
    if (announced !== true || act?.does !== 'press') continue;
    const fails = isEnding(to) && to.failed;
    if (!fails && looks !== unknown?.looks) continue;
    const where = url === undefined ? '' : ` in the document of ${pathOf(url)}`;
    const why = fails ? `the call ${to.ended}` : `it leads where ${keysOf(unknown)} leads, which is not offered`;
    const message = `${act.keys} is offered${where}, and not handled: ${why}`;
    findings.add({ kind: 'keyNotHandled', message, ...(url !== undefined && { url }) }, [...script, act]);
  }
}

const keysOf = (edge: Edge | undefined) => (edge?.acts[0]?.does === 'press' ? edge.acts[0].keys : '');

/** Places from which nothing but hanging up leads out. */
function lookForLoops(states: readonly State[], findings: Findings): void {
  const leads = new Set(states.filter(leadsOut));
  for (let grown = true; grown; ) {
    grown = false;
    for (const state of states)
      if (!leads.has(state) && state.edges.some(({ to }) => !isEnding(to) && leads.has(to))) {
        leads.add(state);
        grown = true;
      }
  }
  const stuck = states.filter((state) => !leads.has(state) && state.edges.length > 0);
  const [first] = stuck.sort((one, other) => one.script.length - other.script.length);
  if (!first) return;
  const tried = [...new Set(first.edges.flatMap(({ acts }) => acts.slice(0, 1).map(wordsOf)))].join(', ');
  const where =
    stuck.length > 1 ? `${stuck.length} places lead only to each other` : 'everything leads back to the same place';
  const message = `${where}${first.url === undefined ? '' : `, from ${pathOf(first.url)} on`}: tried ${tried}`;
  findings.add({ kind: 'loopWithoutExit', message, ...(first.url !== undefined && { url: first.url }) }, first.script);
}

const leadsOut = ({ arrived, edges }: State) => arrived || edges.some(({ to, chaos }) => !chaos && isEnding(to));

/** From each place where a caller is asked something somebody must be called after so many acts. */
function lookForOperators({ states }: Graph, within: number, findings: Findings): void {
  const acts = new Map<State, number>();
  for (const state of states)
    if (state.edges.some(calls) || /\brings?$/.test(state.waits)) acts.set(state, calledAt(state));
  for (let grown = true; grown; ) {
    grown = false;
    for (const state of states) {
      const best = Math.min(
        ...state.edges.map(
          ({ to }) => 1 + (isEnding(to) ? Number.POSITIVE_INFINITY : (acts.get(to) ?? Number.POSITIVE_INFINITY)),
        ),
      );
      if (best < (acts.get(state) ?? Number.POSITIVE_INFINITY)) {
        acts.set(state, best);
        grown = true;
      }
    }
  }
  for (const state of states.filter(({ waits }) => waits.startsWith('asked')))
    if ((acts.get(state) ?? Number.POSITIVE_INFINITY) > within)
      findings.add(noOperator(state, within, acts.get(state)), state.script);
}

const calls = ({ told, chaos }: Edge) => !chaos && told.some((line) => line.startsWith('calls '));
const calledAt = ({ waits }: State) => (/\brings?$/.test(waits) ? 0 : 1);

function noOperator({ url, waits, id }: State, within: number, least: number | undefined) {
  const where = url === undefined ? waits : pathOf(url);
  const found = least === undefined ? 'nobody is ever called' : `it takes ${least}`;
  return {
    kind: 'noOperator' as const,
    message: `${where}: nobody is called within ${within} ${within === 1 ? 'act' : 'acts'}, ${found}`,
    same: `${id}`,
    ...(url !== undefined && { url }),
  };
}
