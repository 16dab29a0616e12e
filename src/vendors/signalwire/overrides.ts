/** Times in milliseconds, each with the keys by which the fragment of a URL may say another (LaML 3.5, 3.6). */
const times = {
  connectMs: { keys: ['ot', 'ct'], least: 100, most: 10_000, otherwise: 2000 },
  readMs: { keys: ['rt'], least: 100, most: 15_000, otherwise: 5000 },
  totalMs: { keys: ['tt'], least: 100, most: 15_000, otherwise: 15_000 },
} as const;

const usual = {
  connectMs: times.connectMs.otherwise,
  readMs: times.readMs.otherwise,
  totalMs: times.totalMs.otherwise,
};

export const attemptTimeoutMs = usual.totalMs;

/** How long a request to this URL may take; what its fragment asks for is kept within bounds. */
export function timeoutsOf(url: string): { connectMs: number; readMs: number; totalMs: number } {
  const at = url.indexOf('#');
  if (at === -1) return usual;
  const said = new URLSearchParams(url.slice(at + 1));
  const of = ({ keys, least, most, otherwise }: (typeof times)[keyof typeof times]): number => {
    const written = keys.map((key) => said.get(key)).find((one) => one !== null && /^\d+$/.test(one));
    return written == null ? otherwise : Math.min(Math.max(Number(written), least), most);
  };
  return { connectMs: of(times.connectMs), readMs: of(times.readMs), totalMs: of(times.totalMs) };
}

/** An application is led on three times at most; it is not told again what the verb has found out (LaML 3.4). */
export const maxRedirects = 3;
export const redirectStatuses: readonly number[] = [307, 308];
export const redirectStatusesToGet: readonly number[] = [301, 302, 303];
