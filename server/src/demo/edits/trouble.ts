/** A problem to be fixed, and what fixes one. */
import type { Change } from './changes.ts';
import type { Source } from './source.ts';

/** One problem, in the file as it is by then. */
export interface Trouble {
  readonly source: Source;
  /** Counted from 0, in the source. */
  readonly line: number;
  readonly message: string;
  readonly neighbours: readonly string[];
}

/** Nothing where the rules do not know the message, or cannot tell what to do. */
export type Fixer = (trouble: Trouble) => readonly Change[];
