/** `npm run bench`: takes the figures that callflow has budgets for, one after the other, and says which are met. */
import { parseArgs } from 'node:util';
import { type Effort, type Figure, type Row, reaches, rounded } from './figure.ts';
import { figures } from './figures/index.ts';
import { machine } from './machine.ts';
import { heading, tableLine } from './table.ts';

const usage = `usage: npm run bench -- [--only NAME] [--quick] [--json]

  --only NAME  one figure: ${figures.map(({ name }) => `"${name}"`).join(', ')}
  --quick      fewer rounds: shows that everything works, the numbers mean little
  --json       prints { machine, rows } and nothing else
`;

async function take(figure: Figure, effort: Effort): Promise<Row> {
  const { value, raw } = await figure.measure(effort);
  const { name, unit, budget } = figure;
  return { figure: name, value: rounded(value), unit, budget, met: reaches(value, figure, budget), raw };
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { only, json, help, ...effort } = values;
  if (help) return say(usage, 0);
  const chosen = only === undefined ? figures : figures.filter(({ name }) => name === only);
  if (chosen.length === 0) return say(`there is no figure "${only}"\n\n${usage}`, 2);
  const where = machine();
  const { cpu, cores, memoryGB, node, load } = where;
  if (!json) console.log(`${cpu}, ${cores} cores, ${memoryGB} GB, Node ${node}, load ${load}\n\n${heading()}`);
  const rows: Row[] = [];
  for (const figure of chosen) {
    const row = await take(figure, effort);
    rows.push(row);
    if (!json) console.log(tableLine(figure, row));
  }
  if (json) console.log(JSON.stringify({ machine: where, rows }, undefined, 2));
  return rows.every(({ met }) => met) || effort.quick ? 0 : 1;
}

function say(text: string, code: number): number {
  (code === 0 ? process.stdout : process.stderr).write(text);
  return code;
}

process.exitCode = await main().catch((error: unknown) =>
  say(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, 2),
);
