import type { Reach } from '../../http/reach.ts';
import type { CallRecord } from '../../records/call.ts';
import { difference } from '../../replay/difference.ts';
import type { FlowExchange } from '../../replay/exchange.ts';
import { type Replay, replay } from '../../replay/replay.ts';
import { callView } from './call-view.ts';
import { type FlowOrder, readerOf } from './flow-order.ts';

/** What came of a flow, as it is answered. */
export interface FlowResult {
  /** The transcript is as expected; when none was given, no call ended because something was wrong. */
  ok: boolean;
  transcript: string;
  /** Where it differs from what was expected. */
  difference?: string;
  /** How long it all took, in virtual milliseconds. */
  ms: number;
  calls: readonly object[];
  requests: readonly object[];
  callbacks: readonly object[];
  /** What went wrong in the calls, whether it ended them or not. */
  problems: readonly object[];
}

/** Runs a flow in virtual time. */
export async function runFlow({ flow, files, expect }: FlowOrder, reach: Reach): Promise<FlowResult> {
  const played = await replay(flow, { ...reach, read: readerOf(files) });
  const { transcript, calls, ms } = played;
  return {
    ok: expect === undefined ? !calls.some(hasFailed) : transcript === expect,
    transcript,
    ...(expect !== undefined && expect !== transcript && { difference: difference(expect, transcript) }),
    ms,
    calls: calls.map(callView),
    requests: played.requests.map(exchangeView),
    callbacks: played.callbacks.map(exchangeView),
    problems: problemsIn(played),
  };
}

const hasFailed = ({ errorCode }: CallRecord) => errorCode !== undefined && errorCode !== 'USER';

const exchangeView = ({ at, method, url, headers, body, json, status }: FlowExchange) => ({
  at,
  method,
  url,
  headers,
  body,
  ...(json !== undefined && { json }),
  ...(status !== undefined && { status }),
});

const problemsIn = ({ journal }: Replay) =>
  journal.flatMap(({ subject, output }) => {
    if (output?.type !== 'problem') return [];
    const { code, message, at } = output;
    return [{ call: subject, code, message, ...(at && { at }) }];
  });
