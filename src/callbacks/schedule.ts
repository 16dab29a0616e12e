import { knownUrl } from '../http/known-url.ts';
import type { Delivery } from '../store/store.ts';

/** Where the next attempt goes: every URL once, then round again. */
export const nextUrl = ({ urls, attempts }: Delivery): string => urls[attempts % urls.length]!;

/**
 * How long after the end of this attempt the next one is due: at once while there are URLs that have not been tried,
 * then after one delay of the vendor's schedule each; undefined when it is exhausted.
 */
export function delayAfter({ urls, attempts }: Delivery, retryDelaysMs: readonly number[]): number | undefined {
  const tried = attempts + 1;
  return tried < urls.length ? 0 : retryDelaysMs[tried - urls.length];
}

/** A delivery after its last attempt. Written out, because leaving a property out of a copy costs ten times as much. */
export function endedAs(state: 'delivered' | 'givenUp', delivery: Delivery): Delivery {
  const ended: Delivery = {
    id: delivery.id,
    subject: delivery.subject,
    family: delivery.family,
    project: delivery.project,
    dialect: delivery.dialect,
    event: delivery.event,
    urls: delivery.urls,
    contentType: delivery.contentType,
    body: delivery.body,
    createTime: delivery.createTime,
    attempts: delivery.attempts + 1,
    state,
  };
  if (delivery.method) ended.method = delivery.method;
  return ended;
}

/** First attempts with the same key go one after the other; what a GET says stands in its query. */
export const orderOf = ({ subject, urls: [url = ''], method }: Delivery): string =>
  `${subject} ${method === 'GET' ? url.replace(/[?#].*/s, '') : url}`;

/** The scheme, host and port of a URL. */
export const hostOf = (url: string): string => knownUrl(url)?.origin ?? url;
