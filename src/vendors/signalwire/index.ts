/** SignalWire: what happened comes in, the callbacks of its LaML and Compatibility API go out. */
import type { JournalEntry } from '../../journal/journal.ts';
import type { LinkTo, Owed, Vendor } from '../vendor.ts';
import { callCallback, machineCallback } from './call-callbacks.ts';
import { checkoutCallback } from './checkouts.ts';
import { conferenceCallback } from './conference-callbacks.ts';
import { messageCallback } from './message-callbacks.ts';
import { attemptTimeoutMs, maxRedirects, redirectStatuses, redirectStatusesToGet, timeoutsOf } from './overrides.ts';
import { connectorBody, payCallback, readConnector } from './payments.ts';
import { read } from './read.ts';
import { recordingCallback, transcriptionCallback } from './recording-callbacks.ts';
import { idOf } from './sids.ts';
import { sign, signatureHeaders, signingText } from './signature.ts';
import { streamCallback } from './stream-callbacks.ts';
import { streamWire } from './stream-messages.ts';

export const signalwire: Vendor = {
  callbackOf,
  headers: ({ contentType, body }, key, url) => ({
    ...(body !== '' && { 'content-type': contentType }),
    ...signatureHeaders(sign(signingText(key), url, body)),
  }),
  retryDelaysMs: [1000, 5000],
  attemptTimeoutMs,
  maxRedirects,
  redirectStatuses,
  redirectStatusesToGet,
  timeoutsOf,
  read,
  streamWire,
  connectors: { spell: connectorBody, read: readConnector },
  idIn: idOf,
};

function callbackOf(entry: JournalEntry, _linkTo?: LinkTo, publicUrl?: string): Owed | undefined {
  const { output } = entry;
  if (!output) return undefined;
  return (
    callCallback(output, publicUrl) ??
    machineCallback(output) ??
    recordingCallback(output, publicUrl) ??
    transcriptionCallback(output, publicUrl) ??
    messageCallback(output) ??
    streamCallback(output) ??
    payCallback(output) ??
    checkoutCallback(output) ??
    conferenceCallback(entry, publicUrl)
  );
}
