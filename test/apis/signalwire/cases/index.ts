import type { Case } from '../case.ts';
import { access } from './access.ts';
import { both } from './both.ts';
import { calls } from './calls.ts';
import { products } from './products.ts';
import { rooms } from './rooms.ts';
import { setup } from './setup.ts';

export const cases: readonly Case[] = [...access, ...calls, ...both, ...products, ...rooms, ...setup];
