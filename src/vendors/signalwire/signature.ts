import { createHash } from 'node:crypto';
import { knownUrl } from '../../http/known-url.ts';
import { hmac } from '../hmac.ts';
import { type Parameters, withQuery } from './form.ts';

/**
 * The signature of a request (LaML 3.7): over its URL, and over each parameter of a form in the order of their names.
 *
 * @param key the bytes of the signing key's text
 * @param url as it is asked, without fragment
 * @param form the body of a POST, or the parameters that it spells; empty for a GET
 */
export function sign(key: Uint8Array | string, url: string, form: string | Parameters = ''): string {
  const signed = signedUrl(url) + (typeof form === 'string' ? sortedForm(form) : sorted(form));
  return hmac('sha1', typeof key === 'string' ? Buffer.from(key) : key, signed);
}

/** What is signed of forms, as far as that is known from when they were spelled. */
const known = new Map<string, string>();
const most = 200;
/** A longer one has a transcription in it, or the like: two hundred of them would take much room. */
const mostCharacters = 8 * 1024;

/** Remembers what a form spells: most callbacks are sent at once, and need not be read again to be signed. */
export function rememberForm(form: string, parameters: Parameters): void {
  if (form.length > mostCharacters) return;
  if (known.size >= most) known.clear();
  known.set(form, sorted(parameters));
}

function sortedForm(form: string): string {
  return form === '' ? '' : (known.get(form) ?? readSorted(form));
}

function readSorted(form: string): string {
  const parameters = new URLSearchParams(form);
  parameters.sort();
  let text = '';
  for (const [name, value] of parameters) text += name + value;
  return text;
}

function sorted(parameters: Parameters): string {
  let text = '';
  for (const name of Object.keys(parameters).sort()) {
    const value = parameters[name];
    if (value !== undefined) text += name + value;
  }
  return text;
}

/** The URL that is asked and signed when the body is no form: a digest in the query stands for it. */
export const withBodyDigest = (url: string, body: string | Uint8Array): string =>
  withQuery(url, `bodySHA256=${createHash('sha256').update(body).digest('hex')}`);

/** As it is asked: what verifiers put into another form is in that form already. */
export const signedUrl = (url: string): string => knownUrl(url)?.href ?? url;

/** The key as applications have it: the text that is shown of a project's key, not the bytes which that stands for. */
export function signingText(key: Uint8Array): Uint8Array {
  let text = texts.get(key);
  if (!text) {
    text = Buffer.from(Buffer.from(key).toString('base64'));
    texts.set(key, text);
  }
  return text;
}

const texts = new WeakMap<Uint8Array, Uint8Array>();

/** Both names, since each vendor's library knows only its own. */
export const signatureHeaders = (signature: string): Record<string, string> => ({
  'x-signalwire-signature': signature,
  'x-twilio-signature': signature,
});
