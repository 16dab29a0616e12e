/** What belongs to the project, by the sids of a path; nobody learns what others have. */
import type { CallRecord } from '../../records/call.ts';
import type { RecordingRecord } from '../../records/recording.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import { notFound } from './refusal.ts';
import type { Asked } from './route.ts';

/** The id that a sid of the path holds. */
export const idIn = ({ sid }: Pick<Asked, 'sid'>, name: string): string => idOf(sid(name)) ?? '';

/** As it is at this moment, committed or not. */
export function callOf(asked: Asked, name = 'call'): CallRecord {
  const { context, project } = asked;
  const id = idIn(asked, name);
  const record = context.engine.now(id) ?? context.store.call(id);
  if (record?.project !== project) throw notFound(`the call ${asked.sid(name).slice(0, 40)}`);
  return record;
}

export function recordingOf(asked: Asked): RecordingRecord {
  const record = asked.context.store.recording(idIn(asked, 'recording'));
  if (record?.project !== asked.project) throw notFound('the recording');
  return record;
}
