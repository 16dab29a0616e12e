import { describe, expect, test } from 'vitest';
import { toFax } from '../../../src/vendors/enfonica/fax.ts';
import { toRecording } from '../../../src/vendors/enfonica/recording.ts';
import { toTranscription } from '../../../src/vendors/enfonica/transcription.ts';
import { faxRecord, idOf, recordingRecord, transcriptionRecord } from '../records.ts';

const linkTo = (file: string, _name: string, form = '') => `https://calls.example.test/${file}${form}`;
const seen = (representation: object) => JSON.parse(JSON.stringify(representation));

const call = `projects/demo/calls/${idOf('c1')}`;

describe('a recording', () => {
  const succeeded = {
    name: `${call}/recordings/${idOf('e1')}`,
    state: 'SUCCEEDED',
    source: 'RECORD_ACTION',
    duration: '4.250s',
    channelCount: 1,
    postProcessing: ['TRIM_SILENCE'],
    audio: [
      { mimeType: 'audio/x-wav', encoding: 'AUDIO_ENCODING_PCM_16BIT', sampleRate: 8000, sizeBytes: 68_044 },
      { mimeType: 'audio/mpeg', encoding: 'AUDIO_ENCODING_MP3', sampleRate: 8000, sizeBytes: 17_856 },
    ],
    startTime: '2024-05-01T12:00:00.120Z',
    createTime: '2024-05-01T12:00:00Z',
    readyUri: 'https://app.example.test/recording',
  };

  test('that succeeded lists its audio, with a link in the full view', () => {
    const uri = 'https://calls.example.test/recordings/e1.wav';
    const [wav, mp3] = succeeded.audio;
    const linked = {
      ...succeeded,
      audio: [
        { ...wav, uri },
        { ...mp3, uri: `${uri}mp3` },
      ],
    };
    expect(seen(toRecording(recordingRecord(), 'full', linkTo))).toEqual(linked);
    expect(seen(toRecording(recordingRecord(), 'basic', linkTo))).toEqual(succeeded);
    expect(seen(toRecording(recordingRecord()))).toEqual(succeeded);
  });

  test.for([
    [{ state: 'pending' }, { state: 'PENDING' }],
    [{ state: 'empty' }, { state: 'EMPTY' }],
    [
      { state: 'failed', error: 'timeout' },
      { state: 'FAILED', errorCode: 'TIMEOUT' },
    ],
    [
      { state: 'failed', error: 'internal' },
      { state: 'FAILED', errorCode: 'INTERNAL_ERROR' },
    ],
    [{ state: 'failed' }, { state: 'FAILED', errorCode: 'INTERNAL_ERROR' }],
  ] as const)('with %o shows %o and neither audio nor times', ([differing, shown]) => {
    const record = recordingRecord({ ...differing, source: 'call', channels: 2, trim: false });
    const { name, createTime, readyUri } = succeeded;
    expect(seen(toRecording(record, 'full', linkTo))).toEqual({
      name,
      source: 'CALL_RECORDING',
      channelCount: 2,
      createTime,
      readyUri,
      ...shown,
    });
  });
});

describe('a transcription', () => {
  const { utterances, ...basic } = {
    name: `${call}/transcriptions/${idOf('a1')}`,
    recording: `${call}/recordings/${idOf('e1')}`,
    state: 'COMPLETED',
    duration: '4.250s',
    channelCount: 2,
    createTime: '2024-05-01T12:00:00Z',
    updateTime: '2024-05-01T12:00:02Z',
    readyUri: 'https://app.example.test/transcription',
    utterances: [
      { offset: '0s', duration: '1s', text: 'Good morning.' },
      { channel: 1, offset: '1.500s', duration: '0.700s', text: 'Hello.' },
    ],
  };

  test('has what was said, in order of time, in the full view only', () => {
    expect(seen(toTranscription(transcriptionRecord()))).toEqual({ ...basic, utterances });
    expect(seen(toTranscription(transcriptionRecord(), 'basic'))).toEqual(basic);
  });

  test('that failed has no utterances', () => {
    const record = transcriptionRecord({ state: 'failed', utterances: [] });
    expect(seen(toTranscription(record))).toEqual({ ...basic, state: 'FAILED' });
  });
});

test('a fax belongs to its project, with a link in the full view', () => {
  const basic = {
    name: `projects/demo/faxes/${idOf('fa')}`,
    call,
    to: '+61255501234',
    from: '+61491570006',
    pageCount: 2,
    readyUri: 'https://app.example.test/fax',
    startTime: '2024-05-01T12:00:00Z',
    createTime: '2024-05-01T12:00:30Z',
  };
  expect(seen(toFax(faxRecord(), 'full', linkTo))).toEqual({
    ...basic,
    uri: 'https://calls.example.test/faxes/fa.tiff',
  });
  expect(seen(toFax(faxRecord(), 'basic', linkTo))).toEqual(basic);
  expect(seen(toFax(faxRecord()))).toEqual(basic);
});
