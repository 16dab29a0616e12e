/** How an attempt to reach somebody ended. */
export type DialStatus = 'completed' | 'notAnswered' | 'busy' | 'rejected' | 'failed' | 'canceled';

/** What a verb found out, in no dialect's words. */
export type Result =
  | { type: 'nothing' }
  /** `speech`: speech was listened for too; `keys: false`: keys were not. */
  | { type: 'digits'; digits: string; reason: 'complete' | 'stopKey' | 'timeout'; speech?: true; keys?: false }
  /** What the far side said, or has said so far (`partial`); `confidence` from 0 to 1, when the network knows. */
  | { type: 'spoken'; text: string; confidence?: number; partial?: true }
  /**
   * `recording` is empty when the call ended before any had begun. `silent`: nothing but silence was heard, as far as is
   * known by now; `trimmedMs`: what is left after trimming, when
   * that is not all of it; `ended`: with the call.
   */
  | {
      type: 'recorded';
      recording: string;
      ms: number;
      trimmedMs?: number;
      silent?: true;
      stopKey?: string;
      ended?: true;
    }
  /** `call` is the deciding child; absent when none was made. */
  | ({ type: 'dialed'; status: DialStatus; call?: string; bridgedMs?: number } & Partial<DialDetails>)
  | { type: 'faxed'; fax?: string }
  | { type: 'streamed'; parameters: Readonly<Record<string, string>> }
  | { type: 'dequeued'; reason: DequeueReason; waitedMs: number; queue?: string }
  /** How it stands with a call that waits in a queue: `position` from 1, times in milliseconds. */
  | {
      type: 'waiting';
      queue: string;
      position: number;
      waitedMs: number;
      averageMs: number;
      size: number;
      max?: number;
    }
  /** A waiting call has been taken by another one, and is about to be joined with it. */
  | { type: 'taken'; queue: string; by: string; waitedMs: number }
  /** The call has been in a conference; `joined` is false when it could not enter. `recording`: of this call alone. */
  | { type: 'conferred'; conference?: string; joined: boolean; recording?: string }
  /** `accepted`: the answer to the transfer; `progress`: the last status that the far side told of it. */
  | { type: 'referred'; accepted?: number; progress?: number; ended?: true }
  | { type: 'messaged'; message?: string; sent: boolean }
  /** Payment details as they may be shown: masked, or given by the connector. */
  | { type: 'paid'; outcome: PayOutcome; details: PayDetails };

export type PayOutcome =
  | 'success'
  | 'too-many-failed-attempts'
  | 'payment-connector-error'
  | 'caller-interrupted-with-star'
  | 'caller-hung-up'
  | 'validation-error'
  | 'internal-error';

/** What of a payment may be shown: of numbers the last digits, of a security code none. */
export interface PayDetails {
  method?: 'card' | 'account';
  card?: string;
  cardType?: string;
  /** Month and year, two digits each. */
  expiry?: string;
  securityCode?: string;
  postalCode?: string;
  routing?: string;
  account?: string;
  /** What the connector calls the charge, or what it keeps. */
  confirmation?: string;
  token?: string;
  /** What went wrong, and the connector's own code for it. */
  error?: string;
  connectorError?: string;
}

/** What is known of the children of a dial once it is over. */
export interface DialDetails {
  /** The child that was made last. */
  last: string;
  /** How each attempt ended, in the order of the targets. */
  statuses: readonly DialStatus[];
  /** What the network answered to each, 0 when nothing: when it failed one of them. */
  sipCodes: readonly number[];
  bridged: boolean;
  /** From the child's answer to its end, 0 when nobody answered; absent when it has not ended, but gone elsewhere. */
  answeredMs: number;
  recording: string;
  sipCallId: string;
  sipCode: number;
  /** Of the answer to the invitation of a SIP call. */
  headers: Readonly<Record<string, string>>;
  /** Whom the child has called, and who has ended it: once it has ended. */
  to: string;
  endedBy: 'us' | 'farSide' | 'network' | 'api';
  hungUpBy: 'caller' | 'called';
  /** The queue in which the called party waited, and for how long. */
  queue: string;
  waitedMs: number;
}

/** Why a call does not wait in its queue any more. */
export type DequeueReason = 'bridged' | 'left' | 'full' | 'error' | 'hangUp' | 'redirected' | 'redirectedFromBridged';
