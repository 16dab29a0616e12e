/** An amount of money, exactly: whole units of a currency, and thousand-millionths of one. Never less than nothing. */
export interface Money {
  /** ISO 4217, such as AUD. */
  currency: string;
  units: number;
  /** From 0 to 999,999,999. */
  nanos: number;
}

const unit = 1_000_000_000n;

/** How an amount is written: at most nine digits behind the point, as many as Money holds. */
export const amountPattern: RegExp = /^\d{1,12}(\.\d{1,9})?$/;

/** The thousand-millionths that an amount such as `0.045` has. */
export function toNanos(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole) * unit + BigInt(fraction.padEnd(9, '0'));
}

export const nanosOf = ({ units, nanos }: Money): bigint => BigInt(units) * unit + BigInt(nanos);

export const toMoney = (currency: string, nanos: bigint): Money => ({
  currency,
  units: Number(nanos / unit),
  nanos: Number(nanos % unit),
});

/** The amount as a decimal number without needless zeros: `0.045`. */
export function decimal({ units, nanos }: Money): string {
  const fraction = String(nanos).padStart(9, '0').replace(/0+$/, '');
  return fraction === '' ? String(units) : `${units}.${fraction}`;
}
