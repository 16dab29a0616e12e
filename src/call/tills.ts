import type { PayOrder, Till, TillEvent } from '../verbs/till.ts';
import type { LiveCall } from './live-call.ts';

/**
 * Opens a till on a call: keys go into it from now on, and nobody else hears which. Undefined where nobody can be paid,
 * and while another one is open on the call.
 *
 * @param payment which one, when several may be made in the call
 */
export function openTill(live: LiveCall, hear: (event: TillEvent) => void, payment?: string): Till | undefined {
  const { tills, ledger } = live.around;
  if (!tills || live.till) return undefined;
  const { id: call, project, dialect } = live.record;
  const till = tills.open({ call, project, dialect, ...(payment !== undefined && { payment }) }, hear);
  live.till = till;
  live.command({ type: 'conceal', on: true });
  return {
    collect: (what) => till.collect(what),
    press: (digit) => till.press(digit),
    check: () => till.check(),
    // It leaves the process.
    charge: (order: PayOrder) => ledger.after(() => till.charge(order)),
    close: () => {
      till.close();
      if (live.till !== till) return;
      live.till = undefined;
      if (!live.ending) live.command({ type: 'conceal', on: false });
    },
  };
}
