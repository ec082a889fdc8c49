/** Some lines of a document as they may leave: cleaned with those around them, on which it depends what a secret looks like. */
import type { Cleaned } from '../../ports.ts';
import type { NumberedLine } from '../../text/imports.ts';
import { behindCut } from './cleanCut.ts';

export interface CleanLines {
  readonly lines: readonly NumberedLine[];
  /** What was replaced in these lines, a line each. */
  readonly replaced: readonly string[];
}

/** Longer than any private key. */
const linesAround = 200;
/** More than this is not cleaned at once, in UTF-16 code units. */
const longestWindow = 400_000;
const longestLine = 2_000;

/** @param all The document's lines, without their ends. @param wanted Zero-based numbers, rising. @param shown Characters of a line that are sent. */
export async function cleanLines(
  all: readonly string[],
  wanted: readonly number[],
  clean: (text: string) => Promise<Cleaned>,
  shown = longestLine,
): Promise<CleanLines> {
  const [from, window] = windowOf(all, wanted);
  const texts = window.map((line) => line.slice(0, longestLine + behindCut));
  const cleaned = await clean(texts.join('\n'));
  const cleanedTexts = cleaned.text.split('\n');
  const cut = (text: string | undefined) => (text ?? '').slice(0, shown).toWellFormed();
  const lines = wanted.map((line) => ({ line, text: cut(cleanedTexts[line - from]) }));
  const isReplaced = lines.some(({ line, text }) => text !== cut(texts[line - from]));
  return { lines, replaced: isReplaced ? cleaned.replaced : [] };
}

function windowOf(all: readonly string[], wanted: readonly number[]): readonly [number, readonly string[]] {
  const [first, last] = [wanted[0] ?? 0, wanted.at(-1) ?? -1];
  for (const around of [linesAround, 20, 0]) {
    const from = Math.max(0, first - around);
    const window = all.slice(from, last + 1 + around);
    const size = window.reduce((sum, line) => sum + Math.min(line.length, longestLine + behindCut) + 1, 0);
    if (size <= longestWindow || around === 0) return [from, window];
  }
  return [first, []];
}
