import { seconds } from '../replay/scene.ts';
import { exchangeId, markId, shortened } from './exchange-html.ts';
import { type Html, html } from './html.ts';
import type { Lane, LaneSpan, Row, Timeline } from './timeline.ts';

export const rowId = (flow: string, row: number) => `${flow}r${row + 1}`;

/** Each row has three tracks: the time that has passed since the one before, its line, and what begins with it. */
export const trackOf = (row: number) => 3 * row + 3;

/** Tells rows one after the other: what has not changed since the one before is not said again. */
export class Rows {
  readonly #timeline: Timeline;
  readonly #flow: string;
  readonly #states: ReadonlyMap<number, readonly LaneSpan[]>;
  #at: number | undefined;
  #place: string | undefined;

  constructor(timeline: Timeline, flow: string) {
    this.#timeline = timeline;
    this.#flow = flow;
    this.#states = Map.groupBy(timeline.spans, ({ fromRow }) => fromRow);
  }

  row(row: Row, index: number): Html {
    const id = rowId(this.#flow, index);
    const { lane, told, mark } = row;
    const kind = typeof lane === 'number' ? 'party' : lane;
    const where = typeof lane === 'number' ? `;--lane:${lane}` : '';
    const passed = told ? told.at - (this.#at ?? told.at) : 0;
    const same = told?.at === this.#at;
    this.#at = told?.at ?? this.#at;
    return html`<div role="listitem" class="row ${kind}${row.step === '+' && ' new'}" id="${id}" style="--row:${trackOf(index)}${where}"${mark && html` data-at="${markId(this.#flow, ...mark)}"`}><a class="time${same && ' same'}" href="#${id}">${told ? seconds(told.at) : '−'}</a><div class="event">${signOf(row)}${this.#line(row)}</div>${this.#begins(row, index)}${passed > 0 && html`<span class="gap" style="--height:${heightOf(passed)}px"></span>`}</div>
`;
  }

  #line({ told, text, ...row }: Row): Html {
    if (!told) return html`${shortened(text.trim().replace(/ {2,}/g, ' '), 1_000)}`;
    const link = this.#link({ told, text, ...row });
    const own = typeof row.lane === 'number' || told.who === 'engine' || told.who === 'handler' ? ' own' : '';
    return html`<b class="who${own}">${told.who} </b>${shortened(told.what, 1_000)}${link && html` ${link}`}`;
  }

  /** Where to read more: the exchange that a line tells of, or the element that was being carried out. */
  #link({ exchange, mark }: Row): Html | undefined {
    const { exchanges } = this.#timeline;
    const [href, words] =
      exchange !== undefined
        ? [exchangeId(this.#flow, exchange), exchanges[exchange]!.source === undefined ? 'request' : 'document']
        : mark
          ? [markId(this.#flow, ...mark), elementText(exchanges[mark[0]]!.marks[mark[1]]!)]
          : [];
    if (href === undefined || href === this.#place) return undefined;
    this.#place = href;
    return html`<a class="more-of-it" href="#${href}">${words}</a>`;
  }

  /** What somebody does from now on, unless the line says just that. */
  #begins({ told }: Row, index: number): Html | undefined {
    const { lanes } = this.#timeline;
    const states = (this.#states.get(index) ?? []).filter(({ label }) => label !== told?.what);
    return states.length === 0
      ? undefined
      : html`<div class="states">${states.map((span) => stateHtml(span, lanes[span.lane]!))}</div>`;
  }
}

const stateHtml = ({ lane, doing, label }: LaneSpan, { name }: Lane) =>
  html`<span class="state ${doing}" style="--lane:${lane}"><b>${name} </b>${shortened(label, 300)}</span>`;

const signOf = ({ step }: Row) =>
  step === '+'
    ? html`<b class="sign">+<span class="unseen"> now</span></b> `
    : step === '-' && html`<b class="sign">−<span class="unseen"> expected</span></b> `;

const elementText = ({ element, line }: { element: string; line: number }) => `<${element}> ${line}`;

/** Longer waits are longer here, but not as much. */
const heightOf = (ms: number) => Math.round(4 + 6 * Math.log10(1 + ms / 100));
