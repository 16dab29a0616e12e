import { Alarm, type Clock } from '../clock.ts';
import { billableSeconds, priceOf, type Rate, type Rated } from '../money/rates.ts';
import type { CallRecord } from '../records/call.ts';
import type { Store } from '../store/store.ts';
import { type Budget, type Passed, usedUp } from './budget.ts';
import { DayAccount } from './day-account.ts';
import { FamilyAccount } from './family-account.ts';
import type { Ledger } from './ledger.ts';
import { byUs } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';

export interface SpendingOptions {
  clock: Clock;
  store: Store;
  ledger: Ledger;
  /** What a call of this project costs; undefined when nothing is known of it. */
  rateOf(project: string, call: Rated): Rate | undefined;
  budgetOf(project: string): Budget;
  /** The project whose budget counts for this one. */
  payerOf(project: string): string;
}

/** What calls cost, and what becomes of them when a project or a family has used up what it may. */
export class Spending {
  readonly #options: SpendingOptions;
  readonly #days = new Map<string, DayAccount>();
  readonly #families = new Map<string, FamilyAccount>();
  /** By family, the one with which it is counted, where that is another. */
  readonly #groups = new Map<string, string>();

  constructor(options: SpendingOptions) {
    this.#options = options;
  }

  /** A new call, with what it will cost. */
  rated(record: CallRecord): CallRecord {
    const rate = this.#options.rateOf(record.project, record);
    return rate ? { ...record, rate } : record;
  }

  /** Why nobody may be called now for this project and this family; undefined when somebody may. */
  obstacleTo(project: string, family?: string): Passed | undefined {
    const { budgetOf, ledger, payerOf } = this.#options;
    const payer = payerOf(project);
    const { day, family: together } = budgetOf(payer);
    const today = day && usedUp(day, this.#dayOf(payer).used(), `the calls of ${payer} on this day (UTC)`);
    if (today) return today;
    const ofFamily = family === undefined ? undefined : this.#families.get(this.#groupOf(family))?.used(ledger.now());
    return together && ofFamily && usedUp(together, ofFamily, 'the calls of the family');
  }

  /** Its turn has come when nobody may be called any more: it ends, and this is true. */
  refuses(call: LiveCall): boolean {
    const obstacle = this.obstacleTo(call.record.project, call.record.family);
    if (obstacle) this.#hangUp(call, obstacle);
    return obstacle !== undefined;
  }

  answered(call: LiveCall): void {
    const { payer, record } = call;
    const { day, family: together } = this.#options.budgetOf(payer);
    if (record.rate || day) this.#dayOf(payer).answered(call);
    if (!together) return;
    const account = this.#accountOf(payer, record.family);
    account.answered(call);
    this.#setAlarm(payer, account);
  }

  /** Counts a call that has ended; one that ended with the process before this one is no live call. */
  ended(record: CallRecord, call?: LiveCall): void {
    const { project, family, answerTime, rate } = record;
    if (answerTime === undefined) return;
    const payer = call?.payer ?? this.#options.payerOf(project);
    if (rate || this.#options.budgetOf(payer).day) this.#dayOf(payer).ended(record, call);
    const account = this.#families.get(this.#groupOf(family));
    if (!account || !call) return;
    account.ended(record, call);
    this.#setAlarm(payer, account);
  }

  /** A call of one family has come in again through a number of ours, and begins another: the two are counted as one. */
  join(family: string, before: string): void {
    this.#groups.set(family, this.#groupOf(before));
  }

  /** No call of the family is left. */
  forget(family: string): void {
    const group = this.#groupOf(family);
    this.#families.get(group)?.alarm.clear();
    this.#families.delete(group);
    for (const [one, of] of this.#groups) if (of === group) this.#groups.delete(one);
  }

  #groupOf(family: string): string {
    return this.#groups.get(family) ?? family;
  }

  #dayOf(project: string): DayAccount {
    const { ledger, store } = this.#options;
    const account = this.#days.get(project) ?? new DayAccount(ledger, store, project);
    this.#days.set(project, account);
    return account;
  }

  #accountOf(project: string, family: string): FamilyAccount {
    const { clock, ledger } = this.#options;
    const group = this.#groupOf(family);
    const alarm = new Alarm(clock, () => ledger.turn(() => this.#end(project, group)));
    const account = this.#families.get(group) ?? new FamilyAccount(alarm);
    this.#families.set(group, account);
    return account;
  }

  /** Whenever a call joins or leaves the family, the time that is left to all of them is another one. */
  #setAlarm(project: string, account: FamilyAccount): void {
    const now = this.#options.ledger.now();
    const end = account.end(this.#options.budgetOf(project).family ?? {}, now);
    if (end) account.alarm.set(end.at - now);
    else account.alarm.clear();
  }

  #end(project: string, group: string): void {
    const { ledger, budgetOf } = this.#options;
    const account = this.#families.get(group);
    const end = account?.end(budgetOf(project).family ?? {}, ledger.now());
    if (!account || !end) return;
    if (end.at > ledger.now()) this.#setAlarm(project, account);
    else for (const call of account.live) this.#hangUp(call, end.why);
  }

  #hangUp(call: LiveCall, { errorCode, errorMessage }: Passed): void {
    call.problem(errorCode, errorMessage);
    call.endWith(byUs('failed', { cause: 'unavailable', errorCode, errorMessage }));
    this.#options.ledger.post(() => call.send({ type: 'letGo', reason: 'maximum' }));
  }
}

/** What is written down of a call when it has ended: nothing is charged for one that was never answered. */
export function charged(
  { rate, answerTime }: CallRecord,
  endTime: number,
): Pick<CallRecord, 'price' | 'billableSeconds'> {
  if (!rate || answerTime === undefined) return {};
  const ms = endTime - answerTime;
  return { price: priceOf(rate, ms), billableSeconds: billableSeconds(rate, ms) };
}
