import type { CallRecord } from '../records/call.ts';
import { isE164, userOf } from '../verbs/addresses.ts';

const identityHeaders = ['p-asserted-identity', 'remote-party-id', 'from'];

/** What a child call shows as its caller unless told otherwise: whom this call itself shows or comes from. */
export function callerIdOf(record: CallRecord): string | undefined {
  if (record.callerId !== undefined) return record.callerId;
  if (record.isPrivate) return undefined;
  if (record.transport !== 'SIP') return record.from || undefined;
  const headers = Object.entries(record.sipHeaders ?? {});
  for (const name of identityHeaders) {
    const value = headers.find(([header]) => header.toLowerCase() === name)?.[1];
    if (value !== undefined) return userOf(value);
  }
  return isE164(record.from) ? record.from : userOf(record.from);
}
