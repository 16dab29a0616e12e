import type { LegCommand, RejectCause } from '../leg-command.ts';
import type { Sound } from '../sound.ts';
import { MachineDetection } from './detection.ts';
import { FaxReception } from './fax.ts';
import { hungUp } from './hung-up.ts';
import type { Activity, SimulatedLeg } from './leg.ts';
import { SpeechListening } from './listening.ts';
import { failureOf } from './phone.ts';
import { Playing } from './playing.ts';
import { Recording } from './recording.ts';
import { Streaming } from './streaming.ts';
import { timing } from './timing.ts';
import { LiveTranscribing } from './transcribing.ts';

type Of<Type extends LegCommand['type']> = Extract<LegCommand, { type: Type }>;
type Begin<Type extends LegCommand['type']> = (leg: SimulatedLeg, command: Of<Type>) => void;

/** What a SIP caller is told. */
const rejectCodes: Record<RejectCause, number> = {
  notFound: 404,
  busy: 486,
  rejected: 603,
  noAnswer: 480,
  subscriberAbsent: 480,
  invalidNumber: 484,
  unavailable: 503,
  forbidden: 403,
  looped: 483,
};

const isUnanswered = (leg: SimulatedLeg) => !leg.placed && !leg.answered;

function play(leg: SimulatedLeg, id: string, sounds: readonly Sound[]): void {
  const playing = new Playing(leg, leg.world.audio, sounds, {
    begin: (sound) => (leg.hears ? [leg.begin({ channel: 1, sound })] : []),
    skipped: (url, why) => leg.tell({ type: 'leg.skipped', id, url, ...why }),
    done: () => leg.finish(id, { type: 'leg.done', id }),
  });
  const stop = () => {
    playing.stop();
    return {};
  };
  leg.start(id, { stop, drop: stop });
  playing.start();
}

/** The far side is asked to call somebody else: it says whether it will, and how that goes. */
function refer(leg: SimulatedLeg, id: string, to: string): void {
  const { refers } = leg.party.phone;
  let timer: unknown;
  const stop = () => {
    leg.cancel(timer);
    return {};
  };
  const refused = (status: number) =>
    leg.finish(id, { type: 'leg.failed', id, code: 'CALL_NO_ROUTE', reason: `the far side got ${status} from ${to}` });
  leg.start(id, { stop });
  leg.tell({ type: 'leg.referred', id, of: 'request', status: refers === 'refuses' ? 603 : 202 });
  if (refers === 'refuses') {
    leg.finish(id, { type: 'leg.failed', id, code: 'CALL_NOT_REFERRED', reason: 'the far side refused it: 603' });
    return;
  }
  if (refers === 'silent') return;
  timer = leg.later(timing.refer, () => {
    const status = failureOf(leg.world.phoneOf(to))?.sipCode ?? 200;
    leg.tell({ type: 'leg.referred', id, of: 'transfer', status });
    if (status === 200) leg.finish(id, { type: 'leg.done', id });
    else refused(status);
  });
}

function hangUp(leg: SimulatedLeg): void {
  if (leg.answered) leg.end(hungUp('us', 'normal'));
  else leg.end(leg.placed ? hungUp('us', 'canceled', 487) : hungUp('us', 'rejected', 603));
}

const recordingOf = (activity: Activity | undefined) => (activity instanceof Recording ? activity : undefined);

const commands: { [Type in LegCommand['type']]: Begin<Type> } = {
  ring: (leg) => {
    if (isUnanswered(leg)) leg.party.rings();
  },
  progress: (leg) => {
    if (!isUnanswered(leg) || leg.earlyMedia) return;
    leg.earlyMedia = true;
    leg.party.mayBeHeard();
  },
  answer: (leg) => {
    if (isUnanswered(leg)) leg.answer();
  },
  reject: (leg, { cause }) => {
    if (isUnanswered(leg)) leg.end(hungUp('us', 'rejected', rejectCodes[cause]));
    else hangUp(leg);
  },
  hangUp,
  play: (leg, { id, sounds }) => play(leg, id, sounds),
  stop: (leg, { id }) => leg.stop(id),
  sendDigits: (leg, { id, digits }) => play(leg, id, [{ type: 'tones', digits }]),
  record: (leg, command) => leg.start(command.id, new Recording(leg, command)),
  pauseRecording: (leg, { id, silence }) => recordingOf(leg.activity(id))?.pause(silence),
  resumeRecording: (leg, { id }) => recordingOf(leg.activity(id))?.resume(),
  listen: (leg, command) => leg.start(command.id, new SpeechListening(leg, command)),
  openStream: (leg, stream) => leg.start(stream.id, new Streaming(leg, stream)),
  transcribe: (leg, command) => leg.start(command.id, new LiveTranscribing(leg, command)),
  siprec: (leg, { id }) => {
    leg.start(id, { stop: () => ({}) });
    leg.tell({ type: 'leg.forked', id });
  },
  conceal: (leg, { on }) => {
    leg.conceals = on;
  },
  detectMachine: (leg, command) => leg.start(command.id, new MachineDetection(leg, command)),
  stream: (leg, { id, name }) =>
    leg.tell({ type: 'leg.failed', id, code: 'STREAM_NOT_OPEN', reason: `no application has opened ${name}` }),
  refer: (leg, { id, to }) => refer(leg, id, to),
  receiveFax: (leg, { id, timeoutMs }) => {
    leg.start(id, new FaxReception(leg, id, timeoutMs));
  },
  echo: (leg, { id }) => {
    leg.echoes++;
    const stop = () => {
      leg.echoes--;
      return {};
    };
    leg.start(id, { stop });
  },
  denoise: () => {},
};

/** Commands whose id is the one of another. */
const onRunning: ReadonlySet<LegCommand['type']> = new Set(['stop', 'pauseRecording', 'resumeRecording'] as const);

/** Carries out one command. An id that is in use already is not used twice: such a command is ignored. */
export function carryOut(leg: SimulatedLeg, command: LegCommand): void {
  if ('id' in command && !onRunning.has(command.type) && leg.activity(command.id)) return;
  (commands[command.type] as (leg: SimulatedLeg, command: LegCommand) => void)(leg, command);
}
