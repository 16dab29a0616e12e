import { type Figure, median, rounded } from '../figure.ts';
import type { Dialect } from '../menu-call.ts';
import { startPart } from '../part.ts';
import type { CheckTasks } from '../parts/check.ts';

const checkRateOf = (name: string, dialect: Dialect): Figure => ({
  name,
  about: 'documents checked, divided by what fast-xml-parser alone validates and parses in the same time',
  unit: '×',
  is: 'at least',
  budget: 0.5,
  aim: 0.8,
  measure: async ({ quick }) => {
    const part = startPart<CheckTasks>('check');
    try {
      const { ours, alone, documents, bytes } = await part.ask(
        'check',
        quick ? { ms: 60, rounds: 3, dialect } : { ms: 400, rounds: 7, dialect },
      );
      const raw = {
        documents,
        'bytes each': Math.round(bytes / documents),
        'documents/s': rounded(median(ours)),
        'fast-xml-parser documents/s': rounded(median(alone)),
      };
      return { value: median(ours.map((rate, round) => rate / alone[round]!)), raw };
    } finally {
      await part.close();
    }
  },
});

export const checkRate = checkRateOf('check rate', 'voiceml');
export const lamlCheckRate = checkRateOf('LaML check rate', 'laml');
