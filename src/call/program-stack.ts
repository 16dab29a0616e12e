import type { Instruction } from '../verbs/index.ts';
import type { Place, Program, Result } from '../verbs/verb.ts';
import type { Performance } from './performance.ts';

/** A program that runs, or waits below another one. */
export interface Frame {
  program: Program;
  position: number;
  performance?: Performance | undefined;
  /** The call that had it run, and is told when it is over. */
  requester?: string;
  /** What its last verb has found out. */
  result: Result;
}

export const nothing: Result = { type: 'nothing' };

export const frameOf = (program: Program, requester?: string): Frame => ({
  program,
  position: 0,
  result: nothing,
  ...(requester !== undefined && { requester }),
});

export const placeOf = (instruction: Instruction): { at?: Place } => (instruction.at ? { at: instruction.at } : {});
