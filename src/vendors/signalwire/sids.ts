/**
 * Ids as SignalWire spells them: a UUID of version 7 that holds an id of ours, which begins with the time too (LaML 1).
 * Twilio's spelling, two letters and 32 digits, holds the same digits; both are understood.
 */
import { hash } from 'node:crypto';

const anId = /^[0-9a-f]{28}$/;
const aName = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const aUuid = /^([0-9a-f]{12})7([0-9a-f]{3})8([0-9a-f]{13})00$/;

/** The sid of whatever has this id; a name that is no id (of a project) has one that only depends on it. */
export function sidOf(id: string): string {
  if (!anId.test(id)) return digest(id);
  return `${id.slice(0, 8)}-${id.slice(8, 12)}-7${id.slice(12, 15)}-8${id.slice(15, 18)}-${id.slice(18)}00`;
}

/** The id that a sid holds, however it is spelled; undefined when it is none of ours. */
export function idOf(sid: string): string | undefined {
  const digits = digitsOf(sid);
  const found = digits === undefined ? null : aUuid.exec(digits);
  return found ? found.slice(1).join('') : undefined;
}

/** Do both spell the same thing? */
export const sameSid = (one: string, other: string): boolean => {
  const digits = digitsOf(one);
  return digits !== undefined && digits === digitsOf(other);
};

/** What a project is called in its API: a project that is named by a UUID, as the vendor's are, is called so. */
export const accountSid = (project: string): string => (aName.test(project) ? project : sidOf(project));

/** A sid with the two letters that Twilio puts before it: `CA` for a call, `RE` for a recording. */
export const prefixed = (letters: string, sid: string): string => letters + sid.replaceAll('-', '');

function digitsOf(sid: string): string | undefined {
  const digits = /^[A-Z]{2}[0-9a-f]{32}$/.test(sid) ? sid.slice(2) : sid.replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(digits) ? digits : undefined;
}

/** Of the names of projects: there are few. */
const digests = new Map<string, string>();

/** A name as a UUID of version 5. */
function digest(name: string): string {
  const known = digests.get(name);
  if (known !== undefined) return known;
  const digits = hash('sha1', name);
  const sid = `${digits.slice(0, 8)}-${digits.slice(8, 12)}-5${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
  if (digests.size === 1000) digests.clear();
  digests.set(name, sid);
  return sid;
}
