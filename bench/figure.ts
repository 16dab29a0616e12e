/** What a figure is, and what it gives. */
export interface Row {
  figure: string;
  value: number;
  unit: string;
  budget: number;
  met: boolean;
  /** What the figure was made from. */
  raw: Readonly<Record<string, number>>;
}

export interface Figure {
  name: string;
  /** How it is taken, in a sentence. */
  about: string;
  unit: string;
  /** Whether the value should be below the budget, or above. */
  is: 'at most' | 'at least';
  budget: number;
  aim: number;
  measure(effort: Effort): Promise<{ value: number; raw: Row['raw'] }>;
}

export interface Effort {
  /** Fewer rounds, fewer calls: to see that everything works rather than to believe the numbers. */
  quick: boolean;
}

export const reaches = (value: number, { is }: Pick<Figure, 'is'>, goal: number): boolean =>
  is === 'at most' ? value <= goal : value >= goal;

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

export function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? Number.NaN;
}

/** Three digits that count. */
export const rounded = (value: number): number => Number(value.toPrecision(3));
