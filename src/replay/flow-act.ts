/** What an API does to a call while a flow goes on. */
import type { PayStep } from '../verbs/pay-steps.ts';
import type { FlowOptions } from './flow.ts';

/** A payment that an API leads beside a call. */
export interface FlowCheckout {
  /** Who gets the details. */
  connector: string;
  /** Without one a token is made. */
  amount?: string;
  currency?: string;
  description?: string;
  /** `card` unless given. */
  method?: 'card' | 'account';
  accountType?: string;
  /** Whether it is asked for: true unless given. */
  securityCode?: boolean;
  /** The same; a text: known already. */
  postalCode?: boolean | string;
  minPostalCodeLength?: number;
  /** Silence between two keys that ends a detail: 5 unless given. */
  timeoutSeconds?: number;
  tokenType?: string;
  /** Which cards are taken. */
  cards?: readonly string[];
  parameters?: Readonly<Record<string, string>>;
  statusCallback?: string;
}

/** A payment begins, its next detail is asked for, it is made or given up. */
export type FlowCheckoutAct = FlowCheckout | Exclude<PayStep, 'payment-processing'> | 'complete' | 'cancel';

/** What is done to a call in its conference or queue. A URL may have `GET ` before it. */
export interface FlowRoomAct {
  mute?: boolean;
  /** With the network's music, or the document of this URL. */
  hold?: boolean | string;
  /** It speaks to this call alone; false: to all again. */
  coach?: number | false;
  /** It hears the document of this URL. */
  announce?: string;
  /** What it hears until the conference begins. */
  wait?: string;
  /** Whether the conference ends when it leaves. */
  ends?: boolean;
  /** Takes it out of its conference: it goes on behind it. */
  kick?: boolean;
  /** Ends the conference in which it is. */
  endConference?: boolean;
  /** Everybody in its conference hears the document of this URL. */
  announceToAll?: string;
  /** Of its conference. */
  recording?: 'start' | 'pause' | 'silence' | 'resume' | 'stop';
  /** What everybody in its conference says goes to this server, as an API does it. */
  stream?: { url: string; name?: string; statusCallback?: string };
  /** Ends the stream of this name of its conference. */
  stopStream?: string;
  /** Whoever is at the front of the queue goes on with the document of the URL. */
  dequeue?: { queue: string; to: string };
}

/** One thing done to a call from outside, as an API does it. */
export interface FlowAct extends FlowRoomAct {
  /** Seconds after the beginning of the flow. */
  after: number;
  /** Which call, in the order in which calls came to be; the first unless given. */
  call?: number;
  hangUp?: boolean;
  answer?: boolean;
  /** The document, or the file beside the flow, that replaces what the call is doing. */
  document?: string;
  /** The URL whose document replaces what the call is doing. */
  redirect?: string;
  /** Joins the call with this one. */
  bridge?: number;
  /** Leaves the bridge. */
  unbridge?: boolean;
  role?: 'talking' | 'muted' | 'held';
  /** Of the call itself. */
  record?: 'start' | 'pause' | 'silence' | 'resume' | 'stop';
  /** A payment beside the call. */
  checkout?: FlowCheckoutAct;
  /** What was said when the call was made, said otherwise. */
  change?: Pick<
    FlowOptions,
    'fallbackUrl' | 'fallbackMethod' | 'statusCallback' | 'statusCallbackMethod' | 'maxSeconds'
  >;
}
