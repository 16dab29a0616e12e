/** Which numbers may be called: everything that begins with an allowed prefix and not with a longer refused one. */
export interface DialPolicy {
  allow: readonly string[];
  refuse: readonly string[];
}

/** Numbers that help whoever is in need must never be called by a program, and some that cost a fortune neither. */
export const usualPolicy: DialPolicy = {
  allow: ['+'],
  refuse: [
    // Satellite networks and international networks at premium rates.
    ...['+870', '+878', '+881', '+882', '+883', '+888', '+979'],
    // Premium rates of countries.
    ...[
      '+1900',
      '+1976',
      '+33899',
      '+3489',
      '+34803',
      '+34806',
      '+34807',
      '+3989',
      '+43900',
      '+449',
      '+4487',
      '+49900',
    ],
    ...['+61190', '+64900', '+81990', '+4190', '+31900', '+32900', '+353150', '+35315'],
  ],
};

const emergency = /^\+?(?:0{3}|08|100|101|102|106|108|110|111|112|113|114|115|117|118|119|911|933|988|995|999)$/;

/** Why this address may not be called; undefined when it may. SIP addresses are no matter of prefixes. */
export function refusalOf(policy: DialPolicy, to: string): string | undefined {
  if (/^sips?:/i.test(to)) return undefined;
  if (emergency.test(to)) return `${to} is an emergency number`;
  const allowed = longest(policy.allow, to);
  const refused = longest(policy.refuse, to);
  if (allowed < 0) return `${to} begins with none of the prefixes that may be called`;
  return refused >= allowed ? `numbers that begin with ${to.slice(0, refused)} may not be called` : undefined;
}

/** The length of the longest prefix that fits, -1 for none. */
const longest = (prefixes: readonly string[], to: string): number =>
  prefixes.reduce((best, prefix) => (to.startsWith(prefix) ? Math.max(best, prefix.length) : best), -1);
