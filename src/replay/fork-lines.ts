import type { ForkRecord } from '../records/fork.ts';
import { type Scene, seconds } from './scene.ts';
import type { Tellings } from './tell.ts';

const words: Readonly<Record<ForkRecord['kind'], string>> = {
  socket: 'stream',
  siprec: 'copy',
  transcription: 'live text',
  recording: 'recording',
};

const tracks = { received: 'what comes in', sent: 'what goes out', both: 'both sides' };

/** Audio that goes elsewhere while its call goes on. */
export const forkLines: Tellings<'fork.changed' | 'fork.transcribed'> = {
  'fork.changed': ({ record }, scene) => {
    const { id, kind, state, startTime, createTime, updateTime, failure } = record;
    const name = scene.christen(id, words[kind], true);
    if (state === 'starting') scene.tell('engine', `begins ${name}${aboutText(record, scene)}`);
    if (state === 'started')
      scene.tell(name, updateTime > createTime ? `is open after ${seconds(updateTime - createTime)}` : 'is open');
    if (state === 'stopped')
      scene.tell(name, startTime === undefined ? 'is given up' : `ends after ${seconds(updateTime - startTime)}`);
    if (state === 'failed') scene.tell(name, `fails: ${failure?.code} ${failure?.reason}`);
  },
  'fork.transcribed': ({ record, track, text, partial }, scene) => {
    const side = record.labels?.[track] ?? (track === 'received' ? 'party' : 'other side');
    scene.tell(scene.name(record.id), `${side}${partial ? ' so far' : ''}: "${text}"`);
  },
};

function aboutText({ call, conference, url, track, bothWays, name, id }: ForkRecord, scene: Scene): string {
  const whose = call === undefined ? ` of ${scene.name(conference ?? '')}` : scene.whom(' of ', call);
  const where = url === undefined ? '' : ` to ${url || 'nowhere'}`;
  const named = name === id ? '' : ` (${name})`;
  return `${named}${whose}${where}: ${bothWays ? 'both ways' : tracks[track]}`;
}
