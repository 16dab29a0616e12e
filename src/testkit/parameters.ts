/** What a body says, as an object: JSON with its `parameters` on top, or the fields of a form. */
export function parametersOf(body: string): Record<string, unknown> {
  const json = readJson(body);
  if (json === undefined) return Object.fromEntries(new URLSearchParams(body));
  const { parameters } = json as { parameters?: object };
  return { ...json, ...parameters };
}

function readJson(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Does the whole have everything that the part has? A regular expression stands for the texts that it matches. */
export function partOf(part: unknown, whole: unknown): boolean {
  if (part instanceof RegExp) return typeof whole === 'string' && part.test(whole);
  if (typeof part !== 'object' || part === null) return Object.is(part, whole);
  if (typeof whole !== 'object' || whole === null) return false;
  return Object.entries(part).every(([name, value]) => partOf(value, (whole as Record<string, unknown>)[name]));
}
