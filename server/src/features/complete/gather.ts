/** Gathers what a suggestion is asked with, as it may leave: the text around the cursor, the file's head, other open files, what was edited last. */
import type { Cleaned, Documents, LiveTexts, Outgoing, Source } from '../../ports.ts';
import { declarationsOf, headLength, headOf, type Piece } from './context.ts';
import type { EditedPlace } from './edited.ts';
import { shapeOf } from './hole.ts';
import type { Wanted } from './prompt.ts';
import { cleanWindow, sentOf, type Window } from './window.ts';

export interface GatherParts {
  readonly documents: Pick<Documents, 'get' | 'recent' | 'offsetAt'> & LiveTexts;
  readonly outgoing: Pick<Outgoing, 'clean' | 'mayLeave'>;
  edited(): readonly EditedPlace[];
}

export interface Gathered {
  readonly wanted: Omit<Wanted, 'model'>;
  readonly sources: readonly Source[];
  readonly replaced: readonly string[];
}

export interface Gatherer {
  /** Undefined where something in the line of the cursor must not leave. */
  gather(window: Window, excludedFiles: readonly string[]): Promise<Gathered | undefined>;
  forget(uri: string): void;
}

/** Other open files of the same language, and places that were edited last. */
const most = { others: 3, edited: 2 } as const;
/** Code units beyond what is used: half of a secret looks like none. */
const margin = 2_000;
/** Lines around an edit that are sent, and so many that are cleaned. */
const around = { sent: 4, cleaned: 40 } as const;
const longestEdit = 800;

interface Kept {
  readonly key: string;
  readonly piece: Piece | undefined;
  readonly replaced: readonly string[];
}

export function createGatherer({ documents, outgoing, edited }: GatherParts): Gatherer {
  const heads = new Map<string, Kept>();
  const others = new Map<string, Kept>();
  const begun = (uri: string): Promise<Cleaned> => outgoing.clean(documents.part(uri, 0, headLength + margin));
  /** Made again only where the text or the version is another one. */
  const kept = async (
    known: Map<string, Kept>,
    uri: string,
    key: string,
    make: (text: string) => Piece | undefined,
  ): Promise<Kept> => {
    const before = known.get(uri);
    if (before?.key === key) return before;
    const { text, replaced } = await begun(uri);
    const next = { key, piece: make(text.slice(0, headLength)), replaced };
    known.set(uri, next);
    return next;
  };
  const headFor = (window: Window, firstLine: number): Promise<Kept> => {
    const key = `${firstLine} ${documents.part(window.uri, 0, headLength + margin)}`;
    return kept(heads, window.uri, key, (text) => headOf(window.uri, text, window.languageId, firstLine));
  };
  const othersFor = async (window: Window, excludedFiles: readonly string[]): Promise<readonly Kept[]> => {
    const same = documents
      .recent()
      .filter((uri) => uri !== window.uri && documents.get(uri)?.languageId === window.languageId)
      .slice(0, most.others)
      .sort();
    const found: Kept[] = [];
    for (const uri of same)
      if (await outgoing.mayLeave(uri, excludedFiles))
        found.push(
          await kept(others, uri, String(documents.get(uri)?.version), (text) =>
            declarationsOf(uri, text, window.languageId),
          ),
        );
    return found;
  };
  const editedFor = async (window: Window, firstLine: number, excludedFiles: readonly string[]) => {
    const last = window.line + window.after.split('\n').length;
    const found: Kept[] = [];
    for (const { uri, line } of edited()) {
      if (found.length === most.edited) break;
      if (uri === window.uri && line >= firstLine - around.sent && line <= last) continue;
      if (documents.get(uri) === undefined || !(await outgoing.mayLeave(uri, excludedFiles))) continue;
      found.push(await editAt(uri, line));
    }
    return found;
  };
  const editAt = async (uri: string, line: number): Promise<Kept> => {
    const top = Math.max(0, line - around.cleaned);
    const start = documents.offsetAt(uri, { line: top, character: 0 });
    const end = documents.offsetAt(uri, { line: line + around.cleaned, character: 0 });
    const { text, replaced } = await outgoing.clean(documents.part(uri, start, Math.min(end, start + 20_000)));
    const firstLine = Math.max(top, line - around.sent);
    const lines = text.split(/\r\n?|\n/).slice(firstLine - top, line + around.sent + 1 - top);
    const piece = { uri, firstLine, lastLine: line + around.sent, text: lines.join('\n').slice(0, longestEdit) };
    return { key: '', piece: { ...piece, text: piece.text.toWellFormed() }, replaced };
  };
  return {
    async gather(window, excludedFiles) {
      const cleaned = await cleanWindow(window, outgoing.clean);
      if (cleaned === undefined) return undefined;
      const { firstLine, before, after } = sentOf(cleaned.window);
      const head = firstLine === 0 ? undefined : await headFor(window, firstLine);
      const siblings = await othersFor(window, excludedFiles);
      const edits = await editedFor(window, firstLine, excludedFiles);
      const { uri, languageId, line } = window;
      const shape = shapeOf(window);
      const lastLine = line + after.split('\n').length - 1;
      const pieces = { head: head?.piece, others: piecesIn(siblings), edited: piecesIn(edits) };
      return {
        wanted: { uri, languageId, shape, firstLine, before, after, ...pieces },
        sources: [
          { uri, firstLine, lastLine, part: 'code' },
          ...(pieces.head === undefined ? [] : [sourceOf(pieces.head, 'imports')]),
          ...pieces.others.map((piece) => sourceOf(piece, 'declarations')),
          ...pieces.edited.map((piece) => sourceOf(piece, 'edited')),
        ],
        replaced: [...cleaned.replaced, ...[head, ...siblings, ...edits].flatMap((each) => each?.replaced ?? [])],
      };
    },
    forget(uri) {
      heads.delete(uri);
      others.delete(uri);
    },
  };
}

function piecesIn(kept: readonly Kept[]): readonly Piece[] {
  return kept.flatMap(({ piece }) => piece ?? []);
}

function sourceOf({ uri, firstLine, lastLine }: Piece, part: string): Source {
  return { uri, firstLine, lastLine, part };
}
