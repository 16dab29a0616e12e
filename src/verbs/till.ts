import type { ErrorCode } from '../errors.ts';
import type { PayError } from './pay.ts';
import type { PayStep } from './pay-steps.ts';

/** What is collected, and what counts as right. */
export interface Collecting {
  step: PayStep;
  /** Which cards are taken. */
  cards: readonly string[];
  minPostalCodeLength: number;
}

/** What is to be paid, or kept for later: without the details, which the till has. */
export interface PayOrder {
  /** The connector. */
  url: string;
  method: 'card' | 'account';
  amount?: string;
  currency: string;
  description?: string;
  tokenType: string;
  /** Known without asking. */
  postalCode?: string;
  parameters: Readonly<Record<string, string>>;
  /** What kind of account, where that is known. */
  accountType?: string;
}

export type TillEvent =
  /** A detail is complete: as it may be shown, or what is wrong with it. */
  | { type: 'till.checked'; step: PayStep; shown: string; card?: string }
  | { type: 'till.checked'; step: PayStep; error: PayError }
  /** What the connector answered: an id, or why not. */
  | { type: 'till.charged'; id: string }
  | { type: 'till.charged'; declined: { code: string; message: string } }
  | { type: 'till.charged'; failure: { code: ErrorCode; reason: string } };

/**
 * Where payment details are while they are collected, and nowhere else: whoever pays keys them in here, and only what may
 * be shown comes out, as events, never from within a command.
 */
export interface Till {
  /** What is keyed from now on is this; what was keyed before for the same step is forgotten. */
  collect(what: Collecting): void;
  /** A key, as anybody else may know it. */
  press(digit: string): string;
  /** No more is keyed for this step. */
  check(): void;
  charge(order: PayOrder): void;
  /** Everything is forgotten, and nothing more is told. */
  close(): void;
}

/** Whose till it is. */
export interface Payer {
  call: string;
  /** When several payments may be made in the call: which one. */
  payment?: string;
  project: string;
  /** The language whose connectors it speaks to. */
  dialect: string;
}

export interface Tills {
  open(payer: Payer, hear: (event: TillEvent) => void): Till;
}
