import type { PayError, PayProgress } from '../verbs/pay.ts';
import type { PayStep } from '../verbs/pay-steps.ts';
import type { PayTerms } from '../verbs/pay-terms.ts';
import type { HandlerUrl, PayDetails, PayOutcome } from '../verbs/verb.ts';
import type { Instant } from './call.ts';

/** How a payment stands: without its details. */
export interface PaymentRecord extends PayProgress {
  call: string;
  project: string;
  dialect: string;
}

/** A payment beside a call that somebody outside leads, detail by detail: without the details. */
export interface CheckoutRecord {
  id: string;
  call: string;
  project: string;
  dialect: string;
  terms: PayTerms;
  /** `charging`: its connector has it. */
  state: 'open' | 'charging' | 'over';
  /** The detail that was asked for last, and whether it is being keyed still. */
  step?: PayStep;
  collecting?: boolean;
  /** How many digits of it have been. */
  keyed: number;
  /** What was wrong with it. */
  error?: PayError;
  /** What is still to be collected. */
  required: readonly PayStep[];
  /** What may be shown of what has been. */
  details: PayDetails;
  outcome?: PayOutcome | 'canceled';
  createTime: Instant;
  updateTime: Instant;
  /** Hears how it goes. */
  callback?: HandlerUrl;
}
