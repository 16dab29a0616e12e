import type { ConferenceRecord } from '../../records.ts';
import { idIn } from './lookup.ts';
import { notFound } from './refusal.ts';
import type { Asked } from './route.ts';

export function conferenceOf(asked: Asked): ConferenceRecord {
  const record = asked.context.engine.conferences.get(asked.project, idIn(asked, 'conference'));
  if (!record) throw notFound('the conference');
  return record;
}
