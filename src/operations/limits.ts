import type { ProjectLimits } from '../call/admission.ts';
import type { Limits } from '../call/surroundings.ts';
import type { Project, Settings } from '../config/settings.ts';

/** What is built in at the start. */
const fixed = ['bodyBytes', 'requestsPerCall', 'callsPerFamily', 'callHours'] as const;

/** Bounds on one call and one family, where the configuration has any. */
export function limitsOfCalls({ limits: { requestsPerCall, callsPerFamily, callHours } }: Settings): Partial<Limits> {
  return {
    ...(requestsPerCall !== undefined && { requests: requestsPerCall }),
    ...(callsPerFamily !== undefined && { family: callsPerFamily }),
    ...(callHours !== undefined && { callMs: callHours * 3_600_000 }),
  };
}

export function limitsOfProject(project: Project | undefined): Partial<ProjectLimits> {
  const { callsPerSecond, concurrentCalls, waitingCalls } = project?.limits ?? {};
  return {
    ...(callsPerSecond !== undefined && { perSecond: callsPerSecond }),
    ...(concurrentCalls !== undefined && { concurrent: concurrentCalls }),
    ...(waitingCalls !== undefined && { waiting: waitingCalls }),
  };
}

/** Limits that differ and will not before the next start. */
export const waitForStart = (before: Settings, next: Settings): string[] =>
  fixed.filter((name) => before.limits[name] !== next.limits[name]).map((name) => `limits.${name}`);
