import { isIP } from 'node:net';
import { unescape as decode } from 'node:querystring';
import ipaddr from 'ipaddr.js';
import { CallflowError } from '../errors.ts';
import { isLocalhost, rangeOf } from './address.ts';

export interface ProxyOptions {
  /** `http://` or `https://`, with name and password where the proxy asks for them. */
  url: string;
  /** Hosts that are asked directly: names with everything below them, addresses, blocks such as `10.20.0.0/16`. */
  noProxy?: readonly string[];
}

/** Somebody between us and the applications, to whom all connections lead. */
export interface WebProxy {
  url: URL;
  /** For `proxy-authorization`, where the proxy asks for it. */
  authorization: string | undefined;
  /** Whether a host is reached through it. This machine never is: the proxy's loopback is not ours. */
  covers(host: string): boolean;
}

export function createProxy({ url: written, noProxy = [] }: ProxyOptions): WebProxy {
  const url = URL.parse(written);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new CallflowError('SETTING_NOT_VALID', 'the proxy has no http or https URL');
  const direct = noProxy.map(toMatch);
  const { username, password } = url;
  const credentials = Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64');
  return {
    url,
    authorization: username || password ? `Basic ${credentials}` : undefined,
    covers: (spelled) => {
      const host = bare(spelled);
      const isHere = isIP(host) ? rangeOf(host).range === 'loopback' : isLocalhost(host);
      return !isHere && !direct.some((matches) => matches(host));
    },
  };
}

/** How a proxy is called in messages: without name and password. */
export const proxyName = ({ url: { hostname, port, protocol } }: WebProxy): string =>
  `the proxy ${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;

const bare = (host: string) =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');

function toMatch(entry: string): (host: string) => boolean {
  const [address = '', bits] = entry.split('/');
  if (isIP(address) && (bits === undefined || ipaddr.isValidCIDR(entry))) {
    const [network, length] = ipaddr.parseCIDR(
      bits === undefined ? `${entry}/${isIP(address) === 4 ? 32 : 128}` : entry,
    );
    return (host) => {
      if (!isIP(host)) return false;
      const { address: judged } = rangeOf(host);
      return judged.kind() === network.kind() && judged.match(network, length);
    };
  }
  const name = bare(entry.replace(/^\*?\./, ''));
  if (/^[a-z\d_-]+(\.[a-z\d_-]+)*$/.test(name)) return (host) => host === name || host.endsWith(`.${name}`);
  throw new CallflowError('SETTING_NOT_VALID', `"${entry}" is not ${noProxyExpected}`);
}

export const noProxyExpected = 'a host name, an address, or a block such as 10.20.0.0/16';
