import { expect, test } from 'vitest';
import {
  callName,
  faxName,
  type Named,
  parseName,
  recordingName,
  transcriptionName,
} from '../../../src/vendors/enfonica/names.ts';

const names: [string, string, Named][] = [
  ['a call', callName('demo', 'c1'), { type: 'call', project: 'demo', call: 'c1' }],
  [
    'a recording',
    recordingName('demo', 'c1', 'e1'),
    { type: 'recording', project: 'demo', call: 'c1', recording: 'e1' },
  ],
  [
    'a transcription',
    transcriptionName('demo', 'c1', 'a1'),
    { type: 'transcription', project: 'demo', call: 'c1', transcription: 'a1' },
  ],
  ['a fax', faxName('demo', 'f1'), { type: 'fax', project: 'demo', fax: 'f1' }],
];

test.for(names)('the name of %s, %s, can be read back', ([, name, named]) => {
  expect(parseName(name)).toEqual(named);
});

test.for([
  '',
  'projects/demo',
  'projects//calls/c1',
  'projects/demo/calls/',
  'projects/demo/calls/c1/',
  'projects/demo/calls/c1/recordings',
  'projects/demo/calls/c1/recordings/',
  'projects/demo/calls/c1/faxes/f1',
  'projects/demo/calls/c1/recordings/e1/audio',
  'projects/demo/faxes/f1/recordings/e1',
  'projects/demo/streams/s1',
  'project/demo/calls/c1',
])('"%s" is no name of these', (name) => {
  expect(parseName(name)).toBeUndefined();
});
