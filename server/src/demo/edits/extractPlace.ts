/** Where a new function goes: behind the one that its lines were in; in C before it. */
import type { Stretch } from './extractChecks.ts';
import type { CodeFunction } from './functions.ts';
import { isBlank, type Source } from './source.ts';

export interface Place {
  /** The function goes in front of this line. */
  readonly line: number;
  /** With the blank lines around it. */
  gap(lines: readonly string[]): readonly string[];
}

export function placeFor(source: Source, stretch: Stretch, around: CodeFunction | undefined): Place {
  const isTop = around === undefined || around.symbol.depth === 0;
  const blanks = source.syntax.byIndent && isTop ? ['', ''] : [''];
  if (source.syntax.family === 'c') return before(source, around?.firstLine ?? stretch.first, blanks);
  if (around !== undefined) return behind(source, around.lastLine + 1, blanks);
  // Python runs from top to bottom: what is called must be there.
  if (source.syntax.byIndent) return before(source, stretch.first, blanks);
  return behind(source, statementEnd(source, stretch) + 1, blanks);
}

function behind({ lines }: Source, line: number, blanks: readonly string[]): Place {
  const next = lines[line];
  const last = next === undefined || isBlank(next) || /^\s*[)\]}]/.test(next) ? [] : blanks;
  return { line, gap: (own) => [...blanks, ...own, ...last] };
}

/** Above comments and decorators that belong to what is there. */
function before(source: Source, line: number, blanks: readonly string[]): Place {
  let top = line;
  for (let above = line - 1; above >= 0; above--) {
    const text = source.lines[above] ?? '';
    const isAttached = (source.layers[above]?.comment ?? -1) >= 0 && isBlank(source.maskedLine(above));
    if (isBlank(text) || (!isAttached && !/^\s*@/.test(text))) break;
    top = above;
  }
  const isFirst = top === 0 || isBlank(source.lines[top - 1] ?? '');
  return { line: top, gap: (own) => [...(isFirst ? [] : blanks), ...own, ...blanks] };
}

/** The last line of the statement that holds the lines: where no bracket is open any more. */
function statementEnd(source: Source, { start, last }: Stretch): number {
  for (let at = 0; at < start; at++) {
    const partner = '([{'.includes(source.masked.charAt(at)) ? source.partner(at) : -1;
    if (partner > start) return source.lineAt(partner);
    if (partner > at) at = partner;
  }
  return last;
}
