/** Recordings of the project, of a call and of a conference (LaML 6.3 to 6.5); getting one is in `media.ts`. */
import type { Steering } from '../../journal/act.ts';
import type { RecordingRecord } from '../../records/recording.ts';
import { toRecordingJson } from '../../vendors/signalwire/recording-json.ts';
import { ready } from '../setup.ts';
import { recordingOptionsOf } from './call-options.ts';
import { between, isBetween } from './date-filter.ts';
import { given, pageOf } from './gives.ts';
import { recordingOf } from './lookup.ts';
import { listed, pageParameters, sieved } from './paging.ts';
import { isBelow, type Named, namedIn, type Place, places, recordingsNear } from './recording-places.ts';
import { notFound, notInProgress, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

const listing = {
  method: 'GET',
  permission: 'voice.recordings.list',
  answers: 'A page of `recordings`.',
  gives: pageOf('recordings', 'Recording'),
} as const;

const listParameters = {
  DateCreated: 'The day or moment on which it began; `DateCreated<` and `DateCreated>` are until and since.',
  ...pageParameters,
};

function page(asked: Asked, named: Named): object {
  const created = between(asked.form, 'DateCreated');
  return listed<RecordingRecord>(asked, {
    key: 'recordings',
    find: sieved(
      recordingsNear(asked, named),
      (record) => isBelow(record, named) && isBetween(record.createTime, created),
    ),
    show: (record) => toRecordingJson(record, asked.sids),
  });
}

const list: Route = {
  id: 'recordings.list',
  path: '/Accounts/:account/Recordings',
  summary: 'Lists recordings, the newest first',
  ...listing,
  parameters: { CallSid: 'Of this call.', ConferenceSid: 'Of this conference.', ...listParameters },
  answer: (asked) => page(asked, { call: asked.form.text('CallSid'), conference: asked.form.text('ConferenceSid') }),
};

const listBelow = ({ id, path, what, find }: Place): Route => ({
  id: `${id}.recordings.list`,
  path: `/Accounts/:account${path}/Recordings`,
  summary: `Lists the recordings of ${what}`,
  ...listing,
  parameters: listParameters,
  answer: (asked) => {
    find(asked);
    return page(asked, namedIn(asked));
  },
});

const create = ({ id, path, what, parameters, find }: Place): Route => ({
  id: `${id}.recordings.create`,
  method: 'POST',
  path: `/Accounts/:account${path}/Recordings`,
  permission: 'voice.recordings.create',
  summary: `Begins to record ${what}`,
  parameters: {
    ...parameters,
    RecordingStatusCallback: 'Hears of the recording.',
    RecordingStatusCallbackMethod: 'GET or POST (unless given).',
    RecordingStatusCallbackEvent: 'Of what: in-progress, completed (unless given), absent.',
    Trim: 'trim-silence or do-not-trim (unless given).',
  },
  answers: 'The recording.',
  gives: given('Recording'),
  answer: async (asked) => {
    const { ids, store } = asked.context;
    const { goesOn, begin } = find(asked);
    const options = recordingOptionsOf(asked.form, 'api', false);
    if (!goesOn) throw notInProgress();
    ready(store);
    const recording = ids.next();
    begin(recording, options);
    return shownAfter(asked, recording);
  },
});

/** As it is once what was done to it is kept. */
async function shownAfter({ context, sids }: Asked, id: string): Promise<object> {
  await context.engine.committed();
  const record = context.store.recording(id);
  if (!record) throw notInProgress();
  return toRecordingJson(record, sids);
}

const goesOn = ({ state, endTime }: RecordingRecord) => state === 'pending' && endTime === undefined;

/** The newest that goes on, when no other is named. */
const current = 'Twilio.CURRENT';

function steered(asked: Asked): RecordingRecord {
  const named = namedIn(asked);
  const running = sieved(recordingsNear(asked, named), (one) => isBelow(one, named) && goesOn(one));
  const isCurrent = asked.sid('recording') === current;
  const record = isCurrent ? running({ after: undefined, limit: 1 })[0] : recordingOf(asked);
  if (!record || !isBelow(record, named)) throw notFound('the recording');
  if (!goesOn(record)) throw new Refusal(21220, 'the recording is not in progress');
  return record;
}

const whats = { paused: 'silence', 'in-progress': 'resume', stopped: 'stop' } as const;

function whatOf({ form }: Asked): Steering {
  const isSkipped = form.choice('PauseBehavior', ['skip', 'silence'], 10000) === 'skip';
  const status = form.choice('Status', ['paused', 'in-progress', 'stopped'], 10000);
  if (status === undefined) throw new Refusal(10000, 'Status is needed: paused, in-progress or stopped');
  return status === 'paused' && isSkipped ? 'pause' : whats[status];
}

const update = ({ id, path, what, find }: Place): Route => ({
  id: `${id}.recordings.update`,
  method: 'POST',
  path: `/Accounts/:account${path}/Recordings/:recording`,
  permission: 'voice.recordings.update',
  summary: `Pauses, resumes or ends a recording of ${what}; Twilio.CURRENT is the one that goes on`,
  parameters: {
    Status: 'paused, in-progress or stopped.',
    PauseBehavior: 'silence (unless given): the pause is heard as silence; skip: it is cut out.',
  },
  answers: 'The recording.',
  gives: given('Recording'),
  answer: async (asked) => {
    const { steer } = find(asked);
    const how = whatOf(asked);
    const record = steered(asked);
    steer(record.id, how);
    return shownAfter(asked, record.id);
  },
});

const remove = (id: string, path: string): Route => ({
  id,
  method: 'DELETE',
  path: `/Accounts/:account${path}/Recordings/:recording`,
  permission: 'voice.recordings.delete',
  summary: 'Deletes a recording and its audio',
  status: 204,
  answers: 'Nothing.',
  answer: async (asked) => {
    const { file } = await asked.context.setup.change(() => {
      const record = recordingOf(asked);
      if (!isBelow(record, namedIn(asked))) throw notFound('the recording');
      if (record.state === 'pending')
        throw new Refusal(20009, 'the recording has not ended: it cannot be deleted', 422);
      return { changes: [{ type: 'recording', record, deleted: true }], answer: record };
    });
    if (file !== undefined) await asked.context.removeFile(file);
  },
});

export const recordings = [
  list,
  remove('recordings.delete', ''),
  ...places.flatMap((place) => [
    create(place),
    listBelow(place),
    update(place),
    remove(`${place.id}.recordings.delete`, place.path),
  ]),
];
