/** What an action is given and what it gives back: lines of a file in, changes and a sentence out. */
import type { Change } from './changes.ts';
import type { Source } from './source.ts';
import type { EditTask } from './task.ts';

export interface Job {
  readonly task: EditTask;
  readonly source: Source;
  /** First and last line to change, counted from 0, in the source. */
  readonly from: number;
  readonly to: number;
}

export interface Outcome {
  /** One sentence. */
  readonly text: string;
  readonly changes?: readonly Change[];
  /** A new file. */
  readonly create?: { readonly path: string; readonly text: string };
  /** The text is a name, which stands on the first line. */
  readonly name?: string;
}

export type Action = (job: Job) => Outcome;

/** A line is replaced by another. */
export function lineChange(line: number, text: string): Change {
  return { from: line, to: line + 1, lines: [text] };
}
