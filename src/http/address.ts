import ipaddr from 'ipaddr.js';

/** Where an address can lead that is not the public internet. */
export const addressRanges = [
  'loopback',
  'private',
  'linkLocal',
  'carrierGradeNat',
  'uniqueLocal',
  'metadata',
  'unspecified',
  'multicast',
  'reserved',
] as const;

export type AddressRange = (typeof addressRanges)[number];

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Where clouds answer their machines: AWS (instances, containers, pods), Azure, Alibaba, Oracle, Google. */
const metadata = new Set(
  [
    '169.254.169.254',
    '169.254.170.2',
    '169.254.170.23',
    'fd00:ec2::254',
    'fd00:ec2::23',
    '168.63.129.16',
    '100.100.100.200',
    '192.0.0.192',
    'fd20:ce::254',
  ].map((address) => ipaddr.parse(address).toNormalizedString()),
);

/**
 * What range an address belongs to. An IPv6 address that only carries an IPv4 one (mapped, NAT64) is judged by that:
 * `embedded` says so, `address` is the one judged.
 */
export function rangeOf(text: string): { address: Address; range: AddressRange | 'public'; embedded: boolean } {
  const written = ipaddr.parse(text);
  const carried = written.kind() === 'ipv6' ? embeddedIn(written as ipaddr.IPv6) : undefined;
  const address = carried ?? written;
  const range = metadata.has(address.toNormalizedString()) ? 'metadata' : toRange(address);
  return { address, range, embedded: carried !== undefined };
}

/** RFC 6761 6.3: these names are loopback whatever a resolver says. */
export const isLocalhost = (host: string): boolean => /(^|\.)localhost\.?$/i.test(host);

function toRange(address: Address): AddressRange | 'public' {
  const range: string = address.range();
  if (range === 'unicast') return address.kind() === 'ipv4' || isGlobal(address as ipaddr.IPv6) ? 'public' : 'reserved';
  return (addressRanges as readonly string[]).includes(range) ? (range as AddressRange) : 'reserved';
}

/** Only 2000::/3 is given out to anybody (RFC 4291 2.4); `::127.0.0.1` and its like are outside. */
const isGlobal = ({ parts }: ipaddr.IPv6) => (parts[0]! & 0xe000) === 0x2000;

function embeddedIn(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const wellKnown = address.parts[0] === 0x64 && address.parts[1] === 0xff9b && address.parts[2] === 0;
  if (!address.isIPv4MappedAddress() && !wellKnown) return undefined;
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}
