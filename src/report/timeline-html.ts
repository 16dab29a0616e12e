import { seconds } from '../replay/scene.ts';
import { shortened } from './exchange-html.ts';
import { type Html, html } from './html.ts';
import type { Doing } from './lives.ts';
import { Rows, trackOf } from './row-html.ts';
import type { Lane, LaneSpan, Timeline } from './timeline.ts';

/** Columns for parties are wide enough to read up to this many; more of them are narrow, as on a phone. */
const wideLanes = 3;

/** A timeline: a column a party, the engine and the application, time going down. */
export function timelineHtml(timeline: Timeline, flow: string): Html {
  const { lanes, rows, spans, more } = timeline;
  const telling = new Rows(timeline, flow);
  return html`${partiesHtml(lanes)}${legendHtml(spans)}
<div class="timeline${lanes.length > wideLanes && ' narrow'}" style="--lanes:${Math.max(1, lanes.length)}" tabindex="0" role="region" aria-label="Timeline">
<div class="heads" aria-hidden="true">${lanes.map(laneHead)}<span class="head engine">engine</span><span class="head application">application</span></div>
<div class="spans" aria-hidden="true">${spans.map(spanHtml)}</div>
<div role="list" class="rows">
${rows.map((row, index) => telling.row(row, index))}</div>
</div>
${more > 0 && html`<p class="more">… and ${more} more lines</p>`}`;
}

const laneHead = ({ name }: Lane, lane: number) =>
  html`<span class="head party" style="--lane:${lane}" title="${name}"><i>${lane + 1}</i> <span>${shortened(name, 60)}</span></span>`;

const spanHtml = ({ lane, fromRow, toRow, doing, label }: LaneSpan) =>
  html`<span class="span ${doing}" style="--lane:${lane};grid-row:${trackOf(fromRow)}/${trackOf(toRow)}" title="${shortened(label, 200)}"></span>`;

/** Who they were, and how their calls ended. */
const partiesHtml = (lanes: readonly Lane[]) =>
  html`<ol class="parties" aria-label="Parties">${lanes.map(
    ({ name, record }) =>
      html`<li><b>${shortened(name, 80)}</b> ${stateText(record.state)}${record.endTime !== undefined && ` after ${seconds(record.endTime - record.createTime)}`}</li>`,
  )}</ol>`;

/** `notAnswered` as people write it. */
const stateText = (state: string) => state.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const meanings: Readonly<Record<Doing, string>> = {
  called: 'is called',
  rings: 'rings',
  waits: 'waits for an answer',
  onTheLine: 'is on the line',
  hears: 'hears what is played',
  talks: 'talks with somebody',
  listens: 'listens only',
  held: 'is held',
  queued: 'waits in a queue',
};

/** What the colours mean that this timeline has. */
function legendHtml(spans: readonly LaneSpan[]): Html {
  const used = Object.entries(meanings).filter(([doing]) => spans.some((span) => span.doing === doing));
  return html`<ul class="legend" aria-label="Colours">${used.map(([doing, meaning]) => html`<li><span class="state ${doing}">${meaning}</span></li>`)}</ul>`;
}
