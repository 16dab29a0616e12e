/** One record of each kind, for tests: everything about it is written here, what differs is given. */
import type { CallOptions, CallRecord } from '../../src/records/call.ts';
import type { ConferenceRecord, ParticipantRecord } from '../../src/records/conference.ts';
import type { FaxRecord } from '../../src/records/fax.ts';
import type { MessageRecord } from '../../src/records/message.ts';
import type { RecordingRecord, TranscriptionRecord } from '../../src/records/recording.ts';

const noon = Date.UTC(2024, 4, 1, 12);

/** An id as the engine makes it. */
export const idOf = (last: string) => `018f340b6e000001${'0'.repeat(12 - last.length)}${last}`;

const post = (url: string) => ({ url, method: 'POST' }) as const;

/** A call that came in, and nothing has happened yet. */
export const callRecord = (differing: Partial<CallRecord> = {}): CallRecord => ({
  id: idOf('c1'),
  project: 'demo',
  dialect: 'voiceml',
  to: '+61255501234',
  from: '+61491570006',
  transport: 'PSTN',
  direction: 'incoming',
  createMethod: 'incomingCall',
  family: idOf('c1'),
  state: 'starting',
  createTime: noon,
  startTime: noon,
  updateTime: noon,
  labels: {},
  bridged: false,
  mode: 'document',
  ...differing,
});

export const callOptions = (differing: Partial<CallOptions> = {}): CallOptions => ({
  handlerUrls: [post('https://app.example.test/voice')],
  stateCallback: post('https://app.example.test/state'),
  ringMs: 30_000,
  ...differing,
});

/** A call made through the API, on its way. */
export const apiCall = (differing: Partial<CallRecord> = {}): CallRecord =>
  callRecord({ direction: 'outgoing', createMethod: 'api', options: callOptions(), ...differing });

export const recordingRecord = (differing: Partial<RecordingRecord> = {}): RecordingRecord => ({
  id: idOf('e1'),
  call: idOf('c1'),
  project: 'demo',
  dialect: 'voiceml',
  state: 'succeeded',
  source: 'record',
  channels: 1,
  trim: true,
  transcribe: false,
  ms: 4250,
  file: 'recordings/e1.wav',
  bytes: 68_044,
  createTime: noon,
  startTime: noon + 120,
  recordingReady: post('https://app.example.test/recording'),
  ...differing,
});

export const transcriptionRecord = (differing: Partial<TranscriptionRecord> = {}): TranscriptionRecord => ({
  id: idOf('a1'),
  recording: idOf('e1'),
  call: idOf('c1'),
  project: 'demo',
  dialect: 'voiceml',
  state: 'completed',
  ms: 4250,
  channels: 2,
  createTime: noon,
  updateTime: noon + 2000,
  ready: post('https://app.example.test/transcription'),
  utterances: [
    { channel: 1, offsetMs: 1500, ms: 700, text: 'Hello.' },
    { channel: 0, offsetMs: 0, ms: 1000, text: 'Good morning.' },
  ],
  ...differing,
});

export const faxRecord = (differing: Partial<FaxRecord> = {}): FaxRecord => ({
  id: idOf('fa'),
  call: idOf('c1'),
  project: 'demo',
  dialect: 'voiceml',
  to: '+61255501234',
  from: '+61491570006',
  pages: 2,
  file: 'faxes/fa.tiff',
  startTime: noon,
  createTime: noon + 30_000,
  ready: post('https://app.example.test/fax'),
  ...differing,
});

/** A text message that was sent in a call. */
export const messageRecord = (differing: Partial<MessageRecord> = {}): MessageRecord => ({
  id: idOf('ae'),
  call: idOf('c1'),
  project: 'demo',
  dialect: 'laml',
  to: '+61491570006',
  from: '+61255501234',
  text: 'On our way.',
  state: 'sent',
  createTime: noon + 5_000,
  updateTime: noon + 6_000,
  sendTime: noon + 6_000,
  ...differing,
});

/** A conference that goes on. */
export const conferenceRecord = (differing: Partial<ConferenceRecord> = {}): ConferenceRecord => ({
  id: idOf('f1'),
  project: 'demo',
  dialect: 'laml',
  family: idOf('c1'),
  name: 'standup',
  state: 'inProgress',
  createTime: noon,
  updateTime: noon,
  recordings: [],
  count: 3,
  ...differing,
});

export const participantRecord = (differing: Partial<ParticipantRecord> = {}): ParticipantRecord => ({
  id: idOf('a1'),
  conference: idOf('f1'),
  call: idOf('c1'),
  project: 'demo',
  dialect: 'laml',
  family: idOf('c1'),
  state: 'inProgress',
  muted: false,
  held: false,
  starts: true,
  ends: false,
  beepOnExit: true,
  createTime: noon,
  updateTime: noon,
  ...differing,
});
