/** What was said in recordings (LaML 6.7). */
import type { TranscriptionRecord } from '../../records.ts';
import { toTranscriptionJson } from '../../vendors/signalwire/recording-json.ts';
import { given, pageOf } from './gives.ts';
import { idIn, recordingOf } from './lookup.ts';
import { listed, pageParameters, sieved } from './paging.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

const path = '/Accounts/:account/Transcriptions/:transcription';

function existing(asked: Asked): TranscriptionRecord {
  const record = asked.context.store.transcription(idIn(asked, 'transcription'));
  if (record?.project !== asked.project) throw notFound('the transcription');
  return record;
}

const page = (asked: Asked, recording: string | undefined) =>
  listed<TranscriptionRecord>(asked, {
    key: 'transcriptions',
    find: sieved(
      (piece) => asked.context.store.findTranscriptions({ project: asked.project, ...piece }),
      (record) => recording === undefined || record.recording === recording,
    ),
    show: (record) => toTranscriptionJson(record, asked.sids),
  });

const list: Route = {
  id: 'transcriptions.list',
  method: 'GET',
  path: '/Accounts/:account/Transcriptions',
  permission: 'voice.transcriptions.list',
  summary: 'Lists transcriptions, the newest first',
  parameters: pageParameters,
  answers: 'A page of `transcriptions`.',
  gives: pageOf('transcriptions', 'Transcription'),
  answer: (asked) => page(asked, undefined),
};

const listOfRecording: Route = {
  id: 'recordings.transcriptions.list',
  method: 'GET',
  path: '/Accounts/:account/Recordings/:recording/Transcriptions',
  permission: 'voice.transcriptions.list',
  summary: 'Lists the transcriptions of a recording',
  parameters: pageParameters,
  answers: 'A page of `transcriptions`.',
  gives: pageOf('transcriptions', 'Transcription'),
  answer: (asked) => page(asked, recordingOf(asked).id),
};

const get: Route = {
  id: 'transcriptions.get',
  method: 'GET',
  path,
  permission: 'voice.transcriptions.get',
  summary: 'Shows a transcription',
  answers: 'The transcription.',
  gives: given('Transcription'),
  answer: (asked) => toTranscriptionJson(existing(asked), asked.sids),
};

const remove: Route = {
  id: 'transcriptions.delete',
  method: 'DELETE',
  path,
  permission: 'voice.transcriptions.delete',
  summary: 'Deletes a transcription',
  status: 204,
  answers: 'Nothing.',
  answer: async (asked) => {
    await asked.context.setup.change(() => {
      const record = existing(asked);
      if (record.state === 'pending') throw new Refusal(20009, 'the transcription is not finished yet', 422);
      return { changes: [{ type: 'transcription', record, deleted: true }], answer: undefined };
    });
  },
};

export const transcriptions = [list, listOfRecording, get, remove];
