/** What an explanation is made from: the code, what encloses it, what it imports. Pure. */
import type { ExplanationKind } from '#shared/explain.ts';
import type { Range } from '#shared/place.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import { Refusal } from '../../ports.ts';
import { fittingLength } from '../../text/fitting.ts';
import { importsOf, type NumberedLine } from '../../text/imports.ts';
import { lineStartsOf } from '../../text/lines.ts';
import { meantBy, ordered } from '../../text/meant.ts';
import type { MaterialDocument } from './documents.ts';

export interface Material {
  readonly kind: ExplanationKind;
  readonly languageId: string;
  /** The explained lines, as they are in the document. */
  readonly code: string;
  /** Zero-based, of `code`. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** The whole lines that `code` covers. */
  readonly range: Range;
  /** The symbol that is explained or that encloses the selection. */
  readonly symbol: string | undefined;
  /** What is sent: the context first, and the code (part `code`) last. */
  readonly documents: readonly MaterialDocument[];
  /** Whether the end of the selection was left out because it is too long. */
  readonly isCut: boolean;
  /** Whole lines that were left out. */
  readonly linesLeftOut: number;
}

const longestDeclaration = 300;

/** An open document or a file, with the name that the person knows it by. */
export interface MaterialSource {
  readonly uri: string;
  readonly title: string;
  readonly languageId: string;
  readonly text: string;
}

/**
 * The material for a range of a document. An empty range means the symbol around it, else the paragraph.
 * @param room for the code, in estimated tokens.
 * @throws Refusal when the range is outside the document, or there is nothing to explain.
 */
export function materialOf(
  document: MaterialSource,
  symbols: readonly CodeSymbol[],
  wanted: Range,
  room: number,
): Material {
  const { starts, lines } = readLines(document.text);
  const asked = ordered(wanted);
  refuseOutside(lines, asked);
  const { around, symbol, firstLine, lastLine: end } = meantBy(lines, symbols, asked);
  const code = document.text.slice(starts[firstLine], starts[end + 1]);
  if (code.trim() === '')
    throw new Refusal('There is no code here. Put the cursor into code, or select some.', 'empty');
  const kept = code.slice(0, fittingLength(code, room));
  const isCut = kept.length < code.length;
  // The last line break ends a line, it begins none.
  const lastLine = firstLine + lineStartsOf(kept.replace(/\r?\n$|\r$/, '')).length - 1;
  const imports = importsOf(lines).filter(({ line }) => line < firstLine || line > lastLine);
  const documents = [
    documentOf(document, 'imports', imports),
    documentOf(document, 'enclosing', enclosingLines(lines, around, firstLine)),
    codeDocument(document, kept, firstLine, symbol?.name),
  ];
  return {
    kind: 'code',
    languageId: document.languageId,
    code: kept,
    firstLine,
    lastLine,
    range: {
      start: { line: firstLine, character: 0 },
      end: { line: lastLine, character: (lines[lastLine] ?? '').length },
    },
    symbol: symbol?.name,
    documents: documents.filter((found) => found.lines.length > 0),
    isCut,
    linesLeftOut: isCut ? end - lastLine : 0,
  };
}

/** The lines of a text without their ends, and where each begins. */
export function readLines(text: string): { readonly starts: readonly number[]; readonly lines: readonly string[] } {
  const starts = lineStartsOf(text);
  return { starts, lines: starts.map((start, line) => text.slice(start, starts[line + 1]).replace(/[\r\n]+$/, '')) };
}

/** @throws Refusal when a range begins behind the last line. */
export function refuseOutside(lines: readonly string[], { start }: Range): void {
  if (start.line >= lines.length)
    throw new Refusal('The selection is outside the document. Select the code again.', 'range');
}

/** Lines of a document as one of the request's. */
export function documentOf(
  { uri, title }: Pick<MaterialSource, 'uri' | 'title'>,
  part: string,
  lines: readonly NumberedLine[],
): MaterialDocument {
  return { title, part, lines: lines.map(({ line, text }) => ({ uri, line, text })) };
}

/** The explained code as a document: it is the last of the request. */
export function codeDocument(
  source: MaterialSource,
  code: string,
  firstLine: number,
  symbol: string | undefined,
): MaterialDocument {
  const lines = code.replace(/\r?\n$|\r$/, '').split(/\r\n|\n|\r/);
  const numbered = lines.map((text, index) => ({ line: firstLine + index, text }));
  const about = {
    language: source.languageId,
    lines: `${firstLine + 1}-${firstLine + lines.length}`,
    ...(symbol === undefined ? {} : { symbol }),
  };
  return { ...documentOf(source, 'code', numbered), about };
}

function enclosingLines(
  lines: readonly string[],
  around: readonly CodeSymbol[],
  firstLine: number,
): readonly NumberedLine[] {
  const declarations = new Set(around.map((symbol) => symbol.selection.start.line).filter((line) => line < firstLine));
  return [...declarations].map((line) => ({ line, text: (lines[line] ?? '').slice(0, longestDeclaration) }));
}
