import { isE164 } from '../../verbs/addresses.ts';

/** A number as people write it, in E.164: ten digits are of North America (LaML 4.4). Undefined when it is none. */
export function toE164(written: string): string | undefined {
  const bare = written.replace(/[-.()/\s]/g, '');
  const number = /^[2-9]\d{9}$/.test(bare) ? `+1${bare}` : /^1[2-9]\d{9}$/.test(bare) ? `+${bare}` : bare;
  return isE164(number) ? number : undefined;
}
