import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { CallflowError } from '../errors.ts';
import { type AddressRange, addressRanges, isLocalhost, rangeOf } from './address.ts';

/** Decides which addresses callflow may talk to when a document or an API names a URL. */
export interface Guard {
  /**
   * Why this host must not be talked to, or nothing when it may. A name that only a resolver can judge passes: its
   * address is asked about again when it is known.
   *
   * @param name what led to the address, when it was not written itself
   */
  refusal(host: string, name?: string): string | undefined;
}

export interface GuardOptions {
  /** What is allowed beside the public internet: names of ranges, addresses, or blocks such as `10.20.0.0/16`. */
  allow?: readonly string[];
}

type Block = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** A guard that allows the public internet and what is named; nothing else. */
export function createGuard({ allow = [] }: GuardOptions = {}): Guard {
  const ranges = new Set(allow.filter(isRange));
  const blocks = allow.filter((entry) => !isRange(entry)).map(toBlock);

  const refusalOfAddress = (text: string, name: string | undefined): string | undefined => {
    const { address, range, embedded } = rangeOf(text);
    if (range === 'public' || ranges.has(range)) return undefined;
    if (blocks.some((block) => contains(block, address, range))) return undefined;
    const subject = name === undefined ? text : `${name} is ${text}, which`;
    const inside = embedded ? `stands for ${address} and ` : '';
    return `${subject} ${inside}is ${about[range]}: allow "${range}" or "${address}" in the URL guard to let it through`;
  };

  return {
    refusal: (written, name) => {
      const host = written.startsWith('[') ? written.slice(1, -1) : written;
      if (isIP(host)) return refusalOfAddress(host, name);
      if (!isLocalhost(host)) return undefined;
      return refusalOfAddress('::1', host) && refusalOfAddress('127.0.0.1', host);
    },
  };
}

const about: Readonly<Record<AddressRange, string>> = {
  loopback: 'a loopback address, this machine itself',
  private: 'a private address',
  linkLocal: 'a link-local address',
  carrierGradeNat: 'an address behind a carrier-grade NAT',
  uniqueLocal: 'a unique local (private) address',
  metadata: 'an address at which clouds give out credentials',
  unspecified: 'an unspecified address, which means this machine',
  multicast: 'a multicast address',
  reserved: 'a reserved address',
};

const isRange = (entry: string): entry is AddressRange => (addressRanges as readonly string[]).includes(entry);

function toBlock(entry: string): Block {
  if (isIP(entry)) return [ipaddr.parse(entry), entry.includes(':') ? 128 : 32];
  if (isIP(entry.split('/')[0]!) && ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  throw new CallflowError(
    'SETTING_NOT_VALID',
    `"${entry}" cannot be allowed by the URL guard: expected ${addressRanges.join(', ')}, an address, or a block such as 10.20.0.0/16`,
  );
}

/** Credentials of the machine are too dear to be let out by a block that is meant for something else. */
const contains = ([network, bits]: Block, address: ipaddr.IPv4 | ipaddr.IPv6, range: AddressRange) =>
  network.kind() === address.kind() &&
  (range !== 'metadata' || bits === (network.kind() === 'ipv4' ? 32 : 128)) &&
  address.match(network, bits);
