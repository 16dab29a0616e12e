const maxLabels = 50;
const maxBytes = 10_240;

/** The labels with one set, or removed when its value is empty; undefined when a limit would be passed. */
export function setLabel(
  labels: Readonly<Record<string, string>>,
  key: string,
  value: string,
): Readonly<Record<string, string>> | undefined {
  const others = Object.entries(labels).filter(([other]) => other !== key);
  if (value === '') return Object.fromEntries(others);
  const all: [string, string][] = [...others, [key, value]];
  const bytes = all.reduce((sum, [name, text]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text), 0);
  return all.length > maxLabels || bytes > maxBytes ? undefined : Object.fromEntries(all);
}

export const notSet = (key: string): string =>
  `label ${JSON.stringify(key)} was not set: a call has at most 50 labels and 10,240 bytes of them`;
