/** Which of a document's explanations a line has. */
import type { ExplanationSummary } from '#shared/explanations.ts';

/**
 * The newest that speaks of this very code; of the whole file only at its first line. Undefined where there is none, or
 * its code is gone.
 */
export function explainedAt(explanations: readonly ExplanationSummary[], line: number): ExplanationSummary | undefined {
  return explanations
    .filter((each) => isShown(each) && placeOf(each).first <= line && line <= placeOf(each).last)
    .reduce<ExplanationSummary | undefined>((best, each) => newer(best, each), undefined);
}

/** One for each line on which an explanation begins: the newest. */
export function explainedLines(explanations: readonly ExplanationSummary[]): ReadonlyMap<number, ExplanationSummary> {
  const lines = new Map<number, ExplanationSummary>();
  for (const each of explanations.filter(isShown)) {
    const { first } = placeOf(each);
    lines.set(first, newer(lines.get(first), each));
  }
  return lines;
}

/** Notes are hints; a terminal is no place; of what is gone nobody knows where it was. */
function isShown({ kind, state }: ExplanationSummary): boolean {
  return kind !== 'notes' && kind !== 'terminal' && state !== 'gone';
}

function placeOf({ kind, range }: ExplanationSummary): { readonly first: number; readonly last: number } {
  return kind === 'file' ? { first: 0, last: 0 } : { first: range.start.line, last: range.end.line };
}

function newer(best: ExplanationSummary | undefined, each: ExplanationSummary): ExplanationSummary {
  return best === undefined || best.at <= each.at ? each : best;
}
