import type { JournalEntry } from '../journal.ts';
import type { LegCommand, LegEvent, Sound } from '../telephony/leg.ts';
import { type Scene, seconds } from './scene.ts';
import type { FactOf, Tellings } from './tell.ts';

/** What the far side of a leg does, and what the engine tells it. */
export const legLines: Tellings<LegEvent['type'] | 'commanded' | 'finished'> = {
  'leg.ringing': (_, scene, { subject }) => scene.tell(scene.name(subject), 'rings'),
  'leg.earlyMedia': (_, scene, { subject }) => scene.tell(scene.name(subject), 'sends early media'),
  'leg.answered': (_, scene, { subject }) => {
    if (scene.calls.get(subject)?.direction !== 'incoming') scene.tell(scene.name(subject), 'answers');
  },
  'leg.pressed': ({ digit }, scene, { subject }) => scene.tell(scene.name(subject), `presses ${digit}`),
  'leg.speaking': null,
  'leg.spoke': ({ text, ms }, scene, { subject }) => scene.tell(scene.name(subject), `says "${text}" (${seconds(ms)})`),
  'leg.machine': ({ kind }, scene, { subject }) => scene.tell('network', `takes ${scene.name(subject)} for: ${kind}`),
  'leg.held': (_, scene, { subject }) => scene.tell(scene.name(subject), 'puts us on hold'),
  'leg.resumed': (_, scene, { subject }) => scene.tell(scene.name(subject), 'comes back from hold'),
  'leg.referred': ({ status }, scene, { subject }) => scene.tell(scene.name(subject), `is referred: ${status}`),
  'leg.skipped': ({ url, code, reason }, scene) => scene.tell('engine', `skips ${scene.place(url)}: ${code} ${reason}`),
  'leg.done': (event, scene, { at }) => {
    if (isRecording(scene, event.id))
      scene.tell(
        scene.name(event.id),
        `ends (${event.reason ?? 'done'}) after ${seconds(event.ms ?? length(scene, event.id, at))}`,
      );
  },
  'leg.stopped': (event, scene, { at }) => {
    if (isRecording(scene, event.id))
      scene.tell(scene.name(event.id), `ends (stopped) after ${seconds(event.ms ?? length(scene, event.id, at))}`);
  },
  'leg.failed': ({ code, reason }, scene, { subject }) =>
    scene.tell('network', `fails${scene.whom(' for ', subject)}: ${code} ${reason}`),
  'leg.hungUp': (event, scene, entry) => hungUp(event, scene, entry),
  commanded: ({ command }, scene, entry) => {
    if ('id' in command && !scene.commands.has(command.id))
      scene.commands.set(command.id, { type: command.type, at: entry.at });
    const what = (orders[command.type] as Order<LegCommand>)(command, scene, entry);
    if (what !== undefined) scene.tell('engine', what);
  },
  finished: null,
};

const isRecording = (scene: Scene, id: string) => scene.commands.get(id)?.type === 'record';
const length = (scene: Scene, id: string, now: number) => now - (scene.commands.get(id)?.at ?? now);

/** How somebody who has not talked to us goes away. */
const unanswered: Partial<Record<FactOf<'leg.hungUp'>['cause'], string>> = {
  normal: 'gives up',
  busy: 'is busy',
  noAnswer: 'does not answer',
  rejected: 'rejects the call',
  unreachable: 'cannot be reached',
  invalidNumber: 'is not a number that can be called',
};

function hungUp({ by, cause, sipCode }: FactOf<'leg.hungUp'>, scene: Scene, { subject }: JournalEntry): void {
  if (by === 'us') return;
  const code = sipCode === undefined ? '' : ` (${sipCode})`;
  const talked = scene.calls.get(subject)?.answerTime !== undefined;
  const said = talked ? undefined : unanswered[cause];
  if (said !== undefined) scene.tell(scene.name(subject), said + code);
  else if (by === 'network') scene.tell('network', `drops ${scene.name(subject)}: ${cause}${code}`);
  else scene.tell(scene.name(subject), cause === 'normal' ? 'hangs up' : `hangs up: ${cause}${code}`);
}

type Order<C extends LegCommand> = (command: C, scene: Scene, entry: JournalEntry) => string | undefined;

/** What the engine does when it gives a command; nothing where another line says it. */
const orders: { readonly [T in LegCommand['type']]: Order<Extract<LegCommand, { type: T }>> } = {
  ring: (_, scene, { subject }) => `lets ${scene.name(subject)} hear ringing`,
  progress: (_, scene, { subject }) => `opens early media${scene.whom(' to ', subject)}`,
  answer: (_, scene, { subject }) => `answers${scene.whose(subject, ' ', '')}`,
  reject: ({ cause }, scene, { subject }) => `rejects${scene.whose(subject, ' ', '')}: ${cause}`,
  hangUp: (_, scene, { subject }) => `hangs up${scene.whose(subject, ' ', '')}`,
  play: ({ id, sounds }, scene, { subject }) => playing(sounds, scene, subject) + lengthOf(scene, id, sounds),
  stop: ({ id }, scene, { subject, at }) => {
    const begun = scene.commands.get(id);
    if (begun?.type !== 'play' || scene.ahead.lengths.has(id)) return undefined;
    return `stops playing${scene.whom(' to ', subject)} after ${seconds(at - begun.at)}`;
  },
  sendDigits: ({ digits }, scene, { subject }) => `sends the keys ${digits}${scene.whom(' to ', subject)}`,
  record: () => undefined,
  pauseRecording: ({ id }, scene) => `pauses ${scene.name(id)}`,
  resumeRecording: ({ id }, scene) => `resumes ${scene.name(id)}`,
  listen: (_, scene, { subject }) => `listens${scene.whom(' to ', subject)}`,
  detectMachine: (_, scene, { subject }) => `listens for a machine${scene.whom(' at ', subject)}`,
  stream: ({ name }, scene, { subject }) => `streams${scene.whom(' ', subject)} to ${name}`,
  transcribe: (_, scene, { subject }) => `transcribes${scene.whom(' ', subject)}`,
  refer: ({ to }, scene, { subject }) => `refers${scene.whom(' ', subject)} to ${to}`,
  receiveFax: (_, scene, { subject }) => `waits for a fax${scene.whom(' from ', subject)}`,
  echo: (_, scene, { subject }) => `echoes${scene.whom(' ', subject)}`,
  denoise: ({ on }, scene, { subject }) =>
    `switches noise suppression ${on ? 'on' : 'off'}${scene.whom(' for ', subject)}`,
  siprec: ({ url }, scene, { subject }) => `records${scene.whom(' ', subject)} at ${url}`,
};

/** How long a play took that came to its end; a silence says it already. */
function lengthOf(scene: Scene, id: string, sounds: readonly Sound[]): string {
  const ms = scene.ahead.lengths.get(id);
  return ms === undefined || sounds.every(({ type }) => type === 'silence') ? '' : ` (${seconds(ms)})`;
}

/** `says "Press one." and plays /beep.mp3`, to whom, where more than one could be. */
function playing(sounds: readonly Sound[], scene: Scene, subject: string): string {
  const whom = scene.whom(' to ', subject);
  return (
    sounds.map((sound, index) => heard(sound, scene, index === 0 ? whom : '')).join(', ') || `plays nothing${whom}`
  );
}

function heard(sound: Sound, scene: Scene, whom: string): string {
  const { loops = 1 } = sound;
  const times = loops === 0 ? ' over and over' : loops === 1 ? '' : ` ${loops} times`;
  switch (sound.type) {
    case 'speech':
      return `says${whom} "${sound.text}"${times}${scene.voice(sound.voice)}`;
    case 'audio':
      return `plays${whom} ${scene.place(sound.url)}${times}`;
    case 'tones':
      return `plays${whom} the keys ${sound.digits}${times}`;
    case 'silence':
      return `waits ${seconds(sound.ms)}${times}${whom && ` (${whom.trim()})`}`;
    case 'beep':
      return `beeps${whom}${times}`;
  }
}
