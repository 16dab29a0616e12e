import type { ProjectLimits } from '../call/admission.ts';
import type { Bound, Budget } from '../call/budget.ts';
import type { Limits } from '../call/surroundings.ts';
import type { Project, Settings } from '../config/settings.ts';
import { toNanos } from '../money/money.ts';

/** Bounds on one call and one family, where the configuration has any. */
export function limitsOfCalls({ limits }: Settings): Partial<Limits> {
  const { requestsPerCall, callsPerFamily, ownNumberHops, callHours } = limits;
  return {
    ...(requestsPerCall !== undefined && { requests: requestsPerCall }),
    ...(callsPerFamily !== undefined && { family: callsPerFamily }),
    ...(ownNumberHops !== undefined && { hops: ownNumberHops }),
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

const none: Budget = {};

/** What its calls may cost and how long they may last, on one day and in one family. */
export function budgetOfProject(project: Project | undefined): Budget {
  const { spendPerDay, spendPerFamily, minutesPerDay, minutesPerFamily } = project?.limits ?? {};
  const day = boundOf(spendPerDay, minutesPerDay);
  const family = boundOf(spendPerFamily, minutesPerFamily);
  return day || family ? { ...(day && { day }), ...(family && { family }) } : none;
}

function boundOf(spend: string | undefined, minutes: number | undefined): Bound | undefined {
  if (spend === undefined && minutes === undefined) return undefined;
  return {
    ...(spend !== undefined && { nanos: toNanos(spend) }),
    ...(minutes !== undefined && { ms: minutes * 60_000 }),
  };
}
