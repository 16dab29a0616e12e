import type { Figure } from '../figure.ts';
import { checkRate, lamlCheckRate } from './check-rate.ts';
import { engineCosts } from './engine-cost.ts';
import { flowRate } from './flow-rate.ts';
import { latency } from './latency.ts';
import { memory } from './memory.ts';
import { lamlReplayRate, replayRate } from './replay-rate.ts';
import { storeRate } from './store-rate.ts';

export const figures: readonly Figure[] = [
  ...engineCosts,
  flowRate,
  replayRate,
  lamlReplayRate,
  memory,
  checkRate,
  lamlCheckRate,
  latency,
  storeRate,
];
