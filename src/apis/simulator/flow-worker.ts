/** A thread in which flows run one after the other: however much one does, the calls of the engine go on. */
import { parentPort } from 'node:worker_threads';
import type { Reach } from '../../http/reach.ts';
import { asFlowOrder } from './flow-order.ts';
import { type FlowResult, runFlow } from './flow-result.ts';
import { type Problem, toProblem } from './problem.ts';

export interface FlowTask {
  body: unknown;
  reach: Reach;
}

export type FlowAnswer =
  | { result: FlowResult }
  /** `detail` is for a log. */
  | { problem: Problem; detail: string };

parentPort?.on('message', async ({ body, reach }: FlowTask) => {
  let answer: FlowAnswer;
  try {
    answer = { result: await runFlow(asFlowOrder(body), reach) };
  } catch (error) {
    answer = { problem: toProblem(error), detail: String((error as Error).stack) };
  }
  parentPort?.postMessage(answer);
});

parentPort?.postMessage('ready');
