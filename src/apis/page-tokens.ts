/** Places in lists as tokens: whatever comes into being meanwhile, the next page begins where the last one ended. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Lists are ordered by the time at which things were made, then by id. */
export interface Place {
  createTime: number;
  id: string;
}

export interface PageTokens {
  /** @param mark stands at the beginning of the token, and says something of it */
  write(place: Place, mark?: string): string;
  /** Undefined for what this list did not give for the same parameters. */
  read(token: string, marks?: readonly string[]): { place: Place; mark: string } | undefined;
}

/** @param of what is listed, and how: tokens are good for nothing else */
export function pageTokens(key: Uint8Array, of: readonly unknown[]): PageTokens {
  const seal = (text: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['page', text, of]))
      .digest()
      .subarray(0, 18);
  return {
    write: ({ createTime, id }, mark = '') => {
      const text = mark + Buffer.from(JSON.stringify([createTime, id])).toString('base64url');
      return `${text}.${seal(text).toString('base64url')}`;
    },
    read: (token, marks = ['']) => {
      const [text = '', sealed = '', ...more] = token.split('.');
      const [has, right] = [Buffer.from(sealed, 'base64url'), seal(text)];
      if (more.length > 0 || has.length !== right.length || !timingSafeEqual(has, right)) return undefined;
      const mark = marks.find((one) => text.startsWith(one));
      if (mark === undefined) return undefined;
      const written = Buffer.from(text.slice(mark.length), 'base64url').toString();
      const [createTime, id] = JSON.parse(written) as [number, string];
      return { place: { createTime, id }, mark };
    },
  };
}
