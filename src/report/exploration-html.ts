import { timelineOfCall } from './flow-html.ts';
import type { Explored, ReportedFinding } from './flow-result.ts';
import { type Html, html } from './html.ts';
import { svgHtml } from './svg.ts';

/** What was found out about an application: its map, and what is wrong, each with the call that shows it. */
export function explorationHtml({ map, findings }: Explored): Html {
  return html`<section class="exploration">
${map !== undefined && html`<h2>The application</h2>\n${svgHtml(map, 'Map of the application')}`}
<h2>${findingsText(findings.length)}</h2>
<ol class="findings">
${findings.map(findingHtml)}</ol>
</section>`;
}

export const findingsText = (count: number): string =>
  count === 0 ? 'Nothing found' : count === 1 ? '1 finding' : `${count} findings`;

function findingHtml({ kind, message, steps, url, line, replay }: ReportedFinding, index: number): Html {
  const id = `finding-${index + 1}`;
  return html`<li class="finding" id="${id}"><b class="verdict broken">${kind}</b> ${message}
${url !== undefined && html`<p class="url">${url}${line !== undefined && ` line ${line}`}</p>`}
${steps !== undefined && html`<p class="steps">${steps}</p>`}
${replay && html`<details><summary>the call</summary>${timelineOfCall(replay.journal, id)}</details>`}</li>
`;
}
