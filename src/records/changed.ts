import type { CallRecord } from './call.ts';
import type { ConferenceRecord, ParticipantRecord } from './conference.ts';
import type { FaxRecord } from './fax.ts';
import type { MessageRecord } from './message.ts';
import type { RecordingRecord, TranscriptionRecord } from './recording.ts';
import type { ResourceRecord } from './resource.ts';

/** A record that has changed, as it is now; or, when it is deleted, as it was at last. */
export type Changed =
  | { type: 'call'; record: CallRecord; deleted?: true }
  | { type: 'recording'; record: RecordingRecord; deleted?: true }
  | { type: 'transcription'; record: TranscriptionRecord; deleted?: true }
  | { type: 'fax'; record: FaxRecord }
  | { type: 'message'; record: MessageRecord; deleted?: true }
  | { type: 'conference'; record: ConferenceRecord }
  | { type: 'participant'; record: ParticipantRecord }
  | { type: 'resource'; record: ResourceRecord; deleted?: true };
