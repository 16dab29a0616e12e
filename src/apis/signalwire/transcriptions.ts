/** What was said in recordings (LaML 6.7). */
import type { RecordingRecord, TranscriptionRecord } from '../../records/recording.ts';
import { toTranscriptionJson } from '../../vendors/signalwire/recording-json.ts';
import { idIn, recordingOf } from './lookup.ts';
import { listed, sieved } from './paging.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked } from './route.ts';
import { routesOf } from './routes-of.ts';

const kind = { permission: 'voice.transcriptions', component: 'Transcription', key: 'transcriptions' } as const;

const all = routesOf({ ...kind, id: 'transcriptions', path: '/Transcriptions', one: 'a transcription' });

const below = routesOf({
  ...kind,
  id: 'recordings.transcriptions',
  path: '/Recordings/:recording/Transcriptions',
  one: 'a transcription of a recording',
  named: 'transcription',
});

function existing(asked: Asked, of?: RecordingRecord): TranscriptionRecord {
  const record = asked.context.store.transcription(idIn(asked, 'transcription'));
  if (record?.project !== asked.project || (of && record.recording !== of.id)) throw notFound('the transcription');
  return record;
}

const page = (asked: Asked, of?: RecordingRecord) =>
  listed<TranscriptionRecord>(asked, {
    key: 'transcriptions',
    find: sieved(
      (piece) => asked.context.store.findTranscriptions({ project: asked.project, call: of?.call, ...piece }),
      ({ recording }) => of === undefined || recording === of.id,
    ),
    show: (record) => toTranscriptionJson(record, asked.sids),
  });

const remove = async (asked: Asked, of?: RecordingRecord): Promise<void> =>
  asked.context.setup.change(() => {
    const record = existing(asked, of);
    if (record.state === 'pending') throw new Refusal(20009, 'the transcription is not finished yet', 422);
    return { changes: [{ type: 'transcription', record, deleted: true }], answer: undefined };
  });

export const transcriptions = [
  all.list({ answer: (asked) => page(asked) }),
  below.list({
    summary: 'Lists the transcriptions of a recording',
    answer: (asked) => page(asked, recordingOf(asked)),
  }),
  all.get({ answer: (asked) => toTranscriptionJson(existing(asked), asked.sids) }),
  below.get({ answer: (asked) => toTranscriptionJson(existing(asked, recordingOf(asked)), asked.sids) }),
  all.remove({ answer: (asked) => remove(asked) }),
  below.remove({ answer: (asked) => remove(asked, recordingOf(asked)) }),
];
