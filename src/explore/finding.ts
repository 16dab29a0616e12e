import { type ExploreScript, scriptInWords } from './acts.ts';

/** What exploring finds, and what it means. `docs/explore.md` has a row for each. */
export const findingKinds = {
  documentRefused: 'The application answered a document that cannot be executed.',
  documentTooLarge: 'The application answered more bytes than the dialect allows.',
  documentWarning: 'A document can be executed, but not as it was meant.',
  contentType: 'An answer came with a content type that is no document of the dialect.',
  requestFailed: 'A request for a document failed, and no document came in its place.',
  requestRescued: 'A request failed with an error, and another URL stood in for it.',
  relativeUrl: 'A relative URL leads to a place that is not there.',
  applicationThrew: 'The function that is the application threw.',
  notRepeatable: 'The same acts led elsewhere than before.',
  redirectLoop: 'Documents lead to each other without end, and nobody is asked anything.',
  loopWithoutExit: 'Whatever the caller does, they are asked again.',
  leftInSilence: 'The caller hears nothing for longer than they would stay.',
  silentEnd: 'The call ends after something that the caller did, and they have heard nothing of it.',
  silenceNotHandled: 'A caller who says and presses nothing is hung up on, or fails.',
  keyNotHandled: 'A key that the prompt offers leads where a key leads that it does not offer, or fails.',
  promptCut: 'A prompt was cut short by the application itself, or its audio cannot be had.',
  numberNotValid: 'A number that is to be called is none.',
  recordingLost: 'What was recorded leads nowhere: the handler that is told of it fails.',
  callbackFailed: 'A callback URL does not take what it is told.',
  noFallback: 'When this request fails the call ends: nothing stands in for it.',
  noOperator: 'From here nobody can be reached within so many acts.',
  handlerNotReached: 'A handler that was to be reached never is.',
  elementNotReached: 'An element of a document is never executed.',
  problem: 'The engine had something to say of a call.',
} as const satisfies Record<string, string>;

export type FindingKind = keyof typeof findingKinds;

/** Something that is wrong with an application, and what to do to see it. */
export interface Finding {
  kind: FindingKind;
  message: string;
  /** The shortest script that shows it. */
  script: ExploreScript;
  /** The same in words. */
  steps: string;
  url?: string;
  line?: number;
  column?: number;
}

export interface Found extends Omit<Finding, 'script' | 'steps'> {
  /** What tells it apart from others of its kind; its message unless given. */
  same?: string;
}

/** Findings, each one once: calls are made in the order of their length, so the first to show it is the shortest. */
export class Findings {
  readonly #found = new Map<string, Finding>();

  add({ same, ...found }: Found, script: ExploreScript): void {
    const key = `${found.kind} ${same ?? found.message}`;
    const known = this.#found.get(key);
    if (known && known.script.length <= script.length) return;
    this.#found.set(key, { ...found, script, steps: scriptInWords(script) });
  }

  get count(): number {
    return this.#found.size;
  }

  /** In the order of the table above, shortest first. */
  get list(): Finding[] {
    const order = Object.keys(findingKinds);
    const rank = ({ kind, script }: Finding) => order.indexOf(kind) * 1000 + script.length;
    return [...this.#found.values()].sort((one, other) => rank(one) - rank(other));
  }
}
