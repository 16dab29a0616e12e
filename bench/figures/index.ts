import type { Figure } from '../figure.ts';
import { checkRate } from './check-rate.ts';
import { engineCost } from './engine-cost.ts';
import { flowRate } from './flow-rate.ts';
import { latency } from './latency.ts';
import { memory } from './memory.ts';
import { replayRate } from './replay-rate.ts';
import { storeRate } from './store-rate.ts';

export const figures: readonly Figure[] = [engineCost, flowRate, replayRate, memory, checkRate, latency, storeRate];
