import type { Exploration } from './explore.ts';
import type { Finding } from './finding.ts';
import { isEnding, type State } from './graph.ts';
import { type Group, groupsOf, leadsTo, shortened } from './groups.ts';

/** How a text is made to stand out. */
export type Paint = (what: 'plain' | 'dim' | 'good' | 'bad' | 'strong', text: string) => string;

const plain: Paint = (_, text) => text;

/** An exploration for people to read on a terminal: each place once, in the order of the shortest way there. */
export function toTree(
  { graph, findings, outcomes, calls, complete, differences }: Exploration,
  paint: Paint = plain,
): string {
  const { begin, states } = graph;
  const shown = new Set<State>();
  const first = begin && !isEnding(begin.to) ? branches(begin.to, '', shown, paint) : [];
  const lines = [
    paint('strong', begin ? `call${onTheWay(begin)} → ${leadsTo(begin.to)}` : 'no call was made'),
    ...first,
    '',
    ...outcomes.map(({ what, ways, typicalMs, longestMs }) =>
      [
        what.padEnd(32),
        count(ways, 'way').padStart(8),
        `typically ${seconds(typicalMs)}`,
        `at most ${seconds(longestMs)}`,
      ].join('  '),
    ),
    ...(outcomes.length > 0 ? [''] : []),
    ...findings.flatMap((finding) => shownFinding(finding, paint)),
    ...differences.flatMap(({ steps, difference }) => [
      paint('bad', `differs   ${steps}`),
      ...difference.split('\n').map((line) => `    ${line}`),
    ]),
    summary({ calls, complete, states: states.length, findings: findings.length, differences: differences.length }),
  ];
  return `${lines.join('\n')}\n`;
}

function branches(state: State, indent: string, shown: Set<State>, paint: Paint): string[] {
  shown.add(state);
  const groups = groupsOf(state);
  return groups.flatMap((group, index) => {
    const isLast = index === groups.length - 1;
    const { to } = group;
    const line = `${paint('dim', `${indent}${isLast ? '└─' : '├─'} `)}${told(group, paint)}`;
    if (isEnding(to) || shown.has(to) || to.script.length <= state.script.length) return [line];
    return [line, ...branches(to, `${indent}${isLast ? '   ' : '│  '}`, shown, paint)];
  });
}

function told(group: Group, paint: Paint): string {
  const { to, words } = group;
  const leads = isEnding(to) && to.failed ? paint('bad', leadsTo(to)) : leadsTo(to);
  return `${paint('strong', words)}${onTheWay(group)} → ${leads}`;
}

function onTheWay({ told: lines, heard }: Pick<Group, 'told' | 'heard'>): string {
  const said = heard.length > 0 ? [`"${shortened(heard.join(' '), 90)}"`] : [];
  const all = [...lines.slice(0, 4), ...said];
  return all.length > 0 ? `: ${all.join(', ')}` : '';
}

function shownFinding({ kind, message, steps }: Finding, paint: Paint): string[] {
  return [`${paint('bad', kind)}  ${message}`, paint('dim', `    to see it: ${steps}`)];
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;

interface Counts {
  calls: number;
  complete: boolean;
  states: number;
  findings: number;
  differences: number;
}

function summary({ calls, complete, states, findings, differences }: Counts): string {
  const parts = [count(calls, 'call'), count(states, 'place'), count(findings, 'finding')];
  if (differences > 0) parts.push(count(differences, 'difference'));
  return `${parts.join(', ')}${complete ? '' : '; not everything was tried: a limit ended it'}`;
}
