import type { Engine } from '../engine/engine.ts';
import type { Act, ConferenceAct, Steering } from '../journal/act.ts';
import type { StreamFork } from '../verbs/fork.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import type { FlowRoomAct } from './flow-act.ts';
import { url } from './options-shape.ts';
import { either, type Kind, no, oneOf, shape, text, truth, whole, yes } from './shape.ts';

/** What is done to whoever is with a call, or waits where it waits. */
export type RoomAct =
  | Act
  | { type: 'coach'; call: number }
  | { type: 'recordCall'; what: 'start' | Steering }
  | { type: 'meeting'; act: ConferenceAct | { type: 'recording'; what: 'start' | Steering } }
  | { type: 'front'; queue: string; urls: readonly HandlerUrl[] };

const document = text('a URL, or a path that begins with /, perhaps behind GET', /^(?:(?:GET|POST) )?(https?:\/\/|\/)/);

/** The fields of an act, all of which do something. */
export const roomActs: Readonly<Record<keyof FlowRoomAct, Kind>> = {
  mute: truth,
  hold: either(truth, document),
  coach: either(no, whole('which call, counted from 1', 1)),
  announce: document,
  wait: document,
  ends: truth,
  kick: yes,
  endConference: yes,
  announceToAll: document,
  recording: oneOf('start', 'pause', 'silence', 'resume', 'stop'),
  stream: shape(
    'a server such as { url: wss://ears.example/room, name: minutes }',
    { url: text('a wss URL'), name: text('a name'), statusCallback: url },
    ['url'],
  ),
  stopStream: text('the name of a stream'),
  dequeue: shape('a queue and where to, such as { queue: support, to: /left }', { queue: text(), to: document }, [
    'queue',
    'to',
  ]),
};

/** What is wanted, if it is one of these. */
export function roomActOf(act: FlowRoomAct, absolute: (url: string) => string): RoomAct | undefined {
  const asked = (written: string): HandlerUrl => {
    const [, method, url = ''] = /^(?:(GET|POST) )?(.*)$/s.exec(written) ?? [];
    return { url: absolute(url), method: method === 'GET' ? 'GET' : 'POST' };
  };
  if (act.announceToAll !== undefined)
    return { type: 'meeting', act: { type: 'announce', from: asked(act.announceToAll) } };
  if (act.endConference) return { type: 'meeting', act: { type: 'end' } };
  if (act.recording) return { type: 'meeting', act: { type: 'recording', what: act.recording } };
  if (act.stream) return { type: 'meeting', act: { type: 'startFork', fork: forkOf(act.stream, asked) } };
  if (act.stopStream !== undefined) return { type: 'meeting', act: { type: 'stopFork', name: act.stopStream } };
  if (act.kick) return { type: 'act.kick' };
  if (act.dequeue) return { type: 'front', queue: act.dequeue.queue, urls: [asked(act.dequeue.to)] };
  if (typeof act.coach === 'number') return { type: 'coach', call: act.coach - 1 };
  const { hold } = act;
  const change = {
    ...(act.mute !== undefined && { muted: act.mute }),
    ...(hold !== undefined && { held: hold !== false }),
    ...(typeof hold === 'string' && { holdFrom: asked(hold) }),
    ...(act.coach === false && { coach: null }),
    ...(act.announce !== undefined && { announce: asked(act.announce) }),
    ...(act.wait !== undefined && { waitFrom: asked(act.wait) }),
    ...(act.ends !== undefined && { ends: act.ends }),
  };
  return Object.keys(change).length > 0 ? { type: 'act.participant', change } : undefined;
}

/** How somebody outside has a conference streamed who says nothing more about it. */
export const forkOf = (
  { url, name, statusCallback }: NonNullable<FlowRoomAct['stream']>,
  asked: (written: string) => HandlerUrl,
): StreamFork => ({
  what: {
    type: 'socket',
    socket: { url, track: 'both', codec: 'PCMU@8000h', realtime: false, parameters: {} },
  },
  ...(name !== undefined && { name }),
  ...(statusCallback !== undefined && { callback: asked(statusCallback) }),
});

/** How somebody outside has a call, or a conference, recorded. */
export const recordedByApi = { source: 'api', channels: 1, trim: false, transcribe: false } as const;

/** Does it; false when there is nobody to do it to. */
export function performInRoom(
  engine: Engine,
  project: string,
  act: Exclude<RoomAct, Act | { type: 'recordCall' }>,
  idOf: (index?: number) => string,
  newId: () => string,
): boolean {
  if (act.type === 'coach') return engine.act(idOf(), { type: 'act.participant', change: { coach: idOf(act.call) } });
  if (act.type === 'front') {
    const queue = engine.queues.named(project, act.queue);
    return queue !== undefined && engine.queues.redirect(project, queue.id, 'front', act.urls) !== undefined;
  }
  const call = idOf();
  const conference = engine.conferences
    .find({ project, limit: Number.MAX_SAFE_INTEGER })
    .find(({ id }) => engine.conferences.participant(project, id, call)?.state === 'inProgress');
  if (!conference) return false;
  if (act.act.type !== 'recording') return engine.conferences.act(project, conference.id, act.act) !== undefined;
  if (act.act.what === 'start') {
    const start = { type: 'startRecording', recording: newId(), options: recordedByApi } as const;
    return engine.conferences.act(project, conference.id, start) !== undefined;
  }
  const recording = conference.recordings.at(-1);
  if (recording === undefined) return false;
  const { what } = act.act;
  return engine.conferences.act(project, conference.id, { type: 'record', recording, what }) !== undefined;
}
