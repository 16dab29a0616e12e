/** A call as the API shows it (LaML 6.3). */
import { decimal } from '../../money/money.ts';
import type { AnsweredBy, CallRecord } from '../../records/call.ts';
import { restStatus, sipResult } from './call-status.ts';
import { rfc2822, talkedSeconds } from './dates.ts';
import { apiVersion, shownFrom, shownTo } from './parameters.ts';
import type { Spelling } from './spelling.ts';

/** @param number the id of the number of ours that it came in by or shows */
export function toCallJson(call: CallRecord, sids: Spelling, number: string | undefined): object {
  const { id, originatingCall, statistics = {}, answeredBy, price, rate } = call;
  const from = shownFrom(call);
  const to = shownTo(call);
  const sid = sids.sid('call', id);
  const status = restStatus(call);
  const sipCode = sipResult(call);
  return {
    sid,
    account_sid: sids.account,
    date_created: rfc2822(call.createTime),
    date_updated: rfc2822(call.updateTime),
    parent_call_sid: originatingCall === undefined ? null : sids.sid('call', originatingCall),
    to,
    formatted_to: formatted(to),
    to_formatted: formatted(to),
    from,
    formatted_from: formatted(from),
    from_formatted: formatted(from),
    phone_number_sid: number === undefined ? null : sids.sid('number', number),
    status,
    start_time: status === 'queued' ? null : dateOrNull(call.startTime),
    end_time: dateOrNull(call.endTime),
    duration: talkedSeconds(call),
    price: price ? Number(decimal(price)) : null,
    price_unit: price?.currency ?? rate?.perMinute.currency ?? 'USD',
    direction: call.direction === 'incoming' ? 'inbound' : 'outbound',
    answered_by: answeredBy ? answerers[answeredBy.kind] : null,
    api_version: apiVersion,
    forwarded_from: null,
    caller_name: null,
    annotation: null,
    group_sid: null,
    uri: sids.uri(`/Calls/${sid}.json`),
    subresource_uris: { notifications: null, recordings: sids.uri(`/Calls/${sid}/Recordings.json`) },
    audio_in_mos: statistics.meanOpinionScore ?? null,
    sip_result_code: sipCode === undefined ? null : String(sipCode),
    audio_rtt_avg: wholeOrNull(statistics.roundTripMs),
    audio_rtt_min: null,
    audio_rtt_max: null,
    audio_out_jitter_min: null,
    audio_out_jitter_max: null,
    audio_out_jitter_avg: wholeOrNull(statistics.jitterMs),
    audio_out_lost: wholeOrNull(statistics.lostPackets),
  };
}

export const dateOrNull = (time: number | undefined): string | null => (time === undefined ? null : rfc2822(time));

const wholeOrNull = (figure: number | undefined): number | null => (figure === undefined ? null : Math.round(figure));

/** Numbers of North America as they are written there; everything else as it is. */
export function formatted(address: string): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(address) ?? [];
  return area === undefined ? address : `(${area}) ${exchange}-${line}`;
}

const answerers: Readonly<Record<AnsweredBy, 'human' | 'machine' | null>> = {
  human: 'human',
  machine: 'machine',
  machineEndBeep: 'machine',
  machineEndSilence: 'machine',
  machineEndOther: 'machine',
  fax: 'machine',
  unknown: null,
};
