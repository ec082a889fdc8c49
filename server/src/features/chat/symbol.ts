/** A function, class or the like that a question mentions by its name. */
import type { CodeSymbol } from '#shared/symbols.ts';
import { outlineOf } from '../../text/outline.ts';
import { meantBy, shownPath } from '../../tools/paths.ts';
import { symbolsOf } from '../../tools/symbolsOf.ts';
import { partPiece, readFor } from './file.ts';
import { languageOf } from './languageOf.ts';
import type { ComposeWorld, Frame, NotSent, Piece } from './piece.ts';

export interface AskedSymbol {
  /** As the person wrote it. */
  readonly written: string;
  readonly name: string;
  /** The file in which it is declared. */
  readonly path?: string;
}

/** So many declarations of the same name are sent. */
const mostDeclarations = 3;
/** So many files that hold the name are looked through. */
const mostFiles = 30;

/**
 * In the named file; else in the document that the person sees; else in any file that holds the name.
 * @param active URI of the document that the person sees.
 */
export async function symbolPieces(
  world: ComposeWorld,
  asked: AskedSymbol,
  active: string | undefined,
  frame: Frame,
): Promise<readonly (Piece | NotSent)[]> {
  if (asked.name === '' || asked.name.length > 200)
    return [{ notSent: `${asked.written} is sent as text alone: it names no symbol.` }];
  if (asked.path !== undefined) return inNamedFile(world, asked, asked.path, frame);
  const here = active === undefined ? [] : await declarationsIn(world, asked, active, frame);
  const found = here.length > 0 ? here : await anywhere(world, asked, frame);
  return found.length > 0
    ? found
    : [{ notSent: `${asked.written} is sent as text alone: no symbol of this name was found.` }];
}

async function inNamedFile(
  world: ComposeWorld,
  asked: AskedSymbol,
  path: string,
  frame: Frame,
): Promise<readonly (Piece | NotSent)[]> {
  const meant = await meantBy(world, path);
  if ('impossible' in meant) return [{ notSent: `${asked.written} is sent as text alone: ${meant.impossible}` }];
  const found = await declarationsIn(world, asked, meant.uri, frame);
  return found.length > 0
    ? found
    : [
        {
          notSent: `${asked.written} is sent as text alone: ${meant.shown} has no symbol of this name, or stays here.`,
        },
      ];
}

async function anywhere(world: ComposeWorld, asked: AskedSymbol, frame: Frame): Promise<readonly Piece[]> {
  const last = asked.name.split('.').at(-1) ?? asked.name;
  const question = { pattern: last, isRegex: false, isCaseSensitive: true, around: 0, most: 500 };
  const { matches } = await world.search.text(question, frame.signal);
  const uris = [...new Set(matches.map(({ uri }) => uri))].slice(0, mostFiles);
  const found: Piece[] = [];
  for (const uri of uris) {
    const room = frame.room - found.reduce((sum, { attached }) => sum + attached.tokens, 0);
    found.push(...(await declarationsIn(world, asked, uri, { ...frame, room })));
    if (found.length >= mostDeclarations) break;
  }
  return found.slice(0, mostDeclarations);
}

/** Where the editor has the document, its own symbols; else an outline. */
async function declarationsIn(
  world: ComposeWorld,
  { written, name }: AskedSymbol,
  uri: string,
  frame: Frame,
): Promise<readonly Piece[]> {
  const read = await readFor(world, uri, written);
  if (!('text' in read)) return [];
  const open = world.documents.get(uri);
  const symbols = open === undefined ? outlineOf(read.text, languageOf(uri)) : await symbolsOf(world, open);
  const shown = shownPath(world.files, uri);
  return symbols
    .filter((symbol, at) => isNamed(symbols, symbol, at, name))
    .slice(0, mostDeclarations)
    .map(({ range, name: symbol }) =>
      partPiece(
        {
          ...{ name: written, uri, shown, ...read, kind: 'symbol', about: { symbol } },
          lines: { first: range.start.line, last: range.end.line },
        } as const,
        frame,
      ),
    )
    .filter((piece) => 'attached' in piece);
}

/** By its name alone, or behind the name of what holds it. */
function isNamed(symbols: readonly CodeSymbol[], symbol: CodeSymbol, at: number, name: string): boolean {
  if (symbol.name === name) return true;
  const [holder, own] = [name.slice(0, Math.max(0, name.lastIndexOf('.'))), name.slice(name.lastIndexOf('.') + 1)];
  if (holder === '' || symbol.name !== own) return false;
  const parent = symbols.slice(0, at).findLast(({ depth }) => depth < symbol.depth);
  return parent?.name === holder.split('.').at(-1);
}
