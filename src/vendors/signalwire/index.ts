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
  headers: ({ contentType, body }, key, url) => {
    const signed = signatureHeaders(sign(signingText(key), url, body));
    return body === '' ? signed : { 'content-type': contentType, ...signed };
  },
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
  switch (output?.type) {
    case 'call.created':
    case 'call.changed':
      return callCallback(output, publicUrl);
    case 'call.recognized':
      return machineCallback(output);
    case 'recording.began':
    case 'recording.ended':
      return recordingCallback(output, publicUrl);
    case 'transcription.ended':
      return transcriptionCallback(output, publicUrl);
    case 'message.ended':
      return messageCallback(output);
    case 'fork.changed':
    case 'fork.transcribed':
      return streamCallback(output);
    case 'payment.changed':
      return payCallback(output);
    case 'checkout.changed':
      return checkoutCallback(output);
    case 'conference.event':
    case 'conference.recorded':
      return conferenceCallback(entry, publicUrl);
    default:
      return undefined;
  }
}
