import type { LegCommand } from '../../src/telephony/leg-command.ts';
import type { LegEvent } from '../../src/telephony/leg-event.ts';

/** Whether this ends the command of this id. */
export const isEndOf = (id: string, event: LegEvent) =>
  (event.type === 'leg.done' || event.type === 'leg.stopped' || event.type === 'leg.failed') && event.id === id;

/** One of each. */
export const everyCommand: readonly LegCommand[] = [
  { type: 'ring' },
  { type: 'progress' },
  { type: 'answer' },
  {
    type: 'play',
    id: 'play',
    sounds: [
      { type: 'speech', text: 'Hello, this is the machine.', loops: 3 },
      { type: 'audio', url: 'https://app.example/hello.wav' },
    ],
  },
  { type: 'stop', id: 'nothing' },
  { type: 'sendDigits', id: 'digits', digits: '1w2' },
  { type: 'record', id: 'record', channels: 2, maxMs: 50_000, silenceMs: 5_000, trim: true },
  { type: 'pauseRecording', id: 'record' },
  { type: 'resumeRecording', id: 'record' },
  { type: 'listen', id: 'listen' },
  {
    type: 'detectMachine',
    id: 'detect',
    until: 'answer',
    timeoutMs: 30_000,
    speechMs: 2_400,
    speechEndMs: 1_200,
    silenceMs: 5_000,
  },
  { type: 'stream', id: 'stream', name: 'projects/demo/streams/one' },
  {
    type: 'openStream',
    id: 'socket',
    url: 'wss://ears.example/live',
    track: 'both',
    codec: 'PCMU@8000h',
    realtime: false,
    bothWays: false,
    parameters: {},
    call: 'call',
    project: 'demo',
    dialect: 'none',
  },
  { type: 'transcribe', id: 'transcribe', track: 'both', partial: true },
  { type: 'refer', id: 'refer', to: '+15555550400' },
  { type: 'receiveFax', id: 'fax', timeoutMs: 10_000 },
  { type: 'echo', id: 'echo' },
  { type: 'denoise', on: true },
  { type: 'siprec', id: 'siprec', connector: 'recorder', track: 'both', parameters: {} },
  { type: 'conceal', on: true },
];
