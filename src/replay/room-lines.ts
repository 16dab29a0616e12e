import type { ParticipantChange } from '../journal/act.ts';
import type { ConferenceFact, LeaveReason } from '../journal/journal.ts';
import type { ConferenceEnd, ParticipantRecord } from '../records/conference.ts';
import type { BridgeEvent } from '../telephony/bridge.ts';
import type { Scene } from './scene.ts';
import type { Fact, FactOf, Tellings } from './tell.ts';
import { steered } from './words.ts';

type RoomFact = Extract<
  Fact['type'],
  `conference.${string}` | `queue.${string}` | BridgeEvent['type'] | 'act.participant' | 'act.kick'
>;

/** Conferences and queues. */
export const roomLines: Tellings<RoomFact> = {
  'queue.entered': ({ queue, id }, scene, { subject }) => {
    scene.christen(id, `the queue ${queue}`);
    scene.tell('engine', `puts ${scene.name(subject)} into the queue ${queue}`);
  },
  'queue.left': ({ queue, reason }, scene, { subject }) =>
    scene.tell('engine', `takes ${scene.name(subject)} out of the queue ${queue}: ${reason}`),
  'queue.taken': ({ queue, by }, scene, { subject }) =>
    scene.tell('engine', `gives ${scene.name(subject)} from the queue ${queue} to ${scene.name(by)}`),
  'queue.returned': ({ queue }, scene, { subject }) =>
    scene.tell('engine', `puts ${scene.name(subject)} back to the front of the queue ${queue}`),
  'queue.act': ({ act }, scene, { subject }) => {
    if (act.type === 'create') scene.christen(subject, `the queue ${act.name}`);
    scene.tell('api', queueDeeds[act.type].replace('%', scene.name(subject)));
  },
  'conference.created': ({ record: { id, name, dialect } }, scene) => {
    scene.conferences.set(id, dialect);
    scene.christen(id, `the conference ${name}`);
  },
  'conference.event': (fact, scene) => {
    const said = happened(fact, scene);
    if (said !== undefined) scene.tell('conference', said);
  },
  'conference.beeped': ({ conference }, scene) => scene.tell('engine', `beeps to all in ${scene.name(conference)}`),
  'conference.recorded': null,
  'bridge.forked': null,
  'bridge.done': null,
  'bridge.stopped': null,
  'bridge.failed': null,
  'conference.act': ({ act }, scene, { subject }) => {
    const name = scene.name(subject);
    if (act.type === 'end') scene.tell('api', `ends ${name}`);
    if (act.type === 'announce') scene.tell('api', `announces ${scene.place(act.from.url)} to ${name}`);
    if (act.type === 'startRecording') scene.tell('api', `has ${name} recorded`);
    if (act.type === 'startFork') scene.tell('api', `has ${name} streamed`);
    if (act.type === 'stopFork') scene.tell('api', `ends ${streamText(act.name, scene)} of ${name}`);
    if (act.type === 'record') scene.tell('api', `${steered[act.what]} ${scene.name(act.recording)} of ${name}`);
  },
  'act.participant': ({ change }, scene, { subject }) => {
    for (const what of wishes(change, scene)) scene.tell('api', what.replace('%', scene.name(subject)));
  },
  'act.kick': (_, scene, { subject }) => scene.tell('api', `takes ${scene.name(subject)} out of its conference`),
};

/** By the name that it was given, or the one that it has here. */
const streamText = (name: string, scene: Scene) => {
  const known = scene.named(name);
  return known === name ? `the stream ${name}` : known;
};

const queueDeeds = { create: 'makes %', update: 'changes %', delete: 'removes %' } as const;

const reasons: Readonly<Record<LeaveReason, string>> = {
  hungUp: 'hung up',
  left: 'it goes on',
  moved: 'somebody outside wanted so',
  cut: 'somebody outside wanted so',
  removed: 'it was taken out',
  moderatorLeft: 'the moderator has left',
  ended: 'the conference was ended',
  lost: 'the process that held it ended',
};

const ends: Readonly<Record<ConferenceEnd, string>> = {
  api: 'the API has ended it',
  enderLeft: 'who ends it has left',
  enderRemoved: 'who ends it was taken out',
  lastLeft: 'the last one has left',
  lastRemoved: 'the last one was taken out',
  lost: 'the process that held it ended',
};

/** What happened, in the words of a transcript; what somebody says stands there already. */
function happened({ event, record, participant }: FactOf<'conference.event'>, scene: Scene): string | undefined {
  const who = participant ? scene.name(participant.call) : 'everybody';
  switch (event.type) {
    case 'join':
      return `${who} joins ${scene.name(record.id)}${participant ? inBrackets(manner(participant, scene)) : ''}`;
    case 'leave':
      return `${who} leaves ${scene.name(record.id)}: ${reasons[event.reason]}`;
    case 'start':
      return `${record.name} begins`;
    case 'end':
      return `${record.name} ends: ${ends[record.endReason ?? 'lost']}`;
    case 'announced':
      return event.code ? `${who} hears no announcement: ${event.code}` : `${who} has heard the announcement`;
    case 'modify':
      return `${who} is ${(participant && manner(participant, scene)) || 'as everybody else'} now`;
    case 'speechStart':
    case 'speechStop':
      return undefined;
    default:
      return `${who} ${states[event.type]}`;
  }
}

const states: Readonly<Record<Extract<ConferenceFact['type'], 'mute' | 'unmute' | 'hold' | 'unhold'>, string>> = {
  mute: 'is muted',
  unmute: 'is heard again',
  hold: 'is held',
  unhold: 'is held no more',
};

/** How somebody is in a conference, where it is not as most are. */
function manner({ muted, starts, ends, coach }: ParticipantRecord, scene: Scene): string {
  const words = [
    muted && 'muted',
    !starts && 'waiting for another',
    ends && 'ending it',
    coach !== undefined && `coaching ${scene.name(coach)}`,
  ].filter((word) => word !== false);
  return words.join(', ');
}

const inBrackets = (words: string) => (words === '' ? '' : ` (${words})`);

function wishes(change: ParticipantChange, scene: Scene): string[] {
  const { muted, held, holdFrom, coach, waitFrom, ends, beepOnExit, announce } = change;
  const music = holdFrom ? ` with ${scene.place(holdFrom.url)}` : '';
  const wait = waitFrom && waitFrom !== 'none' ? scene.place(waitFrom.url) : 'silence';
  return [
    muted === undefined ? '' : muted ? 'mutes %' : 'lets % be heard',
    held === undefined ? '' : held ? `holds %${music}` : 'holds % no more',
    coach === undefined ? '' : coach === null ? 'ends the coaching of %' : `has % coach ${scene.name(coach)}`,
    waitFrom === undefined ? '' : `has % wait with ${wait}`,
    yesOrNo(ends, 'has the conference end with %', 'has the conference go on without %'),
    yesOrNo(beepOnExit, 'has a beep told when % leaves', 'has no beep told when % leaves'),
    announce === undefined ? '' : `announces ${scene.place(announce.url)} to %`,
  ].filter((wish) => wish !== '');
}

const yesOrNo = (wanted: boolean | undefined, yes: string, no: string): string =>
  wanted === undefined ? '' : wanted ? yes : no;
