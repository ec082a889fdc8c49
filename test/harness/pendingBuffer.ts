/** An editor's buffer with undo, on the far side of a slow wire: what the ledger talks to in tests, driven step by step. */
import { afterChange, type Change } from '#shared/anchor.ts';
import type { ApplyParams, ApplyResult, Approval, Hunk } from '#shared/edits.ts';
import type { Position, Range } from '#shared/place.ts';
import { rebased } from '#shared/rebase.ts';
import type { Editor, WholeEdit } from '../../server/src/editing.ts';
import type { Documents, DocumentWatcher, Snapshot } from '../../server/src/ports.ts';
import { lineStartsOf, offsetAt, positionsIn } from '../../server/src/text/lines.ts';
import { changed, type TextChange } from '../../server/src/text/spans.ts';

interface UndoElement {
  /** Each for the text before it, in order; the texts they replaced. */
  readonly steps: { readonly change: TextChange; readonly old: string }[];
  isOpen: boolean;
  readonly isOurs: boolean;
}

export interface Buffer {
  readonly uri: string;
  text: string;
  version: number;
  readonly undoStack: UndoElement[];
  readonly redoStack: UndoElement[];
  isOpen: boolean;
}

export interface PendingWorld {
  readonly editor: Editor;
  readonly documents: Documents;
  buffer(uri: string): Buffer;
  open(uri: string, text: string): void;
  close(uri: string): void;
  /** Somebody changes the text: changes in order, each for the text after those before it; one undo step. */
  change(uri: string, changes: readonly TextChange[]): void;
  undo(uri: string): void;
  redo(uri: string): void;
  /** Delivers one message, to or from the server; false when there is none. */
  deliver(choose: (count: number) => number): boolean;
  /** Delivers everything until nothing is left, also what comes of it. */
  settle(): Promise<void>;
  /** The list that the editor shows. */
  shown(uri: string): readonly Hunk[];
  /** Told of each edit of the ledger's: the text before it and after it. */
  onEdit: (uri: string, before: string, after: string) => void;
  /** What `apply` answers instead of doing it. */
  refuse: ((params: ApplyParams) => ApplyResult | undefined) | undefined;
  approve: (files: readonly Approval[]) => boolean;
  /** Files as they were saved. */
  readonly disk: Map<string, string>;
  /** The next edit takes the blanks of empty lines along, as VS Code does with what it has indented by itself. */
  trims: boolean;
}

export function createPendingWorld(): PendingWorld {
  const buffers = new Map<string, Buffer>();
  const mirrors = new Map<string, Snapshot>();
  const watchers: DocumentWatcher[] = [];
  const toServer: (() => void)[] = [];
  const toClient: (() => void)[] = [];
  const hunks = new Map<string, readonly Hunk[]>();
  /** Changes by the version that they led to. */
  const journal = new Map<string, { version: number; changes: readonly Change[] }[]>();

  const bufferOf = (uri: string): Buffer => {
    const found = buffers.get(uri);
    if (found === undefined) throw new Error(`${uri} is not open`);
    return found;
  };
  const report = (buffer: Buffer, changes: readonly TextChange[]): void => {
    const before = buffer.text;
    const ranges: Change[] = [];
    for (const change of changes) {
      ranges.push({ range: rangeIn(buffer.text, change), text: change.text });
      buffer.text = changed(buffer.text, change);
    }
    buffer.version++;
    journal.set(buffer.uri, [...(journal.get(buffer.uri) ?? []), { version: buffer.version, changes: ranges }]);
    const after: Snapshot = { uri: buffer.uri, version: buffer.version, languageId: 'typescript', text: buffer.text };
    toServer.push(() => {
      const earlier = mirrors.get(buffer.uri);
      if (earlier === undefined || earlier.text !== before) throw new Error('the mirror has lost step');
      mirrors.set(buffer.uri, after);
      for (const watcher of watchers) watcher.changed?.(earlier, after, changes);
    });
  };
  const make = (buffer: Buffer, changes: readonly TextChange[], element: UndoElement): void => {
    let text = buffer.text;
    for (const change of changes) {
      element.steps.push({ change, old: text.slice(change.start, change.end) });
      text = changed(text, change);
    }
    if (!buffer.undoStack.includes(element)) buffer.undoStack.push(element);
    buffer.redoStack.length = 0;
    report(buffer, changes);
  };

  const applyNow = (params: ApplyParams): ApplyResult => {
    const refused = world.refuse?.(params);
    if (refused !== undefined) return refused;
    const moved: { buffer: Buffer; changes: TextChange[] }[] = [];
    for (const { uri, version, edits } of params.documents) {
      const buffer = buffers.get(uri);
      const changedMeanwhile: ApplyResult = { applied: false, versions: [], reason: 'changed' };
      if (buffer === undefined || !buffer.isOpen) return { applied: false, versions: [], reason: 'closed' };
      const later = (journal.get(uri) ?? [])
        .filter((entry) => entry.version > version)
        .flatMap(({ changes }) => changes);
      const now = rebased(edits, later);
      if (now === 'touched' || edits.some(({ range }) => isBeside(range, later))) return changedMeanwhile;
      // The document was closed and opened again: its versions begin anew.
      if (version > buffer.version) return changedMeanwhile;
      const starts = lineStartsOf(buffer.text);
      const changes = now
        .map(({ range, text }) => ({
          start: offsetAt(buffer.text, starts, range.start),
          end: offsetAt(buffer.text, starts, range.end),
          text,
        }))
        .reverse();
      const isOther = edits.some(({ old }, index) => {
        const change = changes[changes.length - 1 - index];
        return change === undefined || buffer.text.slice(change.start, change.end) !== old;
      });
      if (isOther) return changedMeanwhile;
      moved.push({ buffer, changes });
    }
    for (const { buffer, changes } of moved) {
      const before = buffer.text;
      const real = changes.filter(({ start, end, text }) => start !== end || text !== '');
      if (world.trims && real.length > 0) {
        world.trims = false;
        for (const { index, 0: blanks } of before.matchAll(/^[ \t]+$/gm))
          real.push({ start: index, end: index + blanks.length, text: '' });
        real.sort((one, other) => other.start - one.start);
      }
      const last = buffer.undoStack.at(-1);
      const goesOn = (params.undo === 'middle' || params.undo === 'last') && last?.isOurs === true && last.isOpen;
      const element = goesOn
        ? last
        : { steps: [], isOpen: params.undo === 'first' || params.undo === 'middle', isOurs: true };
      if (real.length > 0) make(buffer, real, element);
      if (params.undo === 'last' || params.undo === 'whole') element.isOpen = false;
      if (real.length > 0) world.onEdit(buffer.uri, before, buffer.text);
    }
    for (const file of params.files) {
      if (file.kind !== 'create') closeNow(file.uri);
      if (file.kind === 'create') world.disk.set(file.uri, file.text);
      else if (file.kind === 'rename') world.disk.set(file.to, world.disk.get(file.uri) ?? '');
      if (file.kind !== 'create') world.disk.delete(file.uri);
    }
    return { applied: true, versions: moved.map(({ buffer }) => ({ uri: buffer.uri, version: buffer.version })) };
  };
  /** As an editor without pending edits makes a `workspace/applyEdit`; a file that is not open is changed on its disk. */
  const handNow = ({ documents, files }: WholeEdit): ApplyResult => {
    const isStale = documents.some(({ uri, version }) => version !== null && buffers.get(uri)?.version !== version);
    if (isStale) return { applied: false, versions: [], reason: 'failed', message: 'The document has changed.' };
    for (const { uri, edits } of documents) {
      const text = buffers.get(uri)?.text ?? world.disk.get(uri) ?? '';
      const starts = lineStartsOf(text);
      const changes = [...edits].reverse().map(({ range, text: inserted }) => ({
        start: offsetAt(text, starts, range.start),
        end: offsetAt(text, starts, range.end),
        text: inserted,
      }));
      const buffer = buffers.get(uri);
      if (buffer === undefined) world.disk.set(uri, changes.reduce(changed, text));
      else make(buffer, changes, { steps: [], isOpen: false, isOurs: true });
    }
    for (const file of files) if (file.kind === 'create') world.disk.set(file.uri, file.text);
    return { applied: true, versions: [] };
  };
  const closeNow = (uri: string): void => {
    const buffer = buffers.get(uri);
    if (buffer === undefined) return;
    buffers.delete(uri);
    journal.delete(uri);
    toServer.push(() => {
      const mirror = mirrors.get(uri);
      mirrors.delete(uri);
      if (mirror !== undefined) for (const watcher of watchers) watcher.closed?.(mirror);
    });
  };

  const world: PendingWorld = {
    onEdit: () => undefined,
    refuse: undefined,
    approve: () => false,
    trims: false,
    disk: new Map(),
    documents: {
      get: (uri) => mirrors.get(uri),
      recent: () => [...mirrors.keys()],
      offsetAt(uri, position) {
        const text = mirrors.get(uri)?.text ?? '';
        return offsetAt(text, lineStartsOf(text), position);
      },
      positionAt: (uri, offset) => positionsIn(mirrors.get(uri)?.text ?? '')(offset),
      watch: (watcher) => void watchers.push(watcher),
    },
    editor: {
      keepsPending: true,
      apply: (params) =>
        new Promise((resolve) => {
          toClient.push(() => {
            const result = applyNow(params);
            toServer.push(() => resolve(result));
          });
        }),
      prepare: async (uris) => new Map(uris.map((uri) => [uri, mirrors.has(uri) ? undefined : 'It is not open.'])),
      approve: async (_group, _title, files) => world.approve(files),
      hand: (whole) =>
        new Promise((resolve) => {
          toClient.push(() => {
            const result = handNow(whole);
            toServer.push(() => resolve(result));
          });
        }),
      show: (uri, _version, list) => void hunks.set(uri, list),
    },
    buffer: bufferOf,
    open(uri, text) {
      const buffer = { uri, text, version: 1, undoStack: [], redoStack: [], isOpen: true };
      buffers.set(uri, buffer);
      toServer.push(() => {
        const snapshot = { uri, version: 1, languageId: 'typescript', text };
        mirrors.set(uri, snapshot);
        for (const watcher of watchers) watcher.opened?.(snapshot);
      });
    },
    close: closeNow,
    change(uri, changes) {
      make(bufferOf(uri), changes, { steps: [], isOpen: false, isOurs: false });
    },
    undo(uri) {
      const buffer = bufferOf(uri);
      const element = buffer.undoStack.pop();
      if (element === undefined) return;
      element.isOpen = false;
      buffer.redoStack.push(element);
      report(
        buffer,
        [...element.steps]
          .reverse()
          .map(({ change, old }) => ({ start: change.start, end: change.start + change.text.length, text: old })),
      );
    },
    redo(uri) {
      const buffer = bufferOf(uri);
      const element = buffer.redoStack.pop();
      if (element === undefined) return;
      buffer.undoStack.push(element);
      report(
        buffer,
        element.steps.map(({ change }) => change),
      );
    },
    deliver(choose) {
      const waiting = [toServer, toClient].filter((queue) => queue.length > 0);
      const queue = waiting[choose(waiting.length)];
      queue?.shift()?.();
      return queue !== undefined;
    },
    async settle() {
      for (let idle = 0; idle < 5; ) {
        idle = this.deliver(() => 0) ? 0 : idle + 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    shown: (uri) => hunks.get(uri) ?? [],
  };
  return world;
}

function rangeIn(text: string, { start, end }: TextChange): Range {
  const positionAt = positionsIn(text);
  return { start: positionAt(start), end: positionAt(end) };
}

/** Text was inserted where an empty range is: the server looks again. */
function isBeside(range: Range, changes: readonly Change[]): boolean {
  let now = range;
  for (const change of changes) {
    if (isEmpty(now) && isEmpty(change.range) && isSame(now.start, change.range.start) && change.text !== '')
      return true;
    now = afterChange(now, change);
  }
  return false;
}

function isEmpty({ start, end }: Range): boolean {
  return isSame(start, end);
}

function isSame(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}
