import type { ConferenceFact, JournalEntry, LeaveReason, Output } from '../../journal/journal.ts';
import type { ConferenceEnd, ConferenceRecord, ParticipantRecord } from '../../records/conference.ts';
import type { ConferenceEvent } from '../../verbs/conference.ts';
import type { Owed } from '../vendor.ts';
import { audioSeconds, rfc2822 } from './dates.ts';
import type { Parameters } from './form.ts';
import { resourceUrl } from './links.ts';
import { toOwed } from './owed.ts';
import { accountSid, sidOf } from './sids.ts';

type Of<Type extends Output['type']> = Extract<Output, { type: Type }>;

/** What happens in a conference, told to whoever the first participant has named (LaML 5.2). */
export function conferenceCallback({ at, output }: JournalEntry, publicUrl: string | undefined): Owed | undefined {
  if (output?.type === 'conference.event') return eventCallback(output, at);
  return output?.type === 'conference.recorded' ? recordEnd(output, at, publicUrl) : undefined;
}

function eventCallback({ event, number, record, participant }: Of<'conference.event'>, at: number): Owed | undefined {
  const [subscribed, name] = spelled(event);
  const { events, project } = record;
  if (!events?.types.includes(subscribed)) return undefined;
  return toOwed(name, project, events, {
    ...conferenceParameters(record, at),
    StatusCallbackEvent: name,
    SequenceNumber: String(number),
    ...(participant && participantParameters(participant)),
    ...(event.type === 'leave' && leaveParameters(event.reason)),
    ...(event.type === 'end' && endParameters(record)),
    ...(event.type === 'announced' && event.code && { ReasonAnnouncementFailed: 'the document could not be had' }),
  });
}

/** Told once, unless somebody else hears of the recording. */
function recordEnd({ record, recording }: Of<'conference.recorded'>, at: number, publicUrl?: string): Owed | undefined {
  const { ended, project } = record;
  if (!ended || recording.recordingReady || recording.state !== 'succeeded') return undefined;
  return toOwed('conference-record-end', project, ended, {
    ...conferenceParameters(record, at),
    EventName: 'conference-record-end',
    RecordingUrl: resourceUrl(publicUrl, project, 'Recordings', recording.id),
    Duration: audioSeconds(recording.ms ?? 0),
    RecordingFileSize: recording.bytes === undefined ? undefined : String(recording.bytes),
  });
}

const conferenceParameters = ({ id, name, project }: ConferenceRecord, at: number): Parameters => ({
  AccountSid: accountSid(project),
  ConferenceSid: sidOf(id),
  FriendlyName: name,
  Timestamp: rfc2822(at),
});

const participantParameters = (participant: ParticipantRecord): Parameters => {
  const { call, muted, held, starts, ends, coach, label } = participant;
  return {
    CallSid: sidOf(call),
    Muted: String(muted),
    Hold: String(held),
    StartConferenceOnEnter: String(starts),
    EndConferenceOnExit: String(ends),
    Coaching: String(coach !== undefined),
    CallSidToCoach: coach === undefined ? undefined : sidOf(coach),
    ParticipantLabel: label,
  };
};

const callHasEnded: readonly LeaveReason[] = ['hungUp', 'lost', 'cut'];

const leaveParameters = (reason: LeaveReason): Parameters => ({
  ParticipantCallStatus: callHasEnded.includes(reason) ? 'completed' : 'in-progress',
  ReasonParticipantLeft: leaveReasons[reason],
});

const endParameters = ({ endedBy, endReason }: ConferenceRecord): Parameters => ({
  CallSidEndingConference: endedBy === undefined ? undefined : sidOf(endedBy),
  ReasonConferenceEnded: endReason && endReasons[endReason],
  Reason: endReason && endReasons[endReason].replaceAll('-', ' '),
});

/** What is subscribed to, and what is sent then. */
function spelled(event: ConferenceFact): readonly [ConferenceEvent, string] {
  return event.type === 'announced' && event.code ? ['announcement', 'announcement-fail'] : names[event.type];
}

const names: Readonly<Record<ConferenceFact['type'], readonly [ConferenceEvent, string]>> = {
  start: ['start', 'conference-start'],
  end: ['end', 'conference-end'],
  join: ['join', 'participant-join'],
  leave: ['leave', 'participant-leave'],
  mute: ['mute', 'participant-mute'],
  unmute: ['mute', 'participant-unmute'],
  hold: ['hold', 'participant-hold'],
  unhold: ['hold', 'participant-unhold'],
  speechStart: ['speaker', 'participant-speech-start'],
  speechStop: ['speaker', 'participant-speech-stop'],
  modify: ['modify', 'participant-modify'],
  announced: ['announcement', 'announcement-end'],
};

const leaveReasons: Readonly<Record<LeaveReason, string>> = {
  hungUp: 'participant_hung_up',
  left: 'participant_hung_up', // the vendor has no word for one whose document goes on
  moved: 'participant_updated_via_api',
  cut: 'participant_updated_via_api',
  removed: 'participant_updated_via_api',
  moderatorLeft: 'moderator_ended_conference',
  ended: 'conference_ended_via_api',
  lost: 'participant_hung_up',
};

/** Why a conference has ended, as callbacks and the API say it. */
export const endReasons: Readonly<Record<ConferenceEnd, string>> = {
  api: 'conference-ended-via-api',
  enderLeft: 'participant-with-end-conference-on-exit-left',
  enderRemoved: 'participant-with-end-conference-on-exit-kicked',
  lastLeft: 'last-participant-left',
  lastRemoved: 'last-participant-kicked',
  lost: 'last-participant-left',
};
