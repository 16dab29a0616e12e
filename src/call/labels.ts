import type { LiveCall } from './live-call.ts';

const maxLabels = 50;
const maxBytes = 10_240;

/** The labels with one set, or removed when its value is empty; undefined when a limit would be passed. */
function setLabel(
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

/** Sets a label of a call, or removes it; one too many is told. */
export function label(call: LiveCall, key: string, value: string): void {
  const labels = setLabel(call.record.labels, key, value);
  if (labels) {
    call.update({ labels });
    call.output({ type: 'call.labeled', key, value, labels });
  } else call.problem('LABELS_LIMIT', notSet(key));
}

const notSet = (key: string): string =>
  `label ${JSON.stringify(key)} was not set: a call has at most 50 labels and 10,240 bytes of them`;
