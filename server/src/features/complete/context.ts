/** What goes along with the text around the cursor: the head of the file, what other open files declare, what was edited last. Pure. */
import { importsOf } from '../../text/imports.ts';
import { outlineOf } from '../../text/outline.ts';

/** A piece of a file that is there to be looked up, as it may leave. */
export interface Piece {
  readonly uri: string;
  /** Zero-based first and last line. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly text: string;
}

/** Code units of a document's beginning that imports and declarations are looked for in. */
export const headLength = 20_000;
const longestHead = 3_000;
const longestOutline = 1_600;
const longestLine = 200;

/** Imports and declarations at the beginning of a document, as far as they stand above `line`. */
export function headOf(uri: string, text: string, languageId: string, line: number): Piece | undefined {
  const lines = text.split('\n');
  const imports = importsOf(lines).filter((each) => each.line < line);
  const wanted = new Map(imports.map((each) => [each.line, each.text]));
  for (const [at, signature] of signaturesOf(text, lines, languageId)) if (at < line) wanted.set(at, signature);
  return pieceOf(uri, wanted, longestHead);
}

/** What a document declares, a line each. */
export function declarationsOf(uri: string, text: string, languageId: string): Piece | undefined {
  return pieceOf(uri, new Map(signaturesOf(text, text.split('\n'), languageId)), longestOutline);
}

function signaturesOf(text: string, lines: readonly string[], languageId: string): readonly [number, string][] {
  return outlineOf(text, languageId)
    .filter(({ depth }) => depth < 2)
    .map(({ range }) => [range.start.line, (lines[range.start.line] ?? '').slice(0, longestLine).trimEnd()]);
}

function pieceOf(uri: string, wanted: ReadonlyMap<number, string>, most: number): Piece | undefined {
  const kept: string[] = [];
  let [length, lastLine] = [0, 0];
  const inOrder = [...wanted].sort(([one], [other]) => one - other);
  for (const [line, text] of inOrder) {
    length += text.length + 1;
    if (length > most) break;
    kept.push(text);
    lastLine = line;
  }
  if (kept.length === 0) return undefined;
  return { uri, firstLine: inOrder[0]?.[0] ?? 0, lastLine, text: kept.join('\n').toWellFormed() };
}
