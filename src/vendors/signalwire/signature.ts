import { createHash } from 'node:crypto';
import { hmac } from '../hmac.ts';
import { withQuery } from './form.ts';

/**
 * The signature of a request (LaML 3.7): over its URL, and over each parameter of a form in the order of their names.
 *
 * @param key the bytes of the signing key's text
 * @param url as it is asked, without fragment
 * @param form the body of a POST; empty for a GET
 */
export function sign(key: Uint8Array | string, url: string, form: string | URLSearchParams = ''): string {
  const parameters = new URLSearchParams(form);
  parameters.sort();
  let signed = signedUrl(url);
  for (const [name, value] of parameters) signed += name + value;
  return hmac('sha1', typeof key === 'string' ? Buffer.from(key) : key, signed);
}

/** The URL that is asked and signed when the body is no form: a digest in the query stands for it. */
export const withBodyDigest = (url: string, body: string | Uint8Array): string =>
  withQuery(url, `bodySHA256=${createHash('sha256').update(body).digest('hex')}`);

/** As it is asked: what verifiers put into another form is in that form already. */
export function signedUrl(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return url;
  if (url.includes('#')) parsed.hash = '';
  return parsed.href;
}

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
