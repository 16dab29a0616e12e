import { CallflowError } from '../errors.ts';

const needed = 24;

/** Said before anything fails in words that nobody understands. Throws SETTING_NOT_VALID. */
export function checkNode(version = process.versions.node): void {
  if (Number(version.split('.')[0]) >= needed) return;
  const hint = '`npm install --save-dev node@24` brings one, which npm scripts find first';
  throw new CallflowError(
    'SETTING_NOT_VALID',
    `callflow needs Node ${needed} or newer and this is ${version}: ${hint}`,
  );
}
