import type { ErrorCode } from '../errors.ts';
import type { Answer } from '../journal/journal.ts';
import type { CallRecord } from '../records/call.ts';
import type { Instruction } from '../verbs/index.ts';
import type { HandlerUrl, Outcome, Program, Result } from '../verbs/verb.ts';
import type { CallEvent } from './call-event.ts';
import { byUs, type Ending, isAnswered } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';
import { nothing } from './program-stack.ts';

/** Goes on with the instruction at `position` of the program at `height`, or of a new one there. */
interface Step {
  to: 'performing' | 'answering';
  height: number;
  position: number;
  load?: Program;
  requester?: string;
}

/**
 * What the call does next, decided from what it is and what has come, before anything is changed. Programs above
 * `height` on the stack are taken off first.
 */
export type Plan =
  | Step
  | { to: 'asking'; height: number; urls: readonly HandlerUrl[]; result: Result }
  | { to: 'ending'; ending: Ending }
  /** The program at `height` is over, and the verb of the one below goes on. */
  | { to: 'resuming'; height: number; finished: boolean; leaves?: true; code?: ErrorCode }
  /** Nothing is left to do, and the call stays; with an end to its patience when it is `idling`. */
  | { to: 'waiting' | 'idling'; finished: boolean; code?: ErrorCode }
  | { to: 'staying' };

const staying: Plan = { to: 'staying' };

/** What follows from an event. Asked several times for the same one, it thinks once. */
export function planFor(call: LiveCall, event: CallEvent): Plan {
  if (call.planned?.event !== event) call.planned = { event, plan: think(call, event) };
  return call.planned.plan;
}

function think(call: LiveCall, event: CallEvent): Plan {
  switch (event.type) {
    case 'verb.over':
      return planDone(call, event.name, event.outcome);
    case 'handler.answered':
      return planAnswer(call, event.answer);
    case 'leg.answered':
      return planAnswered(call);
    case 'run':
      return planRun(call, event.program, event.requester);
    case 'stopProgram':
      return planStop(call, event.requester);
    case 'act.replace':
      return planStart(call, 0, event.program);
    case 'act.redirect':
      return planRequest(call, 0, event.urls, nothing);
    case 'act.stop':
      return planWithout(call, event.activity);
    case 'parted':
      return planWithout(call);
    case 'takenOver':
      return { to: 'waiting', finished: false };
    default:
      return planFirst(call);
  }
}

function planDone(call: LiveCall, name: string, outcome: Outcome): Plan {
  const height = call.programs.stack.findIndex((frame) => frame.performance?.name === name);
  if (height >= 0) return planAfter(call, height, outcome);
  const activity = [...call.programs.activities.values()].find((performance) => performance.name === name);
  return activity?.activity === undefined ? staying : planWithout(call, activity.activity);
}

/** What follows when the verb of the program at `height` has ended so. */
function planAfter(call: LiveCall, height: number, outcome: Outcome): Plan {
  const next = call.programs.stack[height]!.position + 1;
  switch (outcome.type) {
    case 'continue':
    case 'failed':
      return planAt(call, height, next);
    case 'request':
      return outcome.reply === 'ignore'
        ? planAt(call, height, next)
        : planRequest(call, height, outcome.urls, outcome.result);
    case 'program':
      return planStart(call, height, outcome.program, call.programs.stack[height]!.requester);
    case 'hangUp':
      return { to: 'ending', ending: byUs('canceled') };
    case 'reject': {
      const { cause, message, code } = outcome;
      if (code !== undefined)
        return {
          to: 'ending',
          ending: byUs('failed', { cause, errorCode: code, ...(message !== undefined && { errorMessage: message }) }),
        };
      const blamed = message === undefined ? {} : ({ errorCode: 'USER', errorMessage: message } as const);
      return { to: 'ending', ending: byUs('rejected', { cause, ...blamed }) };
    }
    case 'leave':
      return height > 0 ? { to: 'resuming', height, finished: false, leaves: true } : planAt(call, height, next);
    default:
      return outcome satisfies never;
  }
}

/** The program at `height` goes on at `position`, or is over. */
function planAt(call: LiveCall, height: number, position: number): Plan {
  const frame = call.programs.stack[height]!;
  const instruction = frame.program.instructions[position];
  if (instruction) return planStep(call, instruction, { height, position });
  return planOver(call, height, frame.requester);
}

/** A program begins at `height`. */
function planStart(call: LiveCall, height: number, load: Program, requester?: string): Plan {
  const first = load.instructions[0];
  const begins = { height, position: 0, load, ...(requester !== undefined && { requester }) };
  if (first) return planStep(call, first, begins);
  return planOver(call, height, requester);
}

function planStep(call: LiveCall, { answers }: Instruction, at: Omit<Step, 'to'>): Plan {
  if (call.programs.allowed) return { to: mustAnswer(call, answers) ? 'answering' : 'performing', ...at };
  const { steps } = call.limits;
  const reason = `more than ${steps} instructions, and a hundred more for each second: does a wait program take no time?`;
  return planFailure('CALL_STEPS_LIMIT', reason);
}

function planOver(call: LiveCall, height: number, requester: string | undefined, code?: ErrorCode): Plan {
  const over = { finished: code === undefined, ...(code && { code }) };
  if (height > 0) return { to: 'resuming', height, ...over };
  return requester === undefined ? planIdle(call, 'hangUp') : { to: 'waiting', ...over };
}

/** Whoever had a program run here takes it off, and what runs above it. */
function planStop(call: LiveCall, requester: string): Plan {
  const height = call.programs.stack.findIndex((frame) => frame.requester === requester);
  if (height < 0) return staying;
  return height > 0 ? { to: 'resuming', height, finished: false } : { to: 'waiting', finished: false };
}

const mustAnswer = (call: LiveCall, answers: boolean): boolean =>
  answers && call.record.direction === 'incoming' && !isAnswered(call.record);

/**
 * Nothing is left to do: an unanswered call is refused, an answered one is hung up unless it was told to stay, or talks
 * to somebody. A child waits for its parent, unless it has been given a program of its own.
 */
function planIdle({ record }: LiveCall, unless: 'hangUp' | 'stay' = ofChild(record)): Plan {
  const idle = record.options?.whenIdle ?? unless;
  if (idle === 'stay' || record.bridge !== undefined) return { to: 'waiting', finished: true };
  if (idle === 'hangUp') return { to: 'ending', ending: byUs('rejected', { cause: 'rejected' }) };
  return { to: 'idling', finished: true };
}

const ofChild = ({ createMethod }: CallRecord) => (createMethod === 'parentCall' ? 'stay' : 'hangUp');

function planRequest(call: LiveCall, height: number, urls: readonly HandlerUrl[], result: Result): Plan {
  if (call.requests.allowed) return { to: 'asking', height, urls, result };
  const { requests } = call.limits;
  const reason = `the handlers were asked ${requests} times, and once more for each second: does a document redirect to itself?`;
  return planFailure('CALL_REQUESTS_LIMIT', reason);
}

/** The application could not tell what to do. */
const planFailure = (errorCode: ErrorCode, errorMessage: string): Plan => ({
  to: 'ending',
  ending: byUs('failed', { cause: 'unavailable', errorCode, errorMessage }),
});

/** The application has answered, for the program on top. */
function planAnswer(call: LiveCall, answer: Answer): Plan {
  const height = Math.max(0, call.programs.stack.length - 1);
  const requester = call.programs.stack[height]?.requester;
  const purpose = call.programs.stack[height]?.program.purpose ?? 'main';
  if (answer.type === 'program') return planStart(call, height, { ...answer.program, purpose }, requester);
  return height > 0 || requester !== undefined
    ? planOver(call, height, requester, answer.code)
    : planFailure(answer.code, answer.reason);
}

/** There is somebody to talk to: what was waiting for that begins. */
function planAnswered(call: LiveCall): Plan {
  if (call.programs.stack.length > 0)
    return planAt(call, call.programs.stack.length - 1, call.programs.top?.position ?? 0);
  return planFirst(call);
}

function planFirst(call: LiveCall): Plan {
  const { first } = call;
  if (!first) return isAnswered(call.record) ? planIdle(call) : { to: 'waiting', finished: true };
  return 'program' in first ? planStart(call, 0, first.program) : planRequest(call, 0, first.urls, nothing);
}

/** A program above those that run, or the first one of a child. */
function planRun(call: LiveCall, program: Program, requester: string): Plan {
  const orphan = requester === call.id && !call.programs.top?.performance;
  const busy = orphan || call.requests.awaiting || !isAnswered(call.record);
  return busy ? staying : planStart(call, call.programs.stack.length, program, requester);
}

/** An activity is over, or a conversation. */
function planWithout(call: LiveCall, activity = ''): Plan {
  const left = call.programs.activities.size - (call.programs.activities.has(activity) ? 1 : 0);
  return call.programs.stack.length > 0 || call.requests.awaiting || left > 0 || !isAnswered(call.record)
    ? staying
    : planIdle(call);
}
