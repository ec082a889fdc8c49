/** The hunks of each document, and the memory of its earlier texts: the state that the ledger's parts share. */
import type { Hunk } from '#shared/edits.ts';
import type { Editor } from '../editing.ts';
import type { Documents, Log } from '../ports.ts';
import { positionsIn } from '../text/lines.ts';
import type { TextChange } from '../text/spans.ts';
import { createMemory, type Memory } from './memory.ts';
import { byPlace, isOpen, type Tracked, toHunk } from './tracked.ts';

export interface LedgerParts {
  readonly editor: Editor;
  readonly documents: Documents;
  readonly log: Log;
  /** Unguessable, for ids. */
  random(): string;
  /** Milliseconds, never going back. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
}

/** What is known of one document. */
export interface Sheet {
  readonly uri: string;
  /** As the editor last said. */
  text: string;
  version: number;
  isShown: boolean;
  readonly hunks: Tracked[];
  readonly memory: Memory;
}

export interface Room {
  readonly parts: LedgerParts;
  sheet(uri: string): Sheet | undefined;
  /** The sheet of a document that the editor has open. */
  opened(uri: string): Sheet | undefined;
  sheets(): Iterable<Sheet>;
  find(id: string): Tracked | undefined;
  add(tracked: Tracked): void;
  remove(tracked: Tracked): void;
  /** The editor has closed it: where nothing is known of it that counts, nothing of it is kept. */
  forget(uri: string): void;
  /** Something is another way now: the editor and the store are told. */
  changed(uri: string): void;
  onChange(listener: (sheet: Sheet) => void): void;
  /** The text of a sheet has changed, by whomever; each change is for the text after those before it. */
  moved(uri: string, changes: readonly TextChange[]): void;
  /** Calls back for each such change, until what it returns is called. */
  follow(listener: (uri: string, changes: readonly TextChange[]) => void): () => void;
}

/** Settled hunks are kept for undo and for the model's next turn; the oldest beyond so many go. */
const mostSettled = 5_000;
/** UTF-16 code units of all of them, in all documents. */
const mostCharacters = 40_000_000;

export function createRoom(parts: LedgerParts): Room {
  const sheets = new Map<string, Sheet>();
  let unweighed = 0;
  const listeners = new Set<(sheet: Sheet) => void>();
  const followers = new Set<(uri: string, changes: readonly TextChange[]) => void>();
  const sheetOf = (uri: string, text: string, version: number): Sheet => {
    const known = sheets.get(uri) ?? { uri, text, version, isShown: false, hunks: [], memory: createMemory() };
    sheets.set(uri, known);
    return known;
  };
  const room: Room = {
    parts,
    sheet: (uri) => sheets.get(uri),
    opened(uri) {
      const document = parts.documents.get(uri);
      if (document === undefined) return undefined;
      const known = sheets.get(uri);
      if (known !== undefined) return known;
      return sheetOf(uri, document.text, document.version);
    },
    sheets: () => sheets.values(),
    find(id) {
      for (const { hunks } of sheets.values()) {
        const found = hunks.find((hunk) => hunk.id === id);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    add(tracked) {
      const { hunks } = sheetOf(tracked.uri, '', 0);
      hunks.push(tracked);
      hunks.sort(byPlace);
      const settled = hunks.length > mostSettled ? hunks.filter((hunk) => !isOpen(hunk)) : [];
      for (const old of settled.slice(0, Math.max(0, settled.length - mostSettled)))
        hunks.splice(hunks.indexOf(old), 1);
      // All of them are not looked through for a few characters more.
      unweighed += sizeOf(tracked);
      if (unweighed < mostCharacters / 20) return;
      unweighed = 0;
      lighten(sheets.values(), tracked);
    },
    remove(tracked) {
      const hunks = sheets.get(tracked.uri)?.hunks;
      const at = hunks?.indexOf(tracked) ?? -1;
      if (at >= 0) hunks?.splice(at, 1);
    },
    forget(uri) {
      if (sheets.get(uri)?.hunks.length === 0) sheets.delete(uri);
    },
    changed(uri) {
      const sheet = sheets.get(uri);
      if (sheet === undefined) return;
      verify(room, sheet);
      for (const listener of listeners) listener(sheet);
    },
    onChange: (listener) => void listeners.add(listener),
    moved(uri, changes) {
      for (const follower of followers) follower(uri, changes);
    },
    follow(listener) {
      followers.add(listener);
      return () => followers.delete(listener);
    },
  };
  return room;
}

/** Settled hunks go, those of the documents that were changed first before others, until the rest is small enough. */
function lighten(sheets: Iterable<Sheet>, fresh: Tracked): void {
  const settled = [...sheets].flatMap((sheet) =>
    sheet.hunks.filter((hunk) => hunk !== fresh && !isOpen(hunk)).map((hunk) => ({ sheet, hunk })),
  );
  let size = settled.reduce((sum, { hunk }) => sum + sizeOf(hunk), 0);
  for (const { sheet, hunk } of settled) {
    if (size <= mostCharacters) return;
    size -= sizeOf(hunk);
    sheet.hunks.splice(sheet.hunks.indexOf(hunk), 1);
  }
}

function sizeOf({ before, after }: Tracked): number {
  return before.length + after.length;
}

/** A hunk whose text is not in the document any more, whatever way it went, is not the ledger's to put back. */
export function verify({ parts: { log } }: Room, { text, hunks }: Sheet): void {
  for (const hunk of hunks) {
    const isThere = hunk.growing || text.slice(hunk.span.start, hunk.span.end) === hunk.after;
    if (hunk.state !== 'proposed' || hunk.place !== 'buffer' || hunk.busy || isThere) continue;
    hunk.state = 'edited';
    log.warn('a hunk was not as the ledger had it, and is left as it is');
  }
}

/** Shows a document's hunks in the editor: all that await the person. */
export function show(room: Room, sheet: Sheet): void {
  const { editor, documents } = room.parts;
  const open = sheet.hunks.filter(isOpen);
  if (open.length === 0 && !sheet.isShown) return;
  sheet.isShown = open.length > 0;
  // What waits in a closed document is shown when that is opened again; that nothing does is told at once.
  if (documents.get(sheet.uri) === undefined && open.length > 0) return;
  editor.show(sheet.uri, sheet.version, hunksOf(room, sheet));
}

/** As the editor gets them. */
export function hunksOf(room: Room, sheet: Sheet): readonly Hunk[] {
  const { documents } = room.parts;
  verify(room, sheet);
  const isSame = documents.get(sheet.uri)?.version === sheet.version;
  // While a change is on its way, the document is ahead of the sheet.
  const positionAt = isSame ? (offset: number) => documents.positionAt(sheet.uri, offset) : positionsIn(sheet.text);
  const inOrder = sheet.hunks.filter(isOpen).sort(byPlace);
  return inOrder.map((hunk) => toHunk(hunk, positionAt, sheet.version));
}
