import type { AnsweredBy, CallRecord, CallState } from '../records/call.ts';
import { actLines } from './act-lines.ts';
import { forkLines } from './fork-lines.ts';
import { roomLines } from './room-lines.ts';
import { type Scene, seconds } from './scene.ts';
import type { Fact, FactOf, Tellings } from './tell.ts';
import { roleText } from './words.ts';

type Untold =
  | 'mayPlace'
  | 'timer'
  | 'originated'
  | 'heard'
  | 'program.began'
  | 'program.ended'
  | 'verb.began'
  | 'verb.ended';

type CallFact = Exclude<
  Fact['type'],
  `leg.${string}` | 'commanded' | 'finished' | `handler.${string}` | `callback.${string}`
>;

const untold: Tellings<Untold> = {
  mayPlace: null,
  timer: null,
  originated: null,
  heard: null,
  'program.began': null,
  'program.ended': null,
  'verb.began': null,
  'verb.ended': null,
};

/** Calls and what becomes of them. */
export const callLines: Tellings<CallFact> = {
  ...untold,
  ...actLines,
  ...roomLines,
  ...forkLines,
  offered: ({ incoming: { to, from, transport, isPrivate, hops } }, scene, { subject }) => {
    const who = scene.christen(subject, 'caller');
    const number = isPrivate ? 'a private number' : from;
    scene.tell(
      who,
      `calls ${to} from ${number}${transport === 'PSTN' ? '' : ` (${transport})`}${hops ? `, hop ${hops}` : ''}`,
    );
  },
  created: ({ to, from }, scene, { subject }) => {
    scene.christen(subject, to);
    scene.tell('api', `calls ${to} from ${from}`);
  },
  'call.created': ({ record }, scene) => {
    const { id, to, from, direction, originatingCall } = record;
    const isNew = !scene.calls.has(id);
    scene.calls.set(id, record);
    scene.live.add(id);
    if (isNew && originatingCall === undefined) scene.roots++;
    const name = scene.christen(id, direction === 'incoming' ? 'caller' : to);
    if (originatingCall !== undefined) scene.tell('engine', `calls ${name} from ${from || 'nobody'}`);
  },
  'call.changed': ({ state, record }, scene) => {
    scene.calls.set(record.id, record);
    if (record.endTime !== undefined) scene.live.delete(record.id);
    const what = record.endTime === undefined ? stateText[state] : ending(record, scene);
    scene.tell('call', scene.whose(record.id) + what);
  },
  'call.recognized': ({ record: { id, answeredBy }, interim }, scene) => {
    if (answeredBy)
      scene.tell(
        'call',
        `${scene.whose(id)}answered by ${answererText[answeredBy.kind]}${interim ? ', it seems' : ''}`,
      );
  },
  'call.labeled': ({ key, value }, scene, { subject }) =>
    scene.tell('call', `${scene.whose(subject)}label ${key} ${value === '' ? 'removed' : `= "${value}"`}`),
  'bridge.entered': ({ bridge, role, with: others }, scene, entry) => {
    if (scene.conferences.has(bridge)) return;
    const { members } = bridgeOf(scene, bridge, entry.at);
    for (const one of [entry.subject, ...others]) members.add(one);
    const as = roleText(role, scene) === 'talking' ? '' : ` (${scene.name(entry.subject)} ${roleText(role, scene)})`;
    if (others.length === 0) return;
    scene.bridges.get(bridge)!.since = entry.at;
    scene.tell('engine', `joins ${[...others, entry.subject].map((one) => scene.name(one)).join(' and ')}${as}`);
  },
  'bridge.role': ({ bridge, role }, scene, { subject }) => {
    if (!scene.conferences.has(bridge)) scene.tell('engine', `makes ${scene.name(subject)} ${roleText(role, scene)}`);
  },
  'bridge.left': ({ bridge }, scene, { subject }) => {
    const found = scene.bridges.get(bridge);
    if (!found?.members.delete(subject) || found.members.size === 0) return;
    const others = [...found.members].map((one) => scene.name(one)).join(' and ');
    scene.tell('engine', `parts ${scene.name(subject)} and ${others} after ${scene.since(found.since)}`);
  },
  'recording.began': ({ record: { id, call, conference, channels } }, scene) => {
    const name = scene.christen(id, 'recording', true);
    const whose = conference === undefined ? scene.whom(' of ', call) : ` of ${scene.name(conference)}`;
    scene.tell('engine', `begins ${name}${whose}${channels === 2 ? ', both sides' : ''}`);
  },
  'recording.ended': ({ record: { id, state, ms = 0, channels, trim, error } }, scene) => {
    const what =
      state === 'succeeded' ? `is ready: ${seconds(ms)}` : state === 'empty' ? 'is empty' : `failed: ${error ?? state}`;
    const sides = state === 'succeeded' && channels === 2 ? ', 2 channels' : '';
    scene.tell(scene.christen(id, 'recording', true), `${what}${sides}${trim ? ', trimmed' : ''}`);
  },
  'recording.moved': ({ record: { id, storage } }, scene) =>
    scene.tell(scene.christen(id, 'recording', true), `is kept at ${scene.place(storage?.url ?? '')}`),
  'transcription.ended': ({ record: { id, recording, state, utterances } }, scene) => {
    const said = utterances.map(({ channel, text }) => `${channel === 0 ? '' : 'other side: '}"${text}"`).join(', ');
    const what = state === 'completed' ? said || 'nothing was said' : state;
    scene.tell(scene.christen(id, 'transcription', true), `of ${scene.name(recording)}: ${what}`);
  },
  'till.checked': (event, scene, { subject }) =>
    scene.tell(
      'till',
      `${scene.whose(subject)}${event.step}: ${'error' in event ? event.error : [event.shown, event.card].filter(Boolean).join(' ')}`,
    ),
  'till.charged': (event, scene) => scene.tell('till', chargedText(event)),
  'payment.changed': null,
  'checkout.changed': ({ record: { id, outcome } }, scene) => {
    if (outcome !== undefined) scene.tell(scene.name(id), outcome);
  },
  'message.began': ({ record: { id, call, to, from, text } }, scene) => {
    const name = scene.christen(id, 'message', true);
    scene.tell(
      'engine',
      `sends ${name}${call === undefined ? '' : scene.whom(' for ', call)} from ${from} to ${to}: "${text}"`,
    );
  },
  'message.ended': ({ record: { id, state, failure } }, scene) =>
    scene.tell(scene.christen(id, 'message', true), failure === undefined ? `is ${state}` : `failed: ${failure}`),
  'fax.received': ({ record: { id, pages } }, scene) =>
    scene.tell(scene.christen(id, 'fax', true), `is received: ${pages} ${pages === 1 ? 'page' : 'pages'}`),
  reported: ({ fact }, scene, { subject }) =>
    scene.tell('engine', `reports ${fact.type}${scene.whom(' of ', subject)}`),
  dropped: ({ what }, scene, { subject }) =>
    scene.tell('engine', `ignores what comes late${scene.whom(' for ', subject)}: ${what}`),
  problem: ({ code, message, at }, scene) => {
    scene.problem = message;
    scene.tell('problem', `${code} ${scene.named(message)}${at ? ` (${at.element}, line ${at.line})` : ''}`);
  },
};

function chargedText(event: FactOf<'till.charged'>): string {
  if ('id' in event) return `the connector gives ${event.id}`;
  if ('declined' in event) return `the connector declines: ${event.declined.code} ${event.declined.message}`;
  return `the connector fails: ${event.failure.code} ${event.failure.reason}`;
}

const answererText: Readonly<Record<AnsweredBy, string>> = {
  human: 'a person',
  machine: 'a machine',
  machineEndBeep: 'a machine, which has beeped',
  machineEndSilence: 'a machine, which is silent now',
  machineEndOther: 'a machine',
  fax: 'a fax',
  unknown: 'nobody knows whom',
};

const stateText: Readonly<Record<CallState, string>> = {
  queued: 'queued',
  starting: 'starting',
  ringing: 'ringing',
  inProgress: 'in progress',
  completed: 'completed',
  failed: 'failed',
  notAnswered: 'not answered',
  busy: 'busy',
  rejected: 'rejected',
  canceled: 'canceled',
};

const ender = { us: 'by the engine', farSide: 'by the far side', network: 'by the network', api: 'by the API' };

/** `completed by the far side (normal) after 12.0 s, 10.0 s of them answered`. */
function ending(record: CallRecord, scene: Scene): string {
  const { state, endedBy, cause, sipCode, createTime, answerTime, endTime = 0 } = record;
  const why = [cause, sipCode].filter((one) => one !== undefined).join(' ');
  return [
    stateText[state],
    endedBy && `: ended ${ender[endedBy]}`,
    why && ` (${why})`,
    ` after ${seconds(endTime - createTime)}`,
    answerTime !== undefined && `, ${seconds(endTime - answerTime)} of it answered`,
    errorText(record, scene),
  ]
    .filter(Boolean)
    .join('');
}

/** The message is left out when a problem has told it just before. */
function errorText({ errorCode, errorMessage }: CallRecord, scene: Scene): string {
  if (errorCode === undefined) return '';
  const told = errorMessage === undefined || errorMessage === scene.problem;
  return `; error ${errorCode}${told ? '' : `: ${errorMessage}`}`;
}

function bridgeOf(scene: Scene, bridge: string, at: number): { members: Set<string>; since: number } {
  const known = scene.bridges.get(bridge) ?? { members: new Set<string>(), since: at };
  scene.bridges.set(bridge, known);
  return known;
}
