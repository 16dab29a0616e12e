import type { JournalEntry } from '../../journal/journal.ts';
import type { CallRecord } from '../../records/call.ts';
import type { FaxRecord } from '../../records/fax.ts';
import type { RecordingRecord, TranscriptionRecord } from '../../records/recording.ts';
import type { LinkTo, Owed } from '../vendor.ts';
import { callJson } from './call.ts';
import { toFax } from './fax.ts';
import { toRecording } from './recording.ts';
import { toTranscription } from './transcription.ts';

/** The webhook that a journal entry asks for (VoiceML 3.2). Its body shows things as they are at this moment. */
export function callbackOf({ output }: JournalEntry, linkTo?: LinkTo): Owed | undefined {
  switch (output?.type) {
    case 'call.created':
      return output.record.createMethod === 'incomingCall' ? stateUpdate(output.record) : undefined;
    case 'call.changed':
      return stateUpdate(output.record);
    case 'recording.ended':
      return recordingReady(output.record, linkTo);
    case 'transcription.ended':
      return transcriptionReady(output.record);
    case 'fax.received':
      return faxReady(output.record, linkTo);
    default:
      return undefined;
  }
}

/**
 * Who made a call through the API knows already that it is queued. With the vendor only such calls have somebody to tell;
 * here a number or a domain of the configuration may too. Children have nobody.
 */
function stateUpdate(record: CallRecord): Owed | undefined {
  const url = record.createMethod === 'parentCall' ? undefined : record.options?.stateCallback?.url;
  if (!url || record.state === 'queued') return undefined;
  return owed('CALL_STATE_UPDATE', record.project, url, callJson(record));
}

/** An empty or failed recording is announced too. */
function recordingReady(record: RecordingRecord, linkTo: LinkTo | undefined): Owed | undefined {
  const url = record.recordingReady?.url;
  return url
    ? owed('RECORDING_READY', record.project, url, JSON.stringify(toRecording(record, 'full', linkTo)))
    : undefined;
}

function transcriptionReady(record: TranscriptionRecord): Owed | undefined {
  const url = record.ready?.url;
  return url
    ? owed('TRANSCRIPTION_READY', record.project, url, JSON.stringify(toTranscription(record, 'full')))
    : undefined;
}

function faxReady(record: FaxRecord, linkTo: LinkTo | undefined): Owed | undefined {
  const url = record.ready?.url;
  return url ? owed('FAX_READY', record.project, url, JSON.stringify(toFax(record, 'full', linkTo))) : undefined;
}

const owed = (event: string, project: string, url: string, body: string): Owed => ({
  event,
  project,
  urls: [url],
  contentType: 'application/json; charset=utf-8',
  body,
});
