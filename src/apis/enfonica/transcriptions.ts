/** Transcriptions: shown, listed, deleted (VoiceML 4.8). */
import type { TranscriptionRecord } from '../../records/recording.ts';
import { transcriptionName } from '../../vendors/enfonica/names.ts';
import { toTranscription } from '../../vendors/enfonica/transcription.ts';
import { given, nothing, pageOf } from './gives.ts';
import { message, optional, view } from './kinds.ts';
import { pageFields } from './paging.ts';
import { answerProducts } from './products.ts';
import { notFound, Refusal } from './refusal.ts';
import { type Context, route } from './route.ts';

const names = { BASIC: 'TRANSCRIPTION_VIEW_BASIC', FULL: 'TRANSCRIPTION_VIEW_FULL' } as const;
const asView = (about: string) => optional(view('TRANSCRIPTION_VIEW_UNSPECIFIED', names, about));
const listQuery = message({ ...pageFields, view: asView('BASIC unless given: without the utterances.') });
const path = '/projects/:project/calls/:call/transcriptions/:transcription';

function transcriptionOf({ store }: Context, project: string, call: string, id: string): TranscriptionRecord {
  const record = store.transcription(id);
  if (record?.project !== project || record.call !== call) throw notFound(transcriptionName(project, call, id));
  return record;
}

const getTranscription = route({
  id: 'transcriptions.get',
  method: 'GET',
  path,
  permission: 'voice.transcriptions.get',
  summary: 'Shows a transcription',
  query: message({ view: asView('FULL unless given: with what was said.') }),
  answers: 'Transcription',
  gives: given('Transcription'),
  answer: ({ context, project, id, query }) =>
    toTranscription(
      transcriptionOf(context, project, id('call'), id('transcription')),
      query.view === names.BASIC ? 'basic' : 'full',
    ),
});

const list = (id: string, listPath: string, summary: string) =>
  route({
    id,
    method: 'GET',
    path: listPath,
    permission: 'voice.transcriptions.list',
    summary,
    query: listQuery,
    answers: '{ transcriptions, nextPageToken }',
    gives: pageOf('transcriptions', 'Transcription'),
    answer: (asked) => {
      const shown = asked.query.view === names.FULL ? 'full' : 'basic';
      const { page, nextPageToken } = answerProducts(asked, 'transcriptions', (which) =>
        asked.context.store.findTranscriptions(which),
      );
      return { transcriptions: page?.map((record) => toTranscription(record, shown)), nextPageToken };
    },
  });

const deleteTranscription = route({
  id: 'transcriptions.delete',
  method: 'DELETE',
  path,
  permission: 'voice.transcriptions.delete',
  summary: 'Deletes a transcription',
  answers: '{}',
  gives: nothing,
  answer: ({ context, project, id }) =>
    context.setup.change(() => {
      const record = transcriptionOf(context, project, id('call'), id('transcription'));
      if (record.state === 'pending') throw new Refusal('FAILED_PRECONDITION', 'the transcription is not finished yet');
      return { changes: [{ type: 'transcription', record, deleted: true }], answer: {} };
    }),
});

export const transcriptions = [
  getTranscription,
  list(
    'transcriptions.list',
    '/projects/:project/calls/:call/transcriptions',
    'Lists the transcriptions of a call; `-` is any call',
  ),
  list('transcriptions.listAll', '/projects/:project/transcriptions', 'Lists the transcriptions of all calls'),
  deleteTranscription,
];
