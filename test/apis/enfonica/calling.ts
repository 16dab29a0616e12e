import type { CallRecord } from '../../../src/records/call.ts';
import type { Incoming } from '../../../src/telephony/network.ts';
import type { Api } from './api.ts';

/** What became of a call, from the first to the last of all it led to. */
export interface Came {
  /** All calls there are afterwards, the oldest first: whom they went to, and how they ended. */
  calls: string[];
  records: CallRecord[];
  problems: string[];
  /** What the caller was told by the network. */
  sipCode: number | undefined;
}

/** Somebody calls, from a mobile telephone unless told otherwise. */
export function callIn(api: Api, incoming: Pick<Incoming, 'to'> & Partial<Incoming>): Promise<Came> {
  const transport = incoming.to.startsWith('+') ? 'PSTN' : 'SIP';
  return watched(api, (ended) =>
    api.network.callIn({ from: '+61491570006', transport, ...incoming }, { person: { ended } }),
  );
}

/** Does something, and waits until nothing goes on any more. */
export async function watched(api: Api, begin: (ended: (how: { sipCode?: number }) => void) => unknown): Promise<Came> {
  const problems: string[] = [];
  let sipCode: number | undefined;
  const stop = api.engine.onEntry(({ output }) => {
    if (output?.type === 'problem') problems.push(`${output.code} ${output.message}`);
  });
  await begin((how) => {
    sipCode = how.sipCode;
  });
  await api.clock.run();
  stop();
  const records = [...api.store.calls()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const calls = records.map(
    ({ direction, project, to, state, errorCode }) =>
      `${project} ${direction} ${to} ${state}${errorCode === undefined ? '' : ` ${errorCode}`}`,
  );
  return { calls, records, problems, sipCode };
}
