import type { ExploreAct, ExploreScript, Failing } from './acts.ts';
import type { Choice } from './choices.ts';
import { Findings } from './finding.ts';
import { type Edge, type Graph, isEnding, type Place, type State } from './graph.ts';
import type { ExploreOptions } from './options.ts';
import { Outcomes } from './outcomes.ts';
import { pathOf } from './path-of.ts';
import { type Played, type PlayOptions, play } from './play.ts';
import { Reached } from './reached.ts';
import { Sameness } from './sameness.ts';

/** A call that is still to be made: what is tried in a place. */
interface Job {
  from?: State;
  acts: readonly ExploreAct[];
  choice?: Choice;
  /** The same once more, until it leads somewhere else. */
  insists?: true;
}

/** So often is tried again what has led nowhere: many applications count to three, and few further. */
const insistence = 5;
const anHour = 3_600_000;
const failings: readonly Failing[] = ['timeout', 'status 500', 'refused'];

/** Makes calls, each from its beginning, until everything that can happen has happened. */
export class Explorer {
  readonly graph: Graph = { begin: undefined, states: [], complete: true };
  readonly findings = new Findings();
  readonly outcomes = new Outcomes();
  readonly sameness = new Sameness();
  readonly reached = new Reached(this.sameness);
  calls = 0;
  readonly #options: ExploreOptions;
  readonly #byKey = new Map<string, State>();
  readonly #jobs: Job[] = [{ acts: [] }];
  /** What happens when requests fail is tried when everything else has been. */
  readonly #later: Job[] = [];
  readonly #failed = new Set<string>();
  readonly #visit: (played: Played) => Promise<void> | void;

  /** @param visit gets each call when it has been made */
  constructor(options: ExploreOptions, visit: (played: Played) => Promise<void> | void = () => {}) {
    this.#options = options;
    this.#visit = visit;
  }

  async run(): Promise<void> {
    const { maxCalls = 1_000, onProgress } = this.#options;
    if (maxCalls > 2) await this.#learn();
    // Taking jobs from the beginning of a long list would cost more than leaving them there.
    for (let at = 0; at < this.#jobs.length; at++) {
      if (this.calls >= maxCalls) {
        this.graph.complete = false;
        break;
      }
      await this.#do(this.#jobs[at]!);
      if (at === this.#jobs.length - 1) this.#jobs.push(...this.#later.splice(0));
      const left = this.#jobs.length - at - 1 + this.#later.length;
      onProgress?.({ calls: this.calls, states: this.graph.states.length, findings: this.findings.count, left });
    }
  }

  get #settings(): PlayOptions {
    return { ...this.#options, sameness: this.sameness };
  }

  /** A call made twice shows what differs from call to call. */
  async #learn(): Promise<void> {
    const { seed = 1 } = this.#options;
    const one = await this.#play({ ...this.#settings, seed }, []);
    const other = await this.#play({ ...this.#settings, seed: seed + 1 }, []);
    const text = ({ documents }: Played) => documents.map(({ source }) => source).join('\n');
    this.sameness.learn(text(one), text(other));
  }

  #play(settings: PlayOptions, script: ExploreScript): Promise<Played> {
    this.calls++;
    return play(settings, script);
  }

  async #do(job: Job): Promise<void> {
    const { from, acts, insists } = job;
    const script = [...(from?.script ?? []), ...acts];
    const leaving = insists && from ? { leaving: { key: from.key, after: from.script.length } } : {};
    const played = await this.#play({ ...this.#settings, ...leaving }, script);
    const fails = acts.some(({ does }) => does === 'fail');
    const edge = this.#arrive(job, played);
    if (fails) this.#judgeFailing(edge, played);
    else this.#judge(played, script);
    this.reached.add(played);
    if (!script.some(({ does }) => does === 'fail')) this.#goOn(job, edge, played);
    await this.#visit(played);
  }

  #judge(played: Played, script: ExploreScript): void {
    for (const sign of played.signs) this.findings.add(sign, played.script);
    const hungUp: ExploreScript = isEnding(played.to) ? script : [...script, { does: 'hangUp', who: 'caller' }];
    for (const sign of played.afterwards) this.findings.add(sign, hungUp);
  }

  /** A request was made to fail: does the call live on? */
  #judgeFailing({ to }: Edge, { script, requestsBefore, requests }: Played): void {
    const act = script.find(({ does }) => does === 'fail');
    if (act?.does !== 'fail' || !isEnding(to) || !to.failed) return;
    const asked = requests[act.request - requestsBefore - 1];
    const what = asked ? `${asked.method} ${pathOf(asked.url)}` : `request ${act.request}`;
    const message = `${what}: nothing stands in for it when it fails, the call ${to.ended}`;
    this.findings.add({ kind: 'noFallback', message, same: what, ...(asked && { url: asked.url }) }, script);
  }

  /** Adds what a call has come to. */
  #arrive({ from, acts, choice, insists }: Job, played: Played): Edge {
    const { to, heard, told, atMs, script } = played;
    const place = isEnding(to) ? to : this.#stateFor(to, script);
    const leads = isEnding(place) ? place.ended : `${place.id}`;
    const edge: Edge = {
      acts: insists && from ? script.slice(from.script.length) : acts,
      ...(choice?.announced !== undefined && { announced: choice.announced }),
      to: place,
      heard,
      told,
      atMs,
      looks: [leads, ...heard].join('\n'),
      chaos: script.some(({ does }) => does === 'fail'),
    };
    if (!from) this.graph.begin ??= edge;
    else if (!insists || place !== from) from.edges.push(edge);
    if (!edge.chaos) for (const what of played.outcomes) this.outcomes.add(what, atMs);
    return edge;
  }

  #stateFor(place: Place, script: ExploreScript): State {
    const known = this.#byKey.get(place.key);
    if (known) return known;
    const state: State = { ...place, id: this.graph.states.length + 1, script, edges: [] };
    this.#byKey.set(place.key, state);
    this.graph.states.push(state);
    if (script.length >= (this.#options.maxDepth ?? 20)) this.graph.complete &&= place.choices.length === 0;
    else for (const choice of place.choices) this.#jobs.push({ from: state, acts: [choice.act], choice });
    return state;
  }

  /** What else a call makes worth trying: the same again, and that its requests fail. */
  #goOn({ from, acts, choice, insists }: Job, { to }: Edge, played: Played): void {
    const [act] = acts;
    const isLong = from !== undefined && played.atMs > anHour;
    if (from && to === from && act && !insists && !isLong && worthRepeating(act, choice))
      this.#jobs.push({ from, acts: Array.from({ length: insistence }, () => act), insists: true });
    if (!this.#options.chaos || insists) return;
    played.requests.forEach(({ method, url }, index) => {
      const what = `${method} ${this.sameness.plain(url)}`;
      if (this.#failed.has(what)) return;
      this.#failed.add(what);
      const request = played.requestsBefore + index + 1;
      for (const how of failings)
        this.#later.push({ ...(from && { from }), acts: [{ does: 'fail', request, how }, ...acts] });
    });
  }
}

/** What an application is likely to count: silence, and keys that it does not know. */
const worthRepeating = (act: ExploreAct, choice: Choice | undefined): boolean =>
  act.does === 'wait' || (choice?.announced === false && act.does === 'press' && /^\d/.test(act.keys));
