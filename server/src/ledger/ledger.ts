/** The one door into documents: hunks and their fate, from the first letter that the model writes to what the person decides. */
import type { Ledger } from '../editing.ts';
import type { Disk, DocumentWatcher, Files, Snapshot } from '../ports.ts';
import { lineStartsOf, positionsIn } from '../text/lines.ts';
import { type Anchor, anchorAt, findAgain, findSurely } from '../text/reanchor.ts';
import { changeBetween } from '../text/spans.ts';
import { createCarrier } from './carrier.ts';
import { changedFiles, changeOf } from './changes.ts';
import { decide } from './decide.ts';
import { createFates } from './fates.ts';
import { follow, undone } from './follow.ts';
import { backAgain, gone, settleGone } from './gone.ts';
import { createGroup } from './group.ts';
import type { Guard } from './guard.ts';
import { outcomeText } from './outcome.ts';
import { createRoom, hunksOf, type LedgerParts, type Room, type Sheet, show } from './room.ts';
import { createStore } from './stored.ts';
import { type Tracked, toHunk } from './tracked.ts';
import type { Offer } from './whole.ts';

export interface LedgerOptions extends LedgerParts {
  readonly disk: Disk;
  readonly files: Pick<Files, 'read' | 'place'>;
  readonly roots: () => readonly string[];
  readonly guard: Guard;
}

/** Milliseconds between two lists of hunks for one document. */
const shortestShow = 50;
const mostOffers = 100;
/** The model is told of so many earlier tries. */
const mostRejections = 3;

export function createLedger(options: LedgerOptions): Ledger {
  const room = createRoom(options);
  const carrier = createCarrier(room);
  const store = createStore({ room, disk: options.disk, log: options.log, roots: options.roots });
  // Of a folder that is in the workspace no more the name is all that the model needs.
  const pathOf = (uri: string) => options.files.place(uri)?.path ?? nameOf(uri);
  const looking = { room, readFile: (uri: string) => options.files.read(uri) };
  const fates = createFates({
    ...{ room, disk: options.disk, log: options.log },
    textOf: (hunk, sheet) => outcomeText([withText(hunk, sheet)], pathOf),
    changeOf: (hunk, sheet) => changeOf(withText(hunk, sheet)),
  });
  const offers: Offer[] = [];
  const shower = createShower(room, (sheet) => store.keeping(sheet));
  room.onChange((sheet) => {
    if (!options.editor.keepsPending) return;
    store.keep(sheet);
    fates.keep(sheet);
    shower.show(sheet);
  });
  const watcher: DocumentWatcher = {
    opened(snapshot) {
      const sheet = room.sheet(snapshot.uri);
      if (sheet !== undefined) reopened(room, sheet, snapshot);
      if (options.editor.keepsPending)
        void store
          .restore(snapshot.uri)
          .then((hunks) => takeBack(room, snapshot, hunks))
          .catch((error: unknown) => options.log.error('pending edits could not be found again', error));
    },
    changed(before, after, changes) {
      arrived(offers, after);
      carrier.heard(before, after, changes);
      const sheet = room.sheet(after.uri);
      if (sheet !== undefined && options.editor.keepsPending) store.follow(sheet);
    },
    closed({ uri }) {
      carrier.closed(uri);
      freeze(room, uri);
      room.forget(uri);
      if (options.editor.keepsPending)
        void settleGone(looking, uri).catch((error: unknown) =>
          options.log.error('a file that was closed could not be looked for', error),
        );
    },
  };
  options.documents.watch(watcher);
  const hunksIn = (group: string) =>
    [...room.sheets()].flatMap((sheet) =>
      sheet.hunks.filter((hunk) => hunk.group === group).map((hunk) => withText(hunk, sheet)),
    );
  /** Of earlier sessions, and not in a document again. */
  const earlierIn = (group: string, hunks: readonly Tracked[]) =>
    fates.of(group).filter(({ id }) => !hunks.some((hunk) => hunk.id === id));
  return {
    keepsPending: options.editor.keepsPending,
    judge: options.guard.judge,
    begin: (origin, whole) =>
      createGroup(
        {
          room,
          carrier,
          guard: options.guard,
          roots: options.roots,
          readFile: looking.readFile,
          offered(offer) {
            // Each has the whole texts of its documents: of those that have arrived nothing is needed.
            const open = offers.filter(isAwaited).slice(1 - mostOffers);
            offers.splice(0, offers.length, ...open, offer);
          },
        },
        origin,
        whole,
      ),
    settle: (params) => decide(looking, carrier, params),
    find(id) {
      const tracked = room.find(id);
      if (tracked === undefined) return undefined;
      const { text, version } = room.sheet(tracked.uri) ?? { text: '', version: 0 };
      return { hunk: toHunk(tracked, positionsIn(text), version), origin: tracked.origin };
    },
    open(uri) {
      const sheet = room.sheet(uri);
      return sheet === undefined ? [] : hunksOf(room, sheet);
    },
    outcome(group) {
      const hunks = hunksIn(group);
      const earlier = earlierIn(group, hunks);
      // What was given up while it was written: the call's own result has told.
      const real = hunks.filter(({ state, stopped }) => state !== 'rejected' || !stopped);
      return [...earlier.map(({ text }) => text), outcomeText(real, pathOf)].filter((text) => text !== '').join('\n');
    },
    changes: (groups) => {
      const changes = groups.flatMap((group) => {
        const hunks = hunksIn(group);
        const earlier = earlierIn(group, hunks).flatMap(({ change }) => change ?? []);
        return [
          ...earlier.map((change) => ({ ...change, pending: 0 })),
          ...hunks.flatMap((hunk) => changeOf(hunk) ?? []),
        ];
      });
      return changedFiles(changes, pathOf);
    },
    recall: (groups) => fates.recall(groups),
    rejections(uri, { firstLine, lastLine }) {
      const sheet = room.sheet(uri);
      const rejected = (sheet?.hunks ?? []).filter(
        ({ state, reason, stopped }) =>
          state === 'rejected' && !stopped && reason !== undefined && reason !== undone && reason !== gone,
      );
      const here = rejected
        .map((hunk) => withText(hunk, sheet ?? { text: '' }))
        .filter(({ line }) => firstLine < line && line <= lastLine + 1);
      return here
        .slice(-mostRejections)
        .map((hunk) => `${outcomeText([hunk], () => 'This file')}\nIt was:\n${hunk.after}`)
        .join('\n');
    },
    async flush() {
      await store.flush();
      await fates.flush();
    },
  };
}

function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function withText(hunk: Tracked, { text }: Pick<Sheet, 'text'>) {
  const { start, end } = hunk.span;
  return { ...hunk, line: lineStartsOf(text.slice(0, start)).length, now: text.slice(start, end) };
}

function isAwaited({ documents }: Offer): boolean {
  return documents.some(({ hunks }) => hunks.some(({ state }) => state === 'proposed'));
}

/** Whole edits that an editor has applied are accepted (product decision 10.3). */
function arrived(offers: readonly Offer[], after: Snapshot): void {
  for (const { documents } of offers)
    for (const document of documents)
      if (document.uri === after.uri && document.after === after.text)
        for (const hunk of document.hunks)
          if (hunk.state === 'proposed') Object.assign(hunk, { state: 'accepted', decided: true });
}

/** Nothing grows in a document that is closed: what there is of a hunk is the hunk. */
function freeze(room: Room, uri: string): void {
  const sheet = room.sheet(uri);
  const warnings = ['The file was closed while this was being written.'];
  for (const hunk of sheet?.hunks ?? [])
    if (hunk.growing) {
      const after = sheet?.text.slice(hunk.span.start, hunk.span.end) ?? '';
      Object.assign(hunk, {
        growing: false,
        stopped: true,
        after,
        warnings,
        ...(after === hunk.before ? { state: 'rejected', decided: true } : {}),
      });
    }
  room.changed(uri);
}

/** A document is open again: with a text that was there before, or its hunks are looked for in what it says now. */
function reopened(room: Room, sheet: Sheet, { text, version }: Snapshot): void {
  const before = sheet.text;
  Object.assign(sheet, { text, version, isShown: true });
  backAgain(sheet);
  const change = changeBetween(before, text);
  if (change !== undefined) room.moved(sheet.uri, [change]);
  const known = change === undefined ? undefined : sheet.memory.get(text);
  const lost = sheet.hunks
    .filter(({ id, place, state }) => place === 'buffer' && state === 'proposed' && known?.has(id) !== true)
    .map((hunk) => ({ hunk, anchor: anchorAt(before, hunk.span) }));
  if (change !== undefined && known !== undefined)
    follow(sheet.hunks, { before, after: text, changes: [change], isCompared: true }, sheet.memory);
  if (change !== undefined) for (const { hunk, anchor } of lost) refind(hunk, anchor, text);
  room.changed(sheet.uri);
}

function refind(hunk: Tracked, anchor: Anchor, text: string): void {
  const sure = findSurely(text, anchor, hunk.before);
  if (sure !== undefined) {
    hunk.span = sure;
    return;
  }
  const found = findAgain(text, anchor);
  const isBack = found !== undefined && text.slice(found.span.start, found.span.end) === hunk.before;
  Object.assign(hunk, {
    growing: false,
    state: found === undefined || isBack ? 'rejected' : 'edited',
    reason: undone,
    decided: true,
  });
  if (found !== undefined) hunk.span = found.span;
}

function takeBack(room: Room, { uri }: Snapshot, hunks: readonly Tracked[]): void {
  if (hunks.length === 0 || room.opened(uri) === undefined) return;
  for (const hunk of hunks) if (room.find(hunk.id) === undefined && !isTaken(room, hunk)) room.add(hunk);
  room.changed(uri);
}

/** Two windows may have made the same edit of one text: one hunk for a place. */
function isTaken(room: Room, { uri, span, place }: Tracked): boolean {
  return (room.sheet(uri)?.hunks ?? []).some((other) => {
    const isSame = other.span.start === span.start && other.span.end === span.end;
    const isOver = other.span.start < span.end && span.start < other.span.end;
    return place === 'buffer' && other.place === 'buffer' && other.state === 'proposed' && (isSame || isOver);
  });
}

interface Shower {
  show(sheet: Sheet): void;
}

/**
 * The first at once, then as often as a screen needs it.
 * @param keeping What is shown as awaiting the person is there again after the server was killed: it waits for the disk.
 */
function createShower(room: Room, keeping: (sheet: Sheet) => Promise<void> | undefined): Shower {
  const waiting = new Set<Sheet>();
  let last = Number.NEGATIVE_INFINITY;
  let isLate = false;
  const flush = (): void => {
    last = room.parts.now();
    const now = [...waiting];
    waiting.clear();
    for (const sheet of now) {
      const kept = keeping(sheet);
      if (kept === undefined) show(room, sheet);
      else void kept.then(() => shower.show(sheet));
    }
  };
  const shower: Shower = {
    show(sheet) {
      waiting.add(sheet);
      if (isLate) return;
      const rest = last + shortestShow - room.parts.now();
      if (rest <= 0) return flush();
      isLate = true;
      void room.parts.wait(rest).then(() => {
        isLate = false;
        flush();
      });
    },
  };
  return shower;
}
