import type { SimulatedLeg } from './leg.ts';
import { magicPhones } from './magic-numbers.ts';
import type { Phone } from './script.ts';

export interface Directory {
  /** Whether a phone was given for this address. */
  has(address: string): boolean;
  /** Whether it was given for this very address, and not only for the user part of it. */
  names(address: string): boolean;
  /** The phone at an address, without calling it. */
  find(address: string): Phone;
  /** How the phone at an address takes this call. */
  call(address: string, leg: SimulatedLeg): Phone;
}

/** The user part of a SIP URI, without its password. */
const sipUser = (address: string): string | undefined => /^sips?:([^@:;]+)(?::[^@]*)?@/i.exec(address)?.[1];

/** Who has which number: the phones given, then the magic numbers, then somebody who answers. */
export function directory(phones: Readonly<Record<string, Phone>>): Directory {
  /** Calls so far of those phones that behave differently each time. */
  const calls = new Map<string, number>();
  /** Lines in use of those phones that count them. */
  const lines = new Map<string, number>();

  const own = (address: string | undefined): Phone | undefined => {
    if (address === undefined) return undefined;
    if (Object.hasOwn(phones, address)) return phones[address];
    return Object.hasOwn(magicPhones, address) ? magicPhones[address] : undefined;
  };
  const find = (address: string): Phone => own(address) ?? own(sipUser(address)) ?? {};

  const takesLine = (address: string, most: number, leg: SimulatedLeg): boolean => {
    const used = lines.get(address) ?? 0;
    if (used >= most) return false;
    lines.set(address, used + 1);
    const onEnd = () => {
      const left = (lines.get(address) ?? 1) - 1;
      if (left > 0) lines.set(address, left);
      else lines.delete(address);
    };
    leg.onEnd = onEnd;
    return true;
  };

  return {
    has: (address) => Object.hasOwn(phones, address) || Object.hasOwn(phones, sipUser(address) ?? ''),
    names: (address) => Object.hasOwn(phones, address),
    find,
    call: (address, leg) => {
      const phone = find(address);
      if (phone.lines !== undefined && !takesLine(address, phone.lines, leg)) return { busy: true };
      const last = (phone.calls?.length ?? 0) - 1;
      if (last < 0) return phone;
      const before = calls.get(address) ?? 0;
      calls.set(address, before + 1);
      return phone.calls?.[Math.min(before, last)] ?? {};
    },
  };
}
