/** What an API did in a call that was, as far as a flow can say it. */
import { isDeepStrictEqual } from 'node:util';
import type { ParticipantChange } from '../../journal/act.ts';
import type { Input, JournalEntry } from '../../journal/journal.ts';
import type { ConferenceRecord } from '../../records/conference.ts';
import { held, muted, type Role, talking } from '../../telephony/bridge.ts';
import type { StreamFork } from '../../verbs/fork.ts';
import type { HandlerUrl } from '../../verbs/verb.ts';
import type { FlowAct } from '../flow.ts';
import { forkOf, recordedByApi } from '../room-acts.ts';

type What = Omit<FlowAct, 'after' | 'call'>;

/** What an act does, and to which call; `covered`: an act before it says this too. */
type Said = { what: What; subject: string } | 'covered' | undefined;

type ApiInput = Extract<Input, { type: `act.${string}` | 'conference.act' }>;

export interface SaidActs {
  acts: FlowAct[];
  /** Something was done that a flow cannot say. */
  isMoreDone: boolean;
}

/** In the order in which they were done. */
export function actsIn(entries: readonly JournalEntry[]): SaidActs {
  const begin = entries[0]?.at ?? 0;
  const reading = new Reading(entries);
  const acts: FlowAct[] = [];
  let isMoreDone = false;
  for (const entry of entries) {
    reading.follow(entry);
    const { at, subject, input } = entry;
    if (!input || !isOfApi(input)) continue;
    const said = reading.said(subject, input);
    if (said === 'covered') continue;
    const call = said && reading.numberOf(said.subject);
    if (!said || call === undefined) isMoreDone = true;
    else acts.push({ after: (at - begin) / 1000, ...(call > 1 && { call }), ...said.what });
  }
  return { acts, isMoreDone };
}

const isOfApi = (input: Input): input is ApiInput => input.type.startsWith('act.') || input.type === 'conference.act';

const roles: readonly (readonly [NonNullable<FlowAct['role']>, Role])[] = [
  ['talking', talking],
  ['muted', muted],
  ['held', held],
];

/** What has been until an act, as far as acts speak of it. */
class Reading {
  /** In the order in which they came to be: acts count them. */
  readonly #calls: string[] = [];
  /** The recording that an act has begun last, of each call and conference. */
  readonly #recordings = new Map<string, string>();
  readonly #conferences = new Map<string, ConferenceRecord>();
  /** Who is in each. */
  readonly #inside = new Map<string, Set<string>>();
  /** Who was put into each bridge by an act, and how. */
  readonly #bridges = new Map<string, { call: string; role: Role }[]>();

  constructor(entries: readonly JournalEntry[]) {
    for (const { subject, input } of entries)
      if (input?.type === 'act.bridge') {
        const others = this.#bridges.get(input.bridge) ?? [];
        this.#bridges.set(input.bridge, [...others, { call: subject, role: input.role }]);
      }
  }

  /** Undefined for one that is not in the journal: whom one meets may be of another family. */
  numberOf(call: string): number | undefined {
    const index = this.#calls.indexOf(call);
    return index < 0 ? undefined : index + 1;
  }

  follow({ output }: JournalEntry): void {
    if (output?.type === 'call.created') this.#calls.push(output.record.id);
    if (output?.type !== 'conference.event') return;
    const { event, record, participant } = output;
    this.#conferences.set(record.id, record);
    const inside = this.#inside.get(record.id) ?? new Set();
    this.#inside.set(record.id, inside);
    if (participant && event.type === 'join') inside.add(participant.call);
    if (participant && event.type === 'leave') inside.delete(participant.call);
  }

  said(subject: string, input: ApiInput): Said {
    if (input.type === 'act.bridge') return this.#joined(subject, input.bridge);
    if (input.type === 'conference.act') return this.#met(subject, input.act);
    const what = this.#done(subject, input);
    return what && { what, subject };
  }

  #done(call: string, input: Exclude<ApiInput, { type: 'act.bridge' | 'conference.act' }>): What | undefined {
    switch (input.type) {
      case 'act.hangUp':
        return { hangUp: true };
      case 'act.answer':
        return { answer: true };
      case 'act.unbridge':
        return { unbridge: true };
      case 'act.kick':
        return { kick: true };
      case 'act.redirect': {
        const [first, ...others] = input.urls;
        return first?.method === 'POST' && others.length === 0 ? { redirect: first.url } : undefined;
      }
      case 'act.role': {
        const role = roles.find(([, meant]) => isDeepStrictEqual(meant, input.role))?.[0];
        return role && { role };
      }
      case 'act.change': {
        const { fallback, stateCallback, maxMs } = input.change;
        const change = {
          ...(fallback && { fallbackUrl: fallback.url, fallbackMethod: fallback.method }),
          ...(stateCallback && { statusCallback: stateCallback.url, statusCallbackMethod: stateCallback.method }),
          ...(maxMs !== undefined && { maxSeconds: maxMs / 1000 }),
        } as NonNullable<FlowAct['change']>;
        return { change };
      }
      case 'act.record':
        this.#recordings.set(call, input.recording);
        return isDeepStrictEqual(input.options, recordedByApi) ? { record: 'start' } : undefined;
      case 'act.recording':
        return this.#recordings.get(call) === input.recording ? { record: input.what } : undefined;
      case 'act.participant':
        return this.#changed(input.change);
      default:
        return undefined;
    }
  }

  /** Two calls, which an act joins. */
  #joined(call: string, bridge: string): Said {
    const members = this.#bridges.get(bridge) ?? [];
    const [one, other] = members;
    if (!one || !other || members.length > 2) return undefined;
    if (members.some(({ role }) => !isDeepStrictEqual(role, talking))) return undefined;
    if (call !== one.call) return 'covered';
    const number = this.numberOf(other.call);
    return number === undefined ? undefined : { what: { bridge: number }, subject: call };
  }

  #met(conference: string, act: Extract<ApiInput, { type: 'conference.act' }>['act']): Said {
    const subject = [...(this.#inside.get(conference) ?? [])].find((call) => this.#calls.includes(call));
    if (subject === undefined) return undefined;
    const said = (what: What): Said => ({ what, subject });
    switch (act.type) {
      case 'end':
        return said({ endConference: true });
      case 'announce':
        return said({ announceToAll: asked(act.from) });
      case 'startRecording':
        this.#recordings.set(conference, act.recording);
        return isDeepStrictEqual(act.options, recordedByApi) ? said({ recording: 'start' }) : undefined;
      case 'record':
        return this.#latestOf(conference) === act.recording ? said({ recording: act.what }) : undefined;
      case 'startFork': {
        const stream = streamedByApi(act.fork);
        return stream && said({ stream });
      }
      case 'stopFork':
        return said({ stopStream: act.name });
    }
  }

  #latestOf(conference: string): string | undefined {
    return this.#recordings.get(conference) ?? this.#conferences.get(conference)?.recordings.at(-1);
  }

  /** One thing at a time: two would be two events. */
  #changed({ held: hold, holdFrom, ...change }: ParticipantChange): What | undefined {
    const others = Object.keys(change).length;
    if (hold !== undefined) return others === 0 ? { hold: hold && holdFrom ? asked(holdFrom) : hold } : undefined;
    if (others !== 1 || holdFrom) return undefined;
    const { muted: mute, coach, announce, waitFrom, ends } = change;
    if (mute !== undefined) return { mute };
    if (coach === null) return { coach: false };
    if (coach !== undefined) {
      const call = this.numberOf(coach);
      return call === undefined ? undefined : { coach: call };
    }
    if (announce) return { announce: asked(announce) };
    if (typeof waitFrom === 'object') return { wait: asked(waitFrom) };
    return ends === undefined ? undefined : { ends };
  }
}

/** A stream of which nothing more is said than a flow can. */
function streamedByApi(fork: StreamFork): FlowAct['stream'] {
  const { what, name, callback } = fork;
  const stream = {
    url: what.socket.url,
    ...(name !== undefined && { name }),
    ...(callback && { statusCallback: callback.url }),
  };
  return isDeepStrictEqual(
    fork,
    forkOf(stream, (url) => ({ url, method: 'POST' })),
  )
    ? stream
    : undefined;
}

const asked = ({ url, method }: HandlerUrl): string => (method === 'GET' ? `GET ${url}` : url);
