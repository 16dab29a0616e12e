import { hmac } from '../hmac.ts';

/**
 * The `X-Enfonica-Signature` of a request, for VoiceML requests and webhooks alike (VoiceML 2.8).
 *
 * @param key the raw bytes of the project's signing key, not its base64 spelling
 */
export function sign(key: Uint8Array, url: string, event: string, body: string): string {
  return hmac('sha256', key, signedUrl(url) + event + body);
}

/**
 * The URL as it was configured, but for what the receiver cannot know: it sees a request line, which has no fragment,
 * always a path, and nothing but printable ASCII. What is no URL is signed as it is.
 */
export function signedUrl(url: string): string {
  const seen = /[^!-~]/.test(url) ? (URL.parse(url)?.href ?? url) : url;
  const fragment = seen.indexOf('#');
  const sent = fragment === -1 ? seen : seen.slice(0, fragment);
  const host = sent.indexOf('://') + 3;
  const query = sent.indexOf('?', host);
  const beforeQuery = query === -1 ? sent : sent.slice(0, query);
  return beforeQuery.includes('/', host) ? sent : `${beforeQuery}/${sent.slice(beforeQuery.length)}`;
}
