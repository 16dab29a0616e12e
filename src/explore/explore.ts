/** Walks an application: every key, every silence, every telephone that is not answered; finds what is wrong. */
import { CallflowError } from '../errors.ts';
import type { JournalEntry } from '../journal/journal.ts';
import type { ExploreScript } from './acts.ts';
import { type Compared, Comparison } from './against.ts';
import { Explorer } from './explorer.ts';
import type { Finding } from './finding.ts';
import type { Graph } from './graph.ts';
import { lookBack } from './hindsight.ts';
import type { ApplicationOptions, ExploreOptions } from './options.ts';
import type { Outcome } from './outcomes.ts';
import { type Played, play } from './play.ts';
import { Sameness } from './sameness.ts';

/** What exploring an application has found. */
export interface Exploration {
  /** How many calls were made. */
  calls: number;
  /** Everything was tried: no limit ended it. */
  complete: boolean;
  graph: Graph;
  findings: readonly Finding[];
  /** What callers come to, and how long it takes. */
  outcomes: readonly Outcome[];
  /** What the other version does differently, when there is one to compare with. */
  differences: readonly Compared[];
}

/** Tries everything that can happen in a call to an application, in virtual time. */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const comparison = options.against && new Comparison(options, options.against);
  const explorer = new Explorer(options, async (played) => {
    checkRunning(played, explorer.calls);
    await comparison?.take(played);
    await options.onPath?.({
      script: played.script,
      journal: played.journal,
      findings: explorer.findings.list.filter(({ script }) => script === played.script),
    });
  });
  await explorer.run();
  const { graph, findings, reached, outcomes, calls } = explorer;
  lookBack(graph, findings, options);
  for (const found of reached.missing(options.expectUrls ?? [])) findings.add(found, []);
  if (graph.complete) for (const { found, script } of reached.untouched) findings.add(found, script);
  return {
    calls,
    complete: graph.complete,
    graph,
    findings: findings.list,
    outcomes: outcomes.list,
    differences: comparison?.differences ?? [],
  };
}

/** What a script led to when it was played once more. */
export interface Retraced {
  transcript: string;
  journal: readonly JournalEntry[];
  /** What the last act and the end of the call showed. */
  signs: Played['signs'];
}

/** Plays one script, such as that of a finding. */
export async function retrace(options: ApplicationOptions, script: ExploreScript): Promise<Retraced> {
  const { transcriptOf } = await import('../replay/transcript.ts');
  const { journal, signs, afterwards } = await play({ ...options, sameness: new Sameness() }, script);
  return { transcript: transcriptOf(journal), journal, signs: [...signs, ...afterwards] };
}

/** An application that does not run is not one that is broken. */
function checkRunning({ journal }: Played, calls: number): void {
  const attempts = journal.flatMap(({ input }) => (input?.type === 'handler.attempted' ? [input.attempt] : []));
  const [first] = attempts;
  if (calls > 3 || !first || attempts.some(({ code }) => code !== 'HANDLER_REFUSED')) return;
  throw new CallflowError('HANDLER_REFUSED', `${first.reason}: start the application first, it is called there`);
}
