import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** How callflow names itself to the applications it talks to. */
export const userAgent = `callflow/${version}`;
