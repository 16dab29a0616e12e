import { expect, test } from 'vitest';
import { explore, retrace } from '../../src/explore/explore.ts';
import { findingKinds } from '../../src/explore/finding.ts';
import { applicationOf, defects } from './defects.ts';

test.for(defects.map((defect) => [defect.name, defect] as const))(
  'explore finds %s, and the script shows it again',
  async ([, { documents, options, finds, steps, message }]) => {
    const application = {
      application: applicationOf({ documents }),
      ...(options?.urls ? { urls: options.urls } : { url: '/' }),
    };
    const { findings } = await explore({ ...application, ...options });
    const found = findings.find(({ kind }) => kind === finds);
    expect(findings.map(({ kind }) => kind)).toContain(finds);
    expect(found).toEqual(expect.objectContaining({ steps, message: expect.stringMatching(message) }));

    const again = await retrace(application, found!.script);
    const once = await retrace(application, found!.script);
    expect(again.transcript).toBe(once.transcript);
    expect(again.transcript).toMatch(/caller +calls/);
    if (showsInOneCall.has(finds)) expect(again.signs.map(({ kind }) => kind)).toContain(finds);
  },
);

/** What a single call shows; the others show when calls are compared with each other. */
const showsInOneCall = new Set(
  Object.keys(findingKinds).filter(
    (kind) =>
      ![
        'loopWithoutExit',
        'keyNotHandled',
        'noFallback',
        'noOperator',
        'handlerNotReached',
        'elementNotReached',
      ].includes(kind),
  ),
);
