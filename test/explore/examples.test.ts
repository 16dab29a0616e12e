import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createApp as findMe } from '../../examples/find-me/app.ts';
import { createApp as menu } from '../../examples/menu/app.ts';
import { createApp as overflow } from '../../examples/overflow/app.ts';
import { createApp as survey } from '../../examples/survey/app.ts';
import { createApp as voicemail } from '../../examples/voicemail/app.ts';
import { explore } from '../../src/explore/explore.ts';
import { findingKinds } from '../../src/explore/finding.ts';
import { isEnding } from '../../src/explore/graph.ts';
import { toMermaid } from '../../src/explore/mermaid.ts';
import { toReport } from '../../src/explore/report.ts';
import { toSvg } from '../../src/explore/svg.ts';
import { toTree } from '../../src/explore/tree.ts';

/** Every branch of every handler of an example, by what a caller hears or comes to. */
const examples = [
  {
    name: 'menu',
    application: menu(),
    options: { url: '/', expectUrls: ['/', '/choice', '/called'] },
    branches: [
      'Welcome to Corner Books. For our opening hours, press 1. To talk to us, press 2.',
      'We are open from nine to five, every day but Sunday.',
      'One moment please.',
      'Sorry, that is not on the menu.',
      'Nobody can take your call right now. Please try again later.',
      'Goodbye.',
    ],
    outcomes: ['talks to +61491570156', 'the application hangs up'],
  },
  {
    name: 'survey',
    application: survey(),
    options: { url: '/', expectUrls: ['/', '/answer'] },
    branches: [
      'How was the service? Press 1 for poor, up to 5 for excellent.',
      'Sorry? How was the service? Press 1 for poor, up to 5 for excellent.',
      'How was the price? Press 1 for poor, up to 5 for excellent.',
      'Would you come again? Press 1 for poor, up to 5 for excellent.',
      'Thank you. You gave us 3 of 15 points.',
      'Thank you. You gave us 7 of 15 points.',
    ],
    outcomes: ['the application hangs up'],
  },
  {
    name: 'voicemail',
    application: voicemail(),
    options: { url: '/', expectUrls: ['/', '/rang', '/recorded', '/ready'] },
    branches: [
      'Nobody is at the desk. Please leave a message after the tone, then press hash.',
      'Thank you. We will call you back.',
      'We did not hear anything. Goodbye.',
    ],
    outcomes: ['leaves a message', 'talks to +61491570156', 'the application hangs up'],
  },
  {
    name: 'overflow',
    application: overflow(),
    options: { urls: ['/', '/overflow'], expectUrls: ['/', '/overflow', '/call-back'] },
    branches: [
      'All our lines are busy. Press 1 and we will call you back.',
      'We will call you within the hour. Goodbye.',
      'Please try again later. Goodbye.',
    ],
    outcomes: ['the application hangs up'],
  },
  {
    name: 'overflow with an agent',
    application: overflow({ agents: 1 }),
    options: { url: '/', expectUrls: ['/'] },
    branches: [],
    outcomes: ['is never answered', 'is refused (rejected)', 'talks to +61491570156', 'the application hangs up'],
  },
  {
    name: 'find-me',
    application: findMe(),
    options: { url: '/', expectUrls: ['/', '/found'] },
    branches: ['Please hold while we find someone.', 'Nobody could take your call. Goodbye.'],
    outcomes: ['talks to +61491570156', 'talks to +61491570157', 'talks to +61491570158', 'the application hangs up'],
  },
] as const;

test.for(examples.map((example) => [example.name, example] as const))(
  'exploring %s comes to every branch, and finds nothing wrong',
  async ([, { application, options, branches, outcomes }]) => {
    const { graph, complete, findings, ...exploration } = await explore({ application, ...options });
    const edges = graph.states.flatMap((state) => state.edges);
    const heard = new Set([graph.begin!, ...edges].flatMap((edge) => edge.heard));
    expect({ complete, findings }).toEqual({ complete: true, findings: [] });
    expect(branches.filter((branch) => !heard.has(branch))).toEqual([]);
    expect(exploration.outcomes.map(({ what }) => what).sort()).toEqual(outcomes);
    expect(edges.filter(({ to }) => isEnding(to) && to.failed)).toEqual([]);
  },
);

test('the tree, the flowchart, the picture and the JSON of an example', async () => {
  const exploration = await explore({ application: menu(), url: '/' });
  await expect(toTree(exploration)).toMatchFileSnapshot('menu.tree.txt');
  await expect(toMermaid(exploration.graph)).toMatchFileSnapshot('menu.mermaid.txt');
  await expect(toSvg(exploration.graph)).toMatchFileSnapshot('menu.svg');
  const report = JSON.stringify(toReport(exploration), undefined, 2);
  await expect(`${report}\n`).toMatchFileSnapshot('menu.json');
});

test('with requests that fail, those are told that nothing stands in for', async () => {
  const { findings } = await explore({ application: overflow(), urls: ['/', '/overflow'], chaos: true });
  expect(findings.map(({ kind, message, steps }) => `${kind} ${message} (${steps})`)).toMatchInlineSnapshot(`
    [
      "noFallback POST /overflow: nothing stands in for it when it fails, the call fails: HANDLER_UNAVAILABLE (request 2 is not answered in time)",
      "noFallback POST /call-back: nothing stands in for it when it fails, the call fails: HANDLER_UNAVAILABLE (request 3 is not answered in time, press 1)",
    ]
  `);
});

test('docs/explore.md shows a real tree, and a row for each finding', () => {
  const page = readFileSync('docs/explore.md', 'utf8');
  expect(page).toContain(`\`\`\`\n${readFileSync('test/explore/menu.tree.txt', 'utf8')}\`\`\`\n`);
  const rows = [...page.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, kind, about]) => [kind, about]);
  expect(rows).toEqual(Object.entries(findingKinds));
});
