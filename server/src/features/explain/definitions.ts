/** Where the names that code uses are declared, in few lines each: by the editor's own knowledge, else in the same file by its structure. */
import type { Location } from '#shared/lookups.ts';
import type { Position } from '#shared/place.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import type { Context } from '../../ports.ts';
import { outlineOf } from '../../text/outline.ts';
import { cleanLines } from './cleanLines.ts';
import { declarationAt } from './declaration.ts';
import type { MaterialDocument } from './documents.ts';
import { documentOf, type MaterialSource } from './material.ts';
import type { UsedName } from './names.ts';

export type DefinitionContext = Pick<Context, 'documents' | 'files' | 'outgoing' | 'trust'>;

/** A name that the code uses, and where it is declared. */
export interface Defined {
  readonly name: string;
  readonly location: Location;
}

/** What the definitions are for. */
export interface Definiens {
  readonly source: MaterialSource;
  readonly symbols: readonly CodeSymbol[];
  /** The code itself: what is declared in there is known. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly excludedFiles: readonly string[];
  /** What the model and the receipt call them: how they were found. */
  readonly part: 'definition' | 'definition by name';
}

export interface Definitions {
  /** The most telling first; cleaned. */
  readonly documents: readonly MaterialDocument[];
  /** What was replaced in them, a line each. */
  readonly replaced: readonly string[];
}

const mostDefinitions = 24;
const mostFiles = 12;
/** A longer file is not outlined: a line of it is shown. In UTF-16 code units. */
const longestOutlined = 400_000;
const longestShown = 300;

/** The declarations at these places. What is outside of the workspace, or must not leave, is not among them. */
export async function definitionsAt(
  context: DefinitionContext,
  places: readonly Defined[],
  definiens: Definiens,
): Promise<Definitions> {
  const files = new Map<string, Promise<ReadFile | undefined>>();
  const fileOf = (uri: string) => {
    const known = files.get(uri);
    if (known !== undefined || files.size >= mostFiles) return known;
    const read = readFile(context, uri, definiens);
    files.set(uri, read);
    return read;
  };
  const seen = new Set<string>();
  const found: { readonly document: MaterialDocument; readonly replaced: readonly string[] }[] = [];
  for (const { name, location } of places) {
    const file = await fileOf(location.uri);
    if (file === undefined || found.length >= mostDefinitions) continue;
    const lines = declarationAt(file.lines, file.symbols, location.range.start.line).filter(
      ({ line, text }) =>
        text.trim() !== '' && !isInside(definiens, location.uri, line) && !seen.has(`${line} ${location.uri}`),
    );
    if (lines.length === 0) continue;
    for (const { line } of lines) seen.add(`${line} ${location.uri}`);
    const numbers = lines.map(({ line }) => line);
    const { lines: texts, replaced } = await cleanLines(file.lines, numbers, context.outgoing.clean, longestShown);
    const document = documentOf(file.source, definiens.part, texts);
    found.push({ document: { ...document, about: { symbol: name } }, replaced });
  }
  return { documents: found.map(({ document }) => document), replaced: found.flatMap(({ replaced }) => replaced) };
}

/** Names that are declared elsewhere in the same file, by its structure alone: a name may mean something else. */
export function definedInFile(names: readonly UsedName[], definiens: Definiens): readonly Defined[] {
  const { symbols, source } = definiens;
  const byName = new Map(symbols.map((symbol) => [symbol.name, symbol]));
  return names.flatMap(({ name }) => {
    const symbol = byName.get(name);
    if (symbol === undefined || isInside(definiens, source.uri, symbol.selection.start.line)) return [];
    return [{ name, location: { uri: source.uri, range: symbol.selection } }];
  });
}

/** Pairs what was asked with what came, without what the editor does not know. */
export function definedBy(
  names: readonly UsedName[],
  locations: readonly (Location | undefined)[],
  isKept: (position: Position) => boolean,
): readonly Defined[] {
  return names.flatMap(({ name, position }, index) => {
    const location = locations[index];
    return location === undefined || !isKept(position) ? [] : [{ name, location }];
  });
}

interface ReadFile {
  readonly source: MaterialSource;
  readonly lines: readonly string[];
  readonly symbols: readonly CodeSymbol[];
}

/** Undefined for what may not be looked at or not leave: context that nobody chose is left out in silence (threats S12). */
async function readFile(
  context: DefinitionContext,
  uri: string,
  { source, symbols, excludedFiles }: Definiens,
): Promise<ReadFile | undefined> {
  if (uri === source.uri) return { source, lines: linesOf(source.text), symbols };
  const place = context.files.place(uri);
  if (place === undefined || !(await context.outgoing.mayLeave(uri, excludedFiles))) return undefined;
  const open = context.documents.get(uri);
  // Files that are not open are looked at unasked only where the workspace is trusted (threats S2).
  if (open === undefined && context.trust() !== 'trusted') return undefined;
  // A file that cannot be read defines nothing.
  const text = open?.text ?? (await context.files.read(uri).catch(() => undefined));
  if (text === undefined) return undefined;
  const languageId = open?.languageId ?? source.languageId;
  return {
    source: { uri, title: place.path, languageId, text },
    lines: linesOf(text),
    symbols: text.length > longestOutlined ? [] : outlineOf(text, languageId),
  };
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}

function isInside({ source, firstLine, lastLine }: Definiens, uri: string, line: number): boolean {
  return uri === source.uri && line >= firstLine && line <= lastLine;
}
