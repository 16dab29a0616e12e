/** Enfonica: what happened comes in, the webhooks of its voice API go out. */
import type { Vendor } from '../vendor.ts';
import { callbackOf } from './callbacks.ts';
import { sign } from './signature.ts';

export const enfonica: Vendor = {
  callbackOf,
  headers: ({ event, contentType, body }, key, url) => ({
    'content-type': contentType,
    'x-enfonica-event': event,
    'x-enfonica-signature': sign(key, url, event, body),
  }),
  retryDelaysMs: [1, 2, 4, 8, 60, 1800, 3600, 7200].map((seconds) => seconds * 1000),
  attemptTimeoutMs: 15_000,
  maxRedirects: 5,
  redirectStatuses: [301, 302, 307, 308],
};
