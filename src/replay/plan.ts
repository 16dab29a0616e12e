import type { Dialect } from '../dialects/dialect.ts';
import { dialects } from '../dialects/index.ts';
import { ReadDocuments } from '../handler/read-documents.ts';
import type { CallOptions } from '../records/call.ts';
import { held, muted, talking } from '../telephony/bridge.ts';
import type { Phone } from '../telephony/simulated/script.ts';
import type { Program } from '../verbs/verb.ts';
import { type AnswerMap, answerMap, type ReadFile, toReply } from './answers.ts';
import { type CheckoutDoing, checkoutDoing } from './checkout-acts.ts';
import type { Flow, FlowAct, FlowStream, TimedCall } from './flow.ts';
import { notValid } from './flow-shape.ts';
import { optionsOfNumber, type PlannedCall, planCall } from './planned-call.ts';
import { changeOf } from './planned-options.ts';
import { type RoomAct, roomActOf } from './room-acts.ts';
import type { Path } from './shape.ts';

/** A flow made ready to be run, as often as one likes. */
export interface Plan {
  dialect: string;
  /** What has been read before: a flow that is run often answers with the same bytes every time. */
  known: ReadDocuments;
  seed: number;
  limitMs: number;
  calls: readonly PlannedCall[];
  acts: readonly PlannedAct[];
  phones: Readonly<Record<string, Phone>>;
  streams: Readonly<Record<string, FlowStream | readonly FlowStream[]>>;
  /** What calls to numbers of ours run. */
  numbers: Readonly<Record<string, CallOptions>>;
  /** Undefined: the application runs somewhere and is asked over the network. */
  answers: AnswerMap | undefined;
  read: ReadFile;
}

export interface PlannedAct {
  atMs: number;
  /** Which call, counted from 0. */
  call: number;
  act: RoomAct | CheckoutDoing | { type: 'join'; with: number };
  path: Path;
}

/** Where an application lives that is only scripted. */
const somewhere = 'https://app.example';

/** Is the application of the flow one that runs, and not one that the flow plays? */
export const isLive = ({ live, handler }: Flow): boolean => live === true || typeof handler === 'string';

/** Reads a flow once: its files, its documents, its URLs. */
export function planOf(flow: Flow, read: ReadFile): Plan {
  const { dialect: name = 'voiceml', handler } = flow;
  const dialect = dialectOf(name);
  const base = typeof handler === 'string' ? handler : somewhere;
  const live = isLive(flow);
  const timed: readonly TimedCall[] = flow.calls ?? [{ ...flow.call, ...(flow.caller && { caller: flow.caller }) }];
  const calls = timed.map((call) => planCall(call, flow, base));
  const absolute = (url: string) => new URL(url, calls[0]?.options.handlerUrls[0]?.url ?? base).href;
  return {
    dialect: name,
    known: new ReadDocuments(),
    seed: flow.seed ?? 1,
    limitMs: (flow.limit ?? 3600) * 1000,
    calls,
    acts: (flow.acts ?? []).map((act, index) => planAct(act, ['acts', index], { dialect, absolute, read })),
    phones: flow.phones ?? {},
    streams: flow.streams ?? {},
    numbers: Object.fromEntries(
      Object.entries(flow.numbers ?? {}).map(([number, runs]) => [number, optionsOfNumber(runs, flow, base)]),
    ),
    answers: live || handler === undefined || typeof handler === 'string' ? undefined : answerMap(handler, read),
    read,
  };
}

function dialectOf(name: string): Dialect {
  const dialect = Object.hasOwn(dialects, name) ? dialects[name] : undefined;
  if (!dialect)
    throw notValid([{ path: ['dialect'], found: `"${name}"`, expected: Object.keys(dialects).join(' or ') }]);
  return dialect;
}

interface Around {
  dialect: Dialect;
  absolute(url: string): string;
  read: ReadFile;
}

function planAct(act: FlowAct, path: Path, around: Around): PlannedAct {
  return { atMs: act.after * 1000, call: (act.call ?? 1) - 1, act: whatIsDone(act, path, around), path };
}

const roles = { talking, muted, held };

function whatIsDone(act: FlowAct, path: Path, around: Around): PlannedAct['act'] {
  if (act.hangUp) return { type: 'act.hangUp' };
  if (act.answer) return { type: 'act.answer' };
  if (act.unbridge) return { type: 'act.unbridge' };
  if (act.role) return { type: 'act.role', role: roles[act.role] };
  if (act.bridge !== undefined) return { type: 'join', with: act.bridge - 1 };
  if (act.redirect !== undefined)
    return { type: 'act.redirect', urls: [{ url: around.absolute(act.redirect), method: 'POST' }] };
  if (act.record) return { type: 'recordCall', what: act.record };
  if (act.checkout !== undefined) return checkoutDoing(act.checkout, around.absolute);
  if (act.change) return { type: 'act.change', change: changeOf(act.change, around.absolute('')) };
  const inRoom = roomActOf(act, around.absolute);
  if (inRoom) return inRoom;
  return { type: 'act.replace', program: programOf(act.document ?? '', [...path, 'document'], around) };
}

function programOf(document: string, path: Path, { dialect, absolute, read }: Around): Program {
  const { body } = toReply(document, path, read);
  const { program, problems } = dialect.parse({ body, url: absolute(''), contentType: 'text/xml' });
  if (program) return program;
  const [first] = problems;
  throw notValid([
    {
      path,
      found: `line ${first?.line}, column ${first?.column}: ${first?.message}`,
      expected: 'a document that can be executed',
    },
  ]);
}
