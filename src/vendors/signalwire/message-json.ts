/** A text message as the API shows it. */
import type { MessageRecord } from '../../records/message.ts';
import { dateOrNull } from './call-json.ts';
import { rfc2822 } from './dates.ts';
import { unreachable } from './message-callbacks.ts';
import { apiVersion } from './parameters.ts';
import type { Spelling } from './spelling.ts';

/** @param status `queued` for whoever has just asked for it */
export function toMessageJson(message: MessageRecord, sids: Spelling, status: string = message.state): object {
  const { id, call, to, from, text, failure, createTime, updateTime, sendTime } = message;
  const sid = sids.sid('message', id);
  return {
    sid,
    account_sid: sids.account,
    api_version: apiVersion,
    body: text,
    date_created: rfc2822(createTime),
    date_updated: rfc2822(updateTime),
    date_sent: dateOrNull(sendTime),
    direction: call === undefined ? 'outbound-api' : 'outbound-call',
    error_code: failure === undefined ? null : unreachable,
    error_message: failure ?? null,
    from,
    to,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: String(segmentsOf(text)),
    price: null,
    price_unit: 'USD',
    status,
    subresource_uris: { media: null },
    uri: sids.uri(`/Messages/${sid}.json`),
  };
}

/** The alphabet of GSM 03.38, and what of it takes two places. */
const single = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ!"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà\f^{}\\[~\]|€]*$/;
const double = /[\f^{}\\[~\]|€]/g;

/** Into so many pieces a text is cut on its way: each of several has room for how they belong together. */
export function segmentsOf(text: string): number {
  const isSingle = single.test(text);
  const length = isSingle ? text.length + (text.match(double)?.length ?? 0) : text.length;
  const [whole, piece] = isSingle ? [160, 153] : [70, 67];
  return length <= whole ? 1 : Math.ceil(length / piece);
}
