/**
 * What a call can be told to do, and how it is done: one file a verb. Instructions come in as data from a dialect or
 * an API; a verb speaks to its leg through the stage and ends in an outcome.
 */
import { type Conference, conference } from './conference.ts';
import { type Denoise, denoise } from './denoise.ts';
import { type Dequeue, dequeue } from './dequeue.ts';
import { type Dial, dial } from './dial.ts';
import { type Echo, echo } from './echo.ts';
import { type Enqueue, enqueue } from './enqueue.ts';
import { type Connect, connect, type StartFork, type StopFork, startFork, stopFork } from './fork.ts';
import { type Gather, gather } from './gather.ts';
import { type HangUp, hangUp } from './hang-up.ts';
import { type Label, label } from './label.ts';
import { type Leave, leave } from './leave.ts';
import type { Verb } from './logic.ts';
import { type Message, message } from './message.ts';
import { type Pay, pay } from './pay.ts';
import { type Play, play } from './play.ts';
import { type ReceiveFax, receiveFax } from './receive-fax.ts';
import { type RecordAudio, record } from './record.ts';
import { type RecordCall, recordCall } from './record-call.ts';
import { type Redirect, redirect } from './redirect.ts';
import { type Refer, refer } from './refer.ts';
import { type Reject, reject } from './reject.ts';
import { type Stream, stream } from './stream.ts';
import { type Unsupported, unsupported } from './unsupported.ts';

/** One thing a call can be told to do. */
export type Instruction =
  | Conference
  | Connect
  | Denoise
  | Dequeue
  | Echo
  | Message
  | Pay
  | Refer
  | StartFork
  | StopFork
  | Unsupported
  | Dial
  | Enqueue
  | Gather
  | HangUp
  | Label
  | Leave
  | Play
  | ReceiveFax
  | RecordAudio
  | RecordCall
  | Redirect
  | Reject
  | Stream;

/** How each instruction is carried out; leaving one out does not compile. */
export const verbs = {
  conference,
  connect,
  denoise,
  dequeue,
  echo,
  message,
  pay,
  refer,
  startFork,
  stopFork,
  unsupported,
  dial,
  enqueue,
  gather,
  hangUp,
  label,
  leave,
  play,
  receiveFax,
  record,
  recordCall,
  redirect,
  reject,
  stream,
} satisfies { [Name in Instruction['verb']]: Verb<Extract<Instruction, { verb: Name }>> };
