import type { JournalEntry } from '../journal/journal.ts';
import type { LegCommand } from '../telephony/leg-command.ts';
import type { LegEvent } from '../telephony/leg-event.ts';
import type { Sound } from '../telephony/sound.ts';
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
  'leg.speaking': ({ text }, scene, { subject }) => {
    if (text !== undefined) scene.tell(scene.name(subject), `has said so far "${text}"`);
  },
  'leg.spoke': ({ text, ms }, scene, { subject }) => {
    if (ms > 0) scene.tell(scene.name(subject), `says "${text}" (${seconds(ms)})`);
  },
  'leg.machine': null,
  'leg.forked': null,
  'leg.transcribed': null,
  'leg.held': (_, scene, { subject }) => scene.tell(scene.name(subject), 'puts us on hold'),
  'leg.resumed': (_, scene, { subject }) => scene.tell(scene.name(subject), 'comes back from hold'),
  'leg.referred': ({ of, status }, scene, { subject }) =>
    scene.tell(
      scene.name(subject),
      of === 'request' ? `answers that: ${status}` : `tells how its call went: ${status}`,
    ),
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
  'leg.failed': ({ id, code, reason }, scene, { subject }) => {
    if (!forks.has(scene.commands.get(id)?.type ?? ''))
      scene.tell('network', `fails${scene.whom(' for ', subject)}: ${code} ${reason}`);
  },
  'leg.hungUp': (event, scene, entry) => hungUp(event, scene, entry),
  commanded: ({ command }, scene, entry) => {
    if ('id' in command && !scene.commands.has(command.id))
      scene.commands.set(command.id, { type: command.type, at: entry.at });
    const what = (orders[command.type] as Order<LegCommand>)(command, scene, entry);
    if (what !== undefined) scene.tell('engine', what);
  },
  finished: null,
};

/** What becomes of these is told by the record that is kept of them. */
const forks: ReadonlySet<string> = new Set(['openStream', 'transcribe', 'siprec']);

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
  looped: 'comes round too often',
};

function hungUp({ by, cause, sipCode }: FactOf<'leg.hungUp'>, scene: Scene, { subject, at }: JournalEntry): void {
  if (by === 'us') return;
  const code = sipCode === undefined ? '' : ` (${sipCode})`;
  const call = scene.calls.get(subject);
  const talked = call?.answerTime !== undefined;
  const said = talked ? undefined : unanswered[cause];
  // It is we who did not answer.
  if (call?.direction === 'incoming' && !talked && cause === 'noAnswer')
    scene.tell('network', `ends the ringing of ${scene.name(subject)} after ${seconds(at - call.createTime)}${code}`);
  else if (said !== undefined) scene.tell(scene.name(subject), said + code);
  else if (by === 'network') scene.tell('network', `drops ${scene.name(subject)}: ${cause}${code}`);
  else scene.tell(scene.name(subject), cause === 'normal' ? 'hangs up' : `hangs up: ${cause}${code}`);
}

type Order<C extends LegCommand> = (command: C, scene: Scene, entry: JournalEntry) => string | undefined;

/** What the engine does when it gives a command; nothing where another line says it. */
const orders: { readonly [T in LegCommand['type']]: Order<Extract<LegCommand, { type: T }>> } = {
  ring: ({ tone }, scene, { subject }) =>
    `lets ${scene.name(subject)} hear ringing${tone === undefined ? '' : ` as in ${tone}`}`,
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
  pauseRecording: ({ id, silence }, scene) => `${silence ? 'silences' : 'pauses'} ${scene.name(id)}`,
  resumeRecording: ({ id }, scene) => `resumes ${scene.name(id)}`,
  listen: ({ language, model, hints = [] }, scene, { subject }) => {
    const how = [language, model && `model ${model}`, hints.length > 0 && `hints ${hints.join(', ')}`];
    const told = how.filter(Boolean).join('; ');
    return `listens${scene.whom(' to ', subject)}${told && ` (${told})`}`;
  },
  detectMachine: (_, scene, { subject }) => `listens for a machine${scene.whom(' at ', subject)}`,
  stream: ({ name }, scene, { subject }) => `streams${scene.whom(' ', subject)} to ${name}`,
  openStream: () => undefined,
  transcribe: () => undefined,
  refer: ({ to }, scene, { subject }) => `refers${scene.whom(' ', subject)} to ${to}`,
  receiveFax: (_, scene, { subject }) => `waits for a fax${scene.whom(' from ', subject)}`,
  echo: (_, scene, { subject }) => `echoes${scene.whom(' ', subject)}`,
  denoise: ({ on }, scene, { subject }) =>
    `switches noise suppression ${on ? 'on' : 'off'}${scene.whom(' for ', subject)}`,
  siprec: () => undefined,
  conceal: ({ on }, scene, { subject }) =>
    `${on ? 'keeps the keys of' : 'does not keep any more the keys of'} ${scene.name(subject)} to itself`,
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
    case 'music':
      return `plays${whom} music${times}`;
    case 'sequence':
      return `(${sound.sounds.map((each) => heard(each, scene, '')).join(', ')})${times}${whom}`;
  }
}
