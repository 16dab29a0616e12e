import { callbacksPerCall, documentsPerCall } from './menu-call.ts';
import { startPart } from './part.ts';
import type { ApplicationTasks } from './parts/application.ts';

/** Sees that the application was asked for everything that so many calls ask for, no more, no less. */
type Counted = (calls: number | undefined) => Promise<void>;

/** Runs an application in a process of its own while something is measured. */
export async function withApplication<T>(measure: (origin: string, counted: Counted) => Promise<T>): Promise<T> {
  const application = startPart<ApplicationTasks>('application');
  try {
    const origin = await application.ask('listen');
    return await measure(origin, async (calls) => {
      const { documents, callbacks, others } = await application.ask('counts');
      if (calls === undefined) return;
      const whole = documents === calls * documentsPerCall && callbacks === calls * callbacksPerCall && others === 0;
      if (whole) return;
      throw new Error(
        `${calls} calls asked for ${documents} documents, ${callbacks} callbacks, ${others} other things`,
      );
    });
  } finally {
    await application.close();
  }
}
