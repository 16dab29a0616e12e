/** Which fields an update changes (VoiceML 4.2): those that the mask names, or all that are given when there is none. */
import type { Static, TObject } from '@sinclair/typebox';
import { optional, text } from './kinds.ts';
import { invalid, type Violation } from './refusal.ts';

export const maskField = {
  updateMask: optional(
    text(
      'Fields to change, with commas between: `displayName,callRecording.trigger`, or `*` for all. A named field that the body does not have is cleared.',
    ),
  ),
};

type Fields = Readonly<Record<string, unknown>>;

/** What the resource is after the update. */
export function updated<S extends TObject>(schema: S, before: Static<S>, given: Static<S>, mask?: string): Static<S> {
  if (mask?.trim() === '*') return given;
  const paths = mask === undefined ? Object.keys(given as Fields) : mask.split(',').map((path) => toCamel(path.trim()));
  const violations = paths.flatMap((path): Violation[] =>
    isPath(schema, path.split('.'))
      ? []
      : [{ field: 'updateMask', description: `names ${path}, which cannot be changed` }],
  );
  if (violations.length > 0) throw invalid(violations);
  return paths.reduce((after, path) => taken(after, given as Fields, path.split('.')), before as Fields) as Static<S>;
}

const toCamel = (path: string) => path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function isPath(schema: TObject, [name = '', ...below]: readonly string[]): boolean {
  const field = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties[name] : undefined;
  return field !== undefined && (below.length === 0 || isPath(field as unknown as TObject, below));
}

/** The one with this field as the other has it. */
function taken(into: Fields, from: Fields | undefined, [name = '', ...below]: readonly string[]): Fields {
  const { [name]: before, ...others } = into;
  const given = from?.[name];
  if (below.length === 0) return given === undefined ? others : { ...others, [name]: given };
  return { ...others, [name]: taken((before ?? {}) as Fields, given as Fields | undefined, below) };
}
