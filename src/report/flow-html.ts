import { stripVTControlCharacters } from 'node:util';
import type { JournalEntry } from '../journal/journal.ts';
import { seconds } from '../replay/scene.ts';
import { exchangesHtml, shortened } from './exchange-html.ts';
import { type FlowResult, isGood, reasonOf } from './flow-result.ts';
import { type Html, html, nothing } from './html.ts';
import { rowId } from './row-html.ts';
import { type Timeline, timelineOf } from './timeline.ts';
import { timelineHtml } from './timeline-html.ts';

/** One flow of the list: its verdict, and behind it everything that happened. */
export function flowHtml(result: FlowResult, id: string, open: boolean): Html {
  const { flow, verdict, replay, tookMs, compared } = result;
  const good = isGood(result);
  const shown = good || (compared && replay);
  return html`<details class="flow ${good ? 'good' : 'bad'}" id="${id}" data-name="${flow}"${open && html` open`}>
<summary><b class="verdict ${verdict}">${verdict}</b> <span class="name">${flow}</span> <small>${replay?.ms !== undefined && seconds(replay.ms)}${tookMs !== undefined && ` in ${tookMs.toFixed(1)} ms`}</small></summary>
${shown ? nothing : html`<p class="reason">${shortened(reasonOf(result), 4_000)}</p>`}
${differenceHtml(result)}
${replay && timelineOfCall(replay.journal, id, result.compared)}
</details>
`;
}

/** Where the timeline cannot show it, what differs stands above. */
function differenceHtml({ difference = '', compared, replay }: FlowResult): Html {
  if (difference === '' || (compared && replay)) return nothing;
  const lines = shortened(stripVTControlCharacters(difference), 40_000)
    .split('\n')
    .map(
      (line) =>
        html`<span class="${line.startsWith('+') ? 'new' : line.startsWith('-') ? 'gone' : ''}">${line}</span>\n`,
    );
  return html`<pre class="difference" tabindex="0">${lines}</pre>`;
}

/** Everything that happened in a call, with what differs from another transcript. */
export function timelineOfCall(journal: readonly JournalEntry[], id: string, compared?: FlowResult['compared']): Html {
  const timeline = timelineOf(journal, compared);
  const rowOf = (index: number) => {
    const row = timeline.rows.findIndex(({ told }) => told !== undefined && told.index >= index);
    return rowId(id, row < 0 ? timeline.rows.length - 1 : row);
  };
  return html`<div class="what">
<div class="scroll">${changesHtml(timeline, id)}${timelineHtml(timeline, id)}</div>
${timeline.exchanges.length > 0 && exchangesHtml(timeline.exchanges, id, rowOf)}
</div>`;
}

/** Where it differs: the first line of each place. */
function changesHtml({ rows }: Timeline, id: string): Html {
  const places = rows.flatMap(({ step }, row) => (step !== ' ' && (rows[row - 1]?.step ?? ' ') === ' ' ? [row] : []));
  if (places.length === 0) return nothing;
  const links = places.slice(0, 20).map((row) => html` <a href="#${rowId(id, row)}">line ${row + 1}</a>`);
  return html`<p class="reason">Differs at${links}${places.length > 20 && ` and in ${places.length - 20} more places`}</p>`;
}
