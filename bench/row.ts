/** What a benchmark reports: one figure beside its control of the same run, and the bar that it must stay under. */

export interface Row {
  /** What was measured, with its unit. */
  readonly figure: string;
  readonly ours: string;
  /** The same without us: an empty handler, a bare bundle, the official client. */
  readonly control: string;
  /** What must hold, in words: `at most 1.5x`; empty for what is only shown to compare with. */
  readonly bar: string;
  /** How ours stands to the control, in the words of the bar. */
  readonly result: string;
  readonly held: boolean;
}

/** What a module in this folder exports to be run by `npm run bench`. */
export interface Bench {
  readonly title: string;
  run(): Promise<readonly Row[]>;
}

/** The middle value; the mean of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [lower, upper] = [sorted[middle - (sorted.length % 2 === 0 ? 1 : 0)], sorted[middle]];
  if (lower === undefined || upper === undefined) throw new Error('There is no median of nothing.');
  return (lower + upper) / 2;
}
