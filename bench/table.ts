import { type Figure, type Row, reaches } from './figure.ts';

const columns = [24, 10, 9, 10, 10, 5] as const;

const line = (cells: readonly string[]) =>
  cells
    .map((cell, index) => {
      const width = columns[index] ?? 0;
      return index === 0 || index === 2
        ? cell.padEnd(width)
        : index < columns.length
          ? cell.padStart(width)
          : `  ${cell}`;
    })
    .join(' ')
    .trimEnd();

export const heading = (): string => line(['figure', 'value', 'unit', 'budget', 'aim', 'met', 'made from']);

/** One figure as a line of the table. */
export function tableLine(figure: Figure, { value, unit, budget, met, raw }: Row): string {
  const sign = figure.is === 'at most' ? '≤' : '≥';
  const verdict = met ? (reaches(value, figure, figure.aim) ? 'aim' : 'yes') : 'NO';
  const parts = Object.entries(raw).map(([name, number]) => `${name} ${spelled(number)}`);
  return line([
    figure.name,
    spelled(value),
    unit,
    `${sign} ${spelled(budget)}`,
    `${sign} ${spelled(figure.aim)}`,
    verdict,
    parts.join(' · '),
  ]);
}

const spelled = (value: number): string =>
  value.toLocaleString('en', value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });
