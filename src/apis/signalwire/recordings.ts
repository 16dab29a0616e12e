/** Recordings of the project, of a call and of a conference (LaML 6.3 to 6.5); getting one is in `media.ts`. */
import type { Steering } from '../../journal.ts';
import type { RecordingRecord } from '../../records.ts';
import { toRecordingJson } from '../../vendors/signalwire/recording-json.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import { ready } from '../setup.ts';
import { recordingOptionsOf } from './call-options.ts';
import { conferenceOf } from './conference-lookup.ts';
import { between, isBetween } from './date-filter.ts';
import { given, pageOf } from './gives.ts';
import { callOf, recordingOf } from './lookup.ts';
import { listed, pageParameters, sieved } from './paging.ts';
import { notFound, notInProgress, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

const dates = {
  DateCreated: 'The day or moment on which it began; `DateCreated<` and `DateCreated>` are until and since.',
};

interface Of {
  call?: string | undefined;
  conference?: string | undefined;
}

function page(asked: Asked, { call, conference }: Of): object {
  const { context, project, form, sids } = asked;
  const created = between(form, 'DateCreated');
  const wanted = (record: RecordingRecord) =>
    (conference === undefined || record.conference === conference) &&
    (call === undefined || record.call === call) &&
    isBetween(record.createTime, created);
  return listed<RecordingRecord>(asked, {
    key: 'recordings',
    find: sieved((piece) => context.store.findRecordings({ project, call, ...piece }), wanted),
    show: (record) => toRecordingJson(record, sids),
  });
}

/** A sid that is none of ours is of nothing. */
const idOfText = (sid: string | undefined): string | undefined => (sid === undefined ? undefined : (idOf(sid) ?? '-'));

const list: Route = {
  id: 'recordings.list',
  method: 'GET',
  path: '/Accounts/:account/Recordings',
  permission: 'voice.recordings.list',
  summary: 'Lists recordings, the newest first',
  parameters: { ...dates, CallSid: 'Of this call.', ConferenceSid: 'Of this conference.', ...pageParameters },
  answers: 'A page of `recordings`.',
  gives: pageOf('recordings', 'Recording'),
  answer: (asked) =>
    page(asked, {
      call: idOfText(asked.form.text('CallSid')),
      conference: idOfText(asked.form.text('ConferenceSid')),
    }),
};

const listOfCall: Route = {
  id: 'calls.recordings.list',
  method: 'GET',
  path: '/Accounts/:account/Calls/:call/Recordings',
  permission: 'voice.recordings.list',
  summary: 'Lists the recordings of a call',
  parameters: { ...dates, ...pageParameters },
  answers: 'A page of `recordings`.',
  gives: pageOf('recordings', 'Recording'),
  answer: (asked) => page(asked, { call: callOf(asked).id }),
};

const listOfConference: Route = {
  id: 'conferences.recordings.list',
  method: 'GET',
  path: '/Accounts/:account/Conferences/:conference/Recordings',
  permission: 'voice.recordings.list',
  summary: 'Lists the recordings of a conference',
  parameters: { ...dates, ...pageParameters },
  answers: 'A page of `recordings`.',
  gives: pageOf('recordings', 'Recording'),
  answer: (asked) => page(asked, { conference: conferenceOf(asked).id }),
};

const hearsOfIt = {
  RecordingStatusCallback: 'Hears of the recording.',
  RecordingStatusCallbackMethod: 'GET or POST (unless given).',
  RecordingStatusCallbackEvent: 'Of what: in-progress, completed (unless given), absent.',
  Trim: 'trim-silence or do-not-trim (unless given).',
};

const create: Route = {
  id: 'calls.recordings.create',
  method: 'POST',
  path: '/Accounts/:account/Calls/:call/Recordings',
  permission: 'voice.recordings.create',
  summary: 'Begins to record a call',
  parameters: {
    RecordingChannels: 'mono (unless given) or dual.',
    RecordingTrack: 'inbound, outbound or both (unless given).',
    ...hearsOfIt,
  },
  answers: 'The recording.',
  gives: given('Recording'),
  answer: async (asked) => {
    const { engine, ids, store } = asked.context;
    const call = callOf(asked);
    const options = recordingOptionsOf(asked.form, 'api', false);
    if (call.state !== 'inProgress') throw notInProgress();
    ready(store);
    const recording = ids.next();
    engine.act(call.id, { type: 'act.record', recording, options });
    await engine.committed();
    return toRecordingJson(store.recording(recording) ?? refuseGone(), asked.sids);
  },
};

const createOfConference: Route = {
  id: 'conferences.recordings.create',
  method: 'POST',
  path: '/Accounts/:account/Conferences/:conference/Recordings',
  permission: 'voice.recordings.create',
  summary: 'Begins to record a conference',
  parameters: hearsOfIt,
  answers: 'The recording.',
  gives: given('Recording'),
  answer: async (asked) => {
    const { engine, ids, store } = asked.context;
    const conference = conferenceOf(asked);
    const options = { ...recordingOptionsOf(asked.form, 'api', false), channels: 1 } as const;
    if (conference.state !== 'inProgress') throw notInProgress();
    ready(store);
    const recording = ids.next();
    engine.conferences.act(asked.project, conference.id, { type: 'startRecording', recording, options });
    await engine.committed();
    return toRecordingJson(store.recording(recording) ?? refuseGone(), asked.sids);
  },
};

function refuseGone(): never {
  throw notInProgress();
}

const whats = { paused: 'silence', 'in-progress': 'resume', stopped: 'stop' } as const;

/** The recording that goes on, when no other is named. */
const current = 'Twilio.CURRENT';

const goesOn = ({ state, stopped }: RecordingRecord) => state === 'pending' && !stopped;

function steered(asked: Asked, belongs: (recording: RecordingRecord) => boolean): RecordingRecord {
  const { context, project } = asked;
  const running = sieved<RecordingRecord>(
    (piece) => context.store.findRecordings({ project, ...piece }),
    (one) => belongs(one) && goesOn(one),
  );
  const isCurrent = asked.sid('recording') === current;
  const record = isCurrent ? running({ after: undefined, limit: 1 })[0] : recordingOf(asked);
  if (!record || !belongs(record)) throw notFound('the recording');
  if (!goesOn(record)) throw new Refusal(21220, 'the recording is not in progress');
  return record;
}

const steering = {
  Status: 'paused, in-progress or stopped.',
  PauseBehavior: 'silence (unless given): the pause is heard as silence; skip: it is cut out.',
};

function whatOf({ form }: Asked): Steering {
  const isSkipped = form.choice('PauseBehavior', ['skip', 'silence'], 10000) === 'skip';
  const status = form.choice('Status', ['paused', 'in-progress', 'stopped'], 10000);
  if (status === undefined) throw new Refusal(10000, 'Status is needed: paused, in-progress or stopped');
  return status === 'paused' && isSkipped ? 'pause' : whats[status];
}

const shownAfter = async (asked: Asked, { id }: RecordingRecord): Promise<object> => {
  await asked.context.engine.committed();
  return toRecordingJson(asked.context.store.recording(id) ?? refuseGone(), asked.sids);
};

const update: Route = {
  id: 'calls.recordings.update',
  method: 'POST',
  path: '/Accounts/:account/Calls/:call/Recordings/:recording',
  permission: 'voice.recordings.update',
  summary: 'Pauses, resumes or ends a recording of a call; Twilio.CURRENT is the one that goes on',
  parameters: steering,
  answers: 'The recording.',
  gives: given('Recording'),
  answer: async (asked) => {
    const call = callOf(asked);
    const what = whatOf(asked);
    const record = steered(asked, (one) => one.call === call.id && one.conference === undefined);
    asked.context.engine.act(call.id, { type: 'act.recording', recording: record.id, what });
    return shownAfter(asked, record);
  },
};

const updateOfConference: Route = {
  id: 'conferences.recordings.update',
  method: 'POST',
  path: '/Accounts/:account/Conferences/:conference/Recordings/:recording',
  permission: 'voice.recordings.update',
  summary: 'Pauses, resumes or ends a recording of a conference',
  parameters: steering,
  answers: 'The recording.',
  gives: given('Recording'),
  answer: async (asked) => {
    const { id } = conferenceOf(asked);
    const what = whatOf(asked);
    const record = steered(asked, (one) => one.conference === id);
    asked.context.engine.conferences.act(asked.project, id, { type: 'record', recording: record.id, what });
    return shownAfter(asked, record);
  },
};

const remove = (id: string, place: string, belongs: (asked: Asked, record: RecordingRecord) => boolean): Route => ({
  id,
  method: 'DELETE',
  path: `/Accounts/:account${place}/Recordings/:recording`,
  permission: 'voice.recordings.delete',
  summary: 'Deletes a recording and its audio',
  status: 204,
  answers: 'Nothing.',
  answer: async (asked) => {
    const { file } = await asked.context.setup.change(() => {
      const record = recordingOf(asked);
      if (!belongs(asked, record)) throw notFound('the recording');
      if (record.state === 'pending')
        throw new Refusal(20009, 'the recording has not ended: it cannot be deleted', 422);
      return { changes: [{ type: 'recording', record, deleted: true }], answer: record };
    });
    if (file !== undefined) await asked.context.removeFile(file);
  },
});

export const recordings = [
  list,
  remove('recordings.delete', '', () => true),
  create,
  listOfCall,
  update,
  remove('calls.recordings.delete', '/Calls/:call', (asked, { call }) => idOf(asked.sid('call')) === call),
  listOfConference,
  createOfConference,
  updateOfConference,
  remove(
    'conferences.recordings.delete',
    '/Conferences/:conference',
    (asked, { conference }) => idOf(asked.sid('conference')) === conference,
  ),
];
