import { hash } from 'node:crypto';
import { behaviour } from './behaviour.ts';
import { explorationHtml, findingsText } from './exploration-html.ts';
import { flowHtml } from './flow-html.ts';
import { type Explored, type FlowResult, isGood, type ReportOptions } from './flow-result.ts';
import { Html, html } from './html.ts';
import { style } from './style.ts';

/**
 * A page that shows how flows went, in one file that needs nothing else: what happened in each as a timeline, what
 * differs from its transcript, requests and documents. Nothing in it runs but its own script.
 */
export function toHtml(results: readonly FlowResult[], { title = 'Calls', exploration }: ReportOptions = {}): string {
  const idOf = (index: number) => `f${index + 1}`;
  const bad = results.filter((result) => !isGood(result)).length;
  const opened = results.length === 1 ? 0 : results.findIndex((result) => !isGood(result));
  const flows = results.map((result, index) => flowHtml(result, idOf(index), index === opened));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}${bad > 0 && `: ${bad} not as recorded`}</title>
<style>${new Html(style)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${summary(results.length, bad, exploration)}</p>
</header>
<main>
${exploration && explorationHtml(exploration)}
${results.length > 1 && filters(results.length, bad)}
${flows}
<p id="none" hidden>No flow is like that.</p>
</main>
<script>${new Html(behaviour)}</script>
</body>
</html>
`.text;
}

function summary(all: number, bad: number, exploration: Explored | undefined): string {
  const flows = `${all} ${all === 1 ? 'flow' : 'flows'}, ${bad === 0 ? 'all as recorded' : `${bad} not as recorded`}`;
  if (!exploration) return flows;
  const found = findingsText(exploration.findings.length);
  return all === 0 ? found : `${found}; ${flows}`;
}

const filters = (all: number, bad: number) => html`<form class="filters" role="search">
<fieldset><legend>Show</legend>
<label><input type="radio" name="show" id="show-all" checked> all ${all}</label>
<label><input type="radio" name="show" id="show-bad"> not as recorded ${bad}</label>
<label><input type="radio" name="show" id="show-good"> ok ${all - bad}</label>
</fieldset>
<label class="search">Name <input type="search" id="search" autocomplete="off"></label>
</form>`;

/** The page may load nothing and run only its own script: should a text ever get out of its place, it stays a text. */
const policy = [
  "default-src 'none'",
  'img-src data:',
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${hash('sha256', behaviour, 'base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
