/** Recordings: shown, listed, deleted with their audio (VoiceML 4.7). */
import type { RecordingRecord } from '../../records/recording.ts';
import { recordingName } from '../../vendors/enfonica/names.ts';
import { toRecording, type View } from '../../vendors/enfonica/recording.ts';
import { linkTo } from './files.ts';
import { given, pageOf } from './gives.ts';
import { message, optional, view } from './kinds.ts';
import { pageFields } from './paging.ts';
import { answerProducts } from './products.ts';
import { notFound, Refusal } from './refusal.ts';
import { type Context, route } from './route.ts';

const names = { BASIC: 'BASIC', FULL: 'FULL' } as const;
const asView = (about: string) => optional(view('RECORDING_VIEW_UNSPECIFIED', names, about));
const listQuery = message({ ...pageFields, view: asView('BASIC unless given: without the links to the audio.') });
const path = '/projects/:project/calls/:call/recordings/:recording';

function recordingOf({ store }: Context, project: string, call: string, id: string): RecordingRecord {
  const record = store.recording(id);
  if (record?.project !== project || record.call !== call) throw notFound(recordingName(project, call, id));
  return record;
}

const spell = (context: Context, record: RecordingRecord, shown: View) => toRecording(record, shown, linkTo(context));

const getRecording = route({
  id: 'recordings.get',
  method: 'GET',
  path,
  permission: 'voice.recordings.get',
  summary: 'Shows a recording',
  query: message({ view: asView('FULL unless given: with links to the audio, which are valid for 60 minutes.') }),
  answers: 'Recording',
  gives: given('Recording'),
  answer: ({ context, project, id, query }) =>
    spell(
      context,
      recordingOf(context, project, id('call'), id('recording')),
      query.view === 'BASIC' ? 'basic' : 'full',
    ),
});

const list = (id: string, listPath: string, summary: string) =>
  route({
    id,
    method: 'GET',
    path: listPath,
    permission: 'voice.recordings.list',
    summary,
    query: listQuery,
    answers: '{ recordings, nextPageToken }',
    gives: pageOf('recordings', 'Recording'),
    answer: (asked) => {
      const shown = asked.query.view === 'FULL' ? 'full' : 'basic';
      const { page, nextPageToken } = answerProducts(asked, 'recordings', (which) =>
        asked.context.store.findRecordings(which),
      );
      return { recordings: page?.map((record) => spell(asked.context, record, shown)), nextPageToken };
    },
  });

const deleteRecording = route({
  id: 'recordings.delete',
  method: 'DELETE',
  path,
  permission: 'voice.recordings.delete',
  summary: 'Deletes a recording and its audio',
  answers: 'Recording, as it was',
  gives: given('Recording'),
  answer: async ({ context, project, id }) => {
    const record = await context.setup.change(() => {
      const found = recordingOf(context, project, id('call'), id('recording'));
      if (found.state === 'pending') throw new Refusal('FAILED_PRECONDITION', 'the recording is not finished yet');
      return { changes: [{ type: 'recording', record: found, deleted: true }], answer: found };
    });
    if (record.file !== undefined) await context.removeFile(record.file);
    return toRecording(record, 'basic');
  },
});

export const recordings = [
  getRecording,
  list(
    'recordings.list',
    '/projects/:project/calls/:call/recordings',
    'Lists the recordings of a call; `-` is any call',
  ),
  list('recordings.listAll', '/projects/:project/recordings', 'Lists the recordings of all calls'),
  deleteRecording,
];
