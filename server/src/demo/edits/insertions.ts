/** Turns insertions at offsets into changes of whole lines. */
import type { Change } from './changes.ts';
import type { Source } from './source.ts';

export interface Insertion {
  readonly at: number;
  readonly text: string;
  /** Characters from `at` on that it takes the place of, on the same line. */
  readonly drop: number;
}

/** One change for each line. Insertions at one place come in the order in which they are given. */
export function insertedAt(source: Source, insertions: readonly Insertion[]): readonly Change[] {
  const byLine = new Map<number, Insertion[]>();
  for (const insertion of insertions) {
    const line = source.lineAt(insertion.at);
    const own = byLine.get(line) ?? [];
    byLine.set(line, own);
    own.push(insertion);
  }
  return [...byLine].map(([line, own]) => ({ from: line, to: line + 1, lines: withInsertions(source, line, own) }));
}

function withInsertions(source: Source, line: number, insertions: readonly Insertion[]): readonly string[] {
  const start = source.startOf(line);
  const inLine = insertions.map((insertion) => ({ ...insertion, at: insertion.at - start }));
  return inserted(source.lines[line] ?? '', inLine).split('\n');
}

/** A text with insertions at its own offsets. One that begins inside of what another drops is left out. */
export function inserted(text: string, insertions: readonly Insertion[]): string {
  const pieces: string[] = [];
  let behind = 0;
  for (const { at, drop, text: piece } of insertions.toSorted((one, other) => one.at - other.at)) {
    if (at < behind) continue;
    pieces.push(text.slice(behind, at), piece);
    behind = at + drop;
  }
  pieces.push(text.slice(behind));
  return pieces.join('');
}
