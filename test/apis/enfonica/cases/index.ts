import type { Case } from '../case.ts';
import { access } from './access.ts';
import { callsCreate } from './calls-create.ts';
import { callsList } from './calls-list.ts';

/** Every rule of the API, in the order in which the documentation lists them. */
export const cases: readonly Case[] = [...access, ...callsCreate, ...callsList];
