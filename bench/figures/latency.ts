import { type Figure, quantile, rounded } from '../figure.ts';
import { startPart } from '../part.ts';
import type { EngineTasks } from '../parts/engine.ts';
import { withApplication } from '../with-application.ts';

export const latency: Figure = {
  name: 'latency',
  about: 'from the handler’s answer to the first command on the leg, 99th percentile, at half the flow rate',
  unit: 'ms',
  is: 'at most',
  budget: 5,
  aim: 2,
  measure: ({ quick }) =>
    withApplication(async (origin, counted) => {
      const engine = startPart<EngineTasks>('engine');
      try {
        const calls = quick ? 300 : 3000;
        const full = () => engine.ask('load', { origin, calls, pace: { atOnce: 200 } });
        await full();
        const { ms } = await full();
        await counted(2 * calls);
        const perSecond = (calls * 500) / ms;
        const { delays } = await engine.ask('load', { origin, calls, pace: { perSecond }, note: 'delays' });
        await counted(calls);
        const raw = {
          'calls/s': rounded(perSecond),
          answers: delays.received.length,
          'p50 ms': rounded(quantile(delays.received, 0.5)),
          'p99 ms since it was sent': rounded(quantile(delays.sent, 0.99)),
        };
        return { value: quantile(delays.received, 0.99), raw };
      } finally {
        await engine.close();
      }
    }),
};
