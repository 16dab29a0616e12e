import type { Read } from '../vendor.ts';
import { isStandard } from './parameters.ts';
import { signedUrl } from './signature.ts';

/** Reads a request, or a callback, as an application does: a form in its body, or behind its query from CallSid on. */
export function read({ url, body }: { url: string; body: string }): Read | undefined {
  const sent = body === '' ? behindQuery(url) : { url, form: body };
  if (!sent || /^\s*[{[<]/.test(sent.form)) return undefined;
  const all = [...new URLSearchParams(sent.form)];
  // A conference is no call: whom it tells about is news.
  const isOfCall = all.every(([name]) => name !== 'ConferenceSid');
  const isKnown = (name: string) => isStandard(name) && (isOfCall || name !== 'CallSid');
  const call = all.filter(([name]) => isKnown(name));
  const state = all.find(([name]) => states.has(name));
  return {
    url: sent.url,
    parameters: all.filter((one) => one !== state && !isKnown(one[0]) && !alwaysTheSame.test(one[0])),
    call: new Map(call.map(([name, value]) => [name, value])),
    ...(state && { state: state[1] }),
  };
}

/** What a callback tells before all else. */
const states: ReadonlySet<string> = new Set([
  'StatusCallbackEvent',
  'RecordingStatus',
  'TranscriptionStatus',
  'SmsStatus',
  'CallStatus',
]);

/** Beside the time and the kind of a line they say nothing more. */
const alwaysTheSame = /^(?:Timestamp|CallbackSource|RecordingStartTime|DateCreated|DateUpdated|Unique-ID)$/;

/** What we put into a query begins with the sid of an account or a call. */
function behindQuery(written: string): { url: string; form: string } | undefined {
  const url = signedUrl(written);
  const found = /[?&](?=(?:CallSid|AccountSid)=)/.exec(url);
  return found ? { url: url.slice(0, found.index), form: url.slice(found.index + 1) } : undefined;
}
