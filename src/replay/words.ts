import type { Role } from '../telephony/bridge.ts';
import type { Scene } from './scene.ts';

/** The elements of a document in their order, and how many more when there are many. */
export function elements(instructions: readonly { verb: string; at?: { element: string } }[]): string {
  const names = instructions.map(({ verb, at }) => at?.element ?? verb);
  if (names.length === 0) return 'an empty document';
  return names.length > 10 ? `${names.slice(0, 9).join(', ')} and ${names.length - 9} more` : names.join(', ');
}

/** What somebody outside does to a recording. */
export const steered = { pause: 'pauses', silence: 'silences', resume: 'resumes', stop: 'stops' } as const;

/** A role in one word where there is one. */
export function roleText({ speaksTo, hears }: Role, scene: Scene): string {
  const who = (side: Role['hears']) =>
    typeof side === 'string' ? side : side.map((id) => scene.name(id)).join(' and ');
  if (speaksTo === 'all' && hears === 'all') return 'talking';
  if (speaksTo === 'none' && hears === 'all') return 'muted';
  if (speaksTo === 'none' && hears === 'none') return 'held';
  return `speaking to ${who(speaksTo)}, hearing ${who(hears)}`;
}
