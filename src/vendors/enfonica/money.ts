import type { Money } from '../../money/money.ts';

/** google.type.Money: an int64 is a text, and what is 0 is left out (VoiceML 4.2). */
export interface SpelledMoney {
  currencyCode: string;
  units: string | undefined;
  nanos: number | undefined;
}

export const spellMoney = ({ currency, units, nanos }: Money): SpelledMoney => ({
  currencyCode: currency,
  units: units === 0 ? undefined : String(units),
  nanos: nanos || undefined,
});
