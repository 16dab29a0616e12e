import type { FaxRecord } from '../../records/fax.ts';
import type { LinkTo } from '../vendor.ts';
import { timestamp } from './json.ts';
import { callName, faxName } from './names.ts';
import type { View } from './recording.ts';

/** A Fax as the API shows it (VoiceML 4.9): what is unset is undefined, and so left out of the JSON. */
export interface Fax {
  name: string;
  call: string;
  to: string;
  from: string | undefined;
  pageCount: number | undefined;
  readyUri: string | undefined;
  uri: string | undefined;
  startTime: string;
  createTime: string;
}

/** The record of a fax in the words of the API. */
export const toFax = (record: FaxRecord, view: View = 'full', linkTo?: LinkTo): Fax => ({
  name: faxName(record.project, record.id),
  call: callName(record.project, record.call),
  to: record.to,
  from: record.from || undefined,
  pageCount: record.pages || undefined,
  readyUri: record.ready?.url,
  uri:
    view === 'full' && record.file !== undefined
      ? linkTo?.(record.file, faxName(record.project, record.id))
      : undefined,
  startTime: timestamp(record.startTime),
  createTime: timestamp(record.createTime),
});
