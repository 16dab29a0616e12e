import { calls } from './calls.ts';
import type { Route } from './route.ts';

/** Every route that needs a token. */
export const routes: readonly Route[] = [...calls];
