import { sameSid } from './sids.ts';

const longest = 128;

/** Whether a participant can be called so: it could not be found in a path by what is two parts of one, or a sid. */
export const isLabel = (text: string): boolean =>
  text !== '' && [...text].length <= longest && !text.includes('/') && !isSid(text);

const isSid = (text: string): boolean => sameSid(text, text);
