/** Keeps hunks that await the person on our own disk, and finds them again in a document that is opened later. */
import type { Disk, Log, Snapshot } from '../ports.ts';
import { anchorAt, findAgain, findSurely } from '../text/reanchor.ts';
import { undone } from './follow.ts';
import { gone } from './gone.ts';
import { keyOf } from './memory.ts';
import { createRecords, type Found, folderOf, type StoredHunk, type StoredSheet } from './records.ts';
import type { Room, Sheet } from './room.ts';
import { isOpen, newTracked, type Tracked } from './tracked.ts';

export interface Store {
  /**
   * The hunks of a document have changed. What is whole and awaits the person, or was decided, is written at once, what
   * still grows soon. What is written is whole.
   */
  keep(sheet: Sheet): void;
  /** Resolves when what is written at once is on the disk, or cannot be; undefined when it is. */
  keeping(sheet: Sheet): Promise<void> | undefined;
  /** Only the text around them has changed: written when there is time. */
  follow(sheet: Sheet): void;
  /** Writes what waits. */
  flush(): Promise<void>;
  /** The hunks of an earlier session, or of another window, where they are in the document now. */
  restore(uri: string): Promise<readonly Tracked[]>;
}

export interface StoreParts {
  readonly room: Room;
  readonly disk: Disk;
  readonly log: Log;
  /** The workspace folders. */
  readonly roots: () => readonly string[];
}

/** What the disk has of a document. */
interface Kept {
  /** Files of this session or taken over by it: what they have goes into the next one, then they go. */
  readonly files: Set<string>;
  /** Hunks of those files by id; of other sessions with what was stored of them. */
  readonly hunks: Map<string, StoredHunk | undefined>;
  /** Decided on, while there is a file that has them: one that could not be removed, or another window's. */
  readonly settled: Set<string>;
}

/** Milliseconds: typing in a row is written once. */
const pause = 150;
const longPause = 2_000;

export function createStore({ room, disk, log, roots }: StoreParts): Store {
  const documents = new Map<string, Kept>();
  const waiting = new Map<string, Sheet>();
  /** What of each document is on the disk, or on its way there. */
  const sure = new WeakMap<Sheet, { readonly what: string; on: Promise<void> | undefined }>();
  const records = createRecords(disk, log);
  const pauses = new Set<number>();
  let isTold = false;
  const failed = (error: unknown): void => {
    if (!isTold) log.error('pending edits could not be kept', error);
    isTold = true;
  };
  const keptOf = (uri: string): Kept => {
    const known = documents.get(uri) ?? { files: new Set(), hunks: new Map(), settled: new Set() };
    documents.set(uri, known);
    return known;
  };
  const write = async (sheet: Sheet): Promise<void> => {
    const kept = keptOf(sheet.uri);
    const old = [...kept.files];
    const folder = folderOf(sheet.uri, roots());
    const record = recordOf(sheet, kept);
    // What is decided comes first: who is killed in between must not offer it again.
    const isNeeded = record.hunks.length > 0 || record.settled.length > 0;
    const name = isNeeded ? await records.create(folder, room.parts.random(), record) : undefined;
    if (name !== undefined) kept.files.add(name);
    for (const { id } of record.hunks) if (!kept.hunks.has(id)) kept.hunks.set(id, undefined);
    const problem = await removeAll(old, kept);
    if (kept.settled.size > 0) {
      const left = (await records.of(folder, sheet.uri)).filter((one) => one.name !== name);
      for (const id of kept.settled) if (!left.some((one) => has(one, id))) forget(kept, id);
    }
    if (name !== undefined && record.hunks.length === 0 && kept.settled.size === 0) await removeAll([name], kept);
    if (kept.files.size === 0) documents.delete(sheet.uri);
    if (problem !== undefined) throw problem;
  };
  /** @returns why one of them is still there. */
  const removeAll = async (names: readonly string[], kept: Kept): Promise<unknown> => {
    let problem: unknown;
    for (const name of names)
      try {
        await records.remove(name);
        kept.files.delete(name);
      } catch (error) {
        problem = error;
      }
    return problem;
  };
  const later = async (milliseconds: number): Promise<void> => {
    if (pauses.has(milliseconds)) return;
    pauses.add(milliseconds);
    await room.parts.wait(milliseconds);
    pauses.delete(milliseconds);
    await drain();
  };
  let draining = Promise.resolve();
  // One after the other: two files for one document would be one too many.
  const drain = (): Promise<void> => {
    draining = draining.then(drainOnce);
    return draining;
  };
  const drainOnce = async (): Promise<void> => {
    const now = [...waiting.values()];
    waiting.clear();
    for (const sheet of now)
      try {
        await write(sheet);
      } catch (error) {
        failed(error);
        // With the next change, or at the end.
        waiting.set(sheet.uri, sheet);
      }
    if (waiting.size === 0) isTold = false;
  };
  return {
    keep(sheet) {
      if (sheet.hunks.length === 0 && !documents.has(sheet.uri)) return;
      waiting.set(sheet.uri, sheet);
      const what = wholeIn(sheet);
      if ((sure.get(sheet)?.what ?? '') === what) return void later(pause);
      const now: { readonly what: string; on: Promise<void> | undefined } = { what, on: drain() };
      sure.set(sheet, now);
      void now.on?.then(() => {
        now.on = undefined;
      });
    },
    keeping: (sheet) => sure.get(sheet)?.on,
    follow(sheet) {
      if (!sheet.hunks.some(isOpen)) return;
      waiting.set(sheet.uri, sheet);
      void later(longPause);
    },
    async flush() {
      await drain();
    },
    async restore(uri) {
      const found = await records.of(folderOf(uri, roots()), uri);
      // As it is now: the person may have typed while the disk was read, or closed it again.
      const document = room.parts.documents.get(uri);
      if (document === undefined) return [];
      const done = new Set(found.flatMap(({ sheet }) => sheet.settled));
      const back = new Map<string, Tracked>();
      for (const one of found) {
        const { name, sheet } = one;
        if (documents.get(uri)?.files.has(name)) continue;
        const open = sheet.hunks.filter(({ id }) => !done.has(id));
        const here = open.flatMap((hunk) => restored(hunk, hunk.text ?? sheet.text, document));
        // Not waited for: the text would be another one by then. What cannot be removed is looked at again the next time.
        if (open.length === 0 && isSpent(one, found)) void records.remove(name).catch(() => undefined);
        // Nothing of it is in this window's document: it may be in another one's.
        if (here.length === 0) continue;
        keptOf(uri).files.add(name);
        for (const id of sheet.settled) keptOf(uri).settled.add(id);
        for (const hunk of open) keptOf(uri).hunks.set(hunk.id, { text: sheet.text, ...hunk });
        for (const hunk of here) if (!back.has(hunk.id)) back.set(hunk.id, hunk);
      }
      return [...back.values()];
    },
  };
}

/** Names what a person sees as done, and what a server that is killed now must know when it starts again. */
function wholeIn({ hunks }: Sheet): string {
  return hunks
    .filter((hunk) => isOpen(hunk) && !hunk.growing)
    .map(({ id, state, place }) => `${id} ${state} ${place}`)
    .sort()
    .join('\n');
}

function has({ sheet }: Found, id: string): boolean {
  return sheet.hunks.some((hunk) => hunk.id === id);
}

function forget({ settled, hunks }: Kept, id: string): void {
  settled.delete(id);
  hunks.delete(id);
}

/** What it says is decided is in no other file any more. */
function isSpent(one: Found, found: readonly Found[]): boolean {
  return one.sheet.settled.every((id) => !found.some((other) => other !== one && has(other, id)));
}

/** What there is to keep of a document now; what was decided meanwhile is noted. */
function recordOf(sheet: Sheet, { hunks, settled }: Kept): StoredSheet {
  const open = sheet.hunks.filter(isOpen);
  for (const id of hunks.keys()) if (isDecided(sheet.hunks.find((hunk) => hunk.id === id))) settled.add(id);
  const isOpenNow = new Set(open.map(({ id }) => id));
  // An undo has brought it back.
  for (const id of isOpenNow) settled.delete(id);
  // Another window may still have what this one has found in its file and then lost by what was typed.
  const others = [...hunks].flatMap(([id, one]) =>
    one === undefined || isOpenNow.has(id) || settled.has(id) ? [] : [one],
  );
  const stored = toStored(sheet, open);
  return { ...stored, hunks: [...stored.hunks, ...others], settled: [...settled] };
}

/** The person has said what becomes of it, in this window. What was typed into it is only this window's text. */
function isDecided(hunk: Tracked | undefined): boolean {
  const isTheirs = hunk?.state === 'rejected' && hunk.reason !== undone && hunk.reason !== gone;
  return hunk?.state === 'accepted' || isTheirs;
}

function toStored({ uri, text }: Sheet, hunks: readonly Tracked[]): Omit<StoredSheet, 'settled'> {
  return {
    uri,
    text: keyOf(text),
    hunks: hunks.map(
      ({ id, group, origin, before, after, growing, place, state, reason, file, to, warnings, span }) => ({
        ...{ id, group, ...origin, before, after, growing, place },
        state: state === 'conflicted' ? 'conflicted' : 'proposed',
        ...(reason === undefined ? {} : { reason }),
        ...(file === undefined ? {} : { file }),
        ...(to === undefined ? {} : { to }),
        warnings: [...warnings],
        anchor: anchorAt(text, span),
      }),
    ),
  };
}

/** Nothing where the document no longer has anything of it: it was closed without being saved, or taken back. */
function restored(stored: StoredHunk, textThen: string, document: Snapshot): readonly Tracked[] {
  const { id, group, action, title, instruction, anchor, growing, before } = stored;
  const origin = { action, title, ...(instruction === undefined ? {} : { instruction }) };
  const { place, state, reason, file, to, warnings } = stored;
  const more = { after: stored.after, place, state, reason, file, to, warnings };
  const isUntouched = textThen === keyOf(document.text);
  const found = isUntouched
    ? { span: { start: anchor.start, end: anchor.start + anchor.content.length }, same: true }
    : findAgain(document.text, anchor);
  if (place === 'aside') {
    // It waits whatever the text says; where it belongs is where it can be looked at.
    const span = found?.span ?? { start: 0, end: 0 };
    return [newTracked({ ...more, id, group, uri: document.uri, origin, before, span })];
  }
  if (found === undefined) return [];
  const now = document.text.slice(found.span.start, found.span.end);
  if (now === before) return [];
  // Whether somebody typed into what was half written cannot be known: it stays, and what was there can be looked at.
  if (growing && !isUntouched) {
    const reason = 'The server stopped while this was being written. The text was left as it is.';
    const half = { ...more, place: 'aside', state: 'conflicted', reason, after: now } as const;
    return [newTracked({ ...half, id, group, uri: document.uri, origin, before, span: found.span })];
  }
  // What stands there is what rejecting takes away; where somebody changed it, or may have written the same, it is theirs.
  const span = isUntouched ? found.span : findSurely(document.text, anchor, before);
  if (span === undefined) return [];
  return [
    newTracked({
      ...more,
      id,
      group,
      uri: document.uri,
      origin,
      before,
      span,
      after: anchor.content,
      warnings: [...warnings, ...(growing ? ['It was not written to its end: the server stopped.'] : [])],
    }),
  ];
}
