/** Keeps hunks that await the person on our own disk, and finds them again in a document that is opened later. */
import * as z from 'zod';
import type { Disk, Log, Snapshot } from '../ports.ts';
import { anchorAt, findAgain } from '../text/reanchor.ts';
import { keyOf } from './memory.ts';
import type { Room, Sheet } from './room.ts';
import { isOpen, newTracked, type Tracked } from './tracked.ts';

const StoredHunk = z.object({
  id: z.string().max(64),
  group: z.string().max(64),
  action: z.string(),
  title: z.string(),
  instruction: z.string().optional(),
  before: z.string(),
  after: z.string(),
  growing: z.boolean(),
  place: z.enum(['buffer', 'aside']),
  state: z.enum(['proposed', 'conflicted']),
  reason: z.string().optional(),
  file: z.enum(['create', 'delete', 'rename']).optional(),
  to: z.string().optional(),
  warnings: z.array(z.string()),
  anchor: z.object({ content: z.string(), lead: z.string(), trail: z.string(), start: z.int().min(0) }),
});
type StoredHunk = z.infer<typeof StoredHunk>;
const StoredSheet = z.object({ uri: z.string(), text: z.string(), hunks: z.array(StoredHunk) });

export interface Store {
  /** The hunks of a document have changed. Written soon; what is written is whole. */
  keep(sheet: Sheet): void;
  /** Writes what waits. */
  flush(): Promise<void>;
  /** The hunks of an earlier session, where they are in the document now. */
  restore(uri: string): Promise<readonly Tracked[]>;
}

const folder = 'pending';
/** Milliseconds: typing in a row is written once. */
const pause = 150;
const mostFiles = 500;

export function createStore(room: Room, disk: Disk, log: Log): Store {
  const written = new Map<string, string>();
  const waiting = new Map<string, Sheet>();
  let earlier: Promise<Map<string, Found>> | undefined;
  let isWaiting = false;
  const failed = (error: unknown) => log.error('pending edits could not be kept', error);
  const write = async (sheet: Sheet): Promise<void> => {
    const old = written.get(sheet.uri);
    const open = sheet.hunks.filter(isOpen);
    if (open.length > 0) {
      const name = `${folder}/${room.parts.random()}.json`;
      await disk.create(name, sealed(toStored(sheet, open)));
      written.set(sheet.uri, name);
    } else written.delete(sheet.uri);
    if (old !== undefined) await disk.remove(old);
  };
  const later = async (): Promise<void> => {
    if (isWaiting) return;
    isWaiting = true;
    await room.parts.wait(pause);
    isWaiting = false;
    await drain();
  };
  let draining = Promise.resolve();
  // One after the other: two files for one document would be one too many.
  const drain = (): Promise<void> => {
    draining = draining.then(drainOnce);
    return draining;
  };
  const drainOnce = async (): Promise<void> => {
    for (const [uri, sheet] of waiting) {
      waiting.delete(uri);
      await write(sheet).catch(failed);
    }
  };
  return {
    keep(sheet) {
      if (sheet.hunks.length === 0 && !written.has(sheet.uri)) return;
      waiting.set(sheet.uri, sheet);
      void later();
    },
    async flush() {
      await drain();
    },
    async restore(uri) {
      earlier ??= readAll(disk, log);
      const known = await earlier;
      const found = known.get(uri);
      // Another window may have settled them since.
      if (found === undefined || (await disk.read(found.name)) === undefined) return [];
      // As it is now: the person may have typed while the disk was read, or closed it again.
      const document = room.parts.documents.get(uri);
      if (document === undefined || !known.delete(uri)) return [];
      written.set(uri, found.name);
      return found.hunks.flatMap((hunk) => restored(hunk, found.text, document));
    },
  };
}

interface Found {
  readonly name: string;
  /** Names the text that the hunks were last seen in. */
  readonly text: string;
  readonly hunks: readonly StoredHunk[];
}

async function readAll(disk: Disk, log: Log): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  const names = await disk.list(folder).catch((error: unknown) => {
    log.error('pending edits could not be read', error);
    return [];
  });
  for (const name of names.slice(0, mostFiles)) {
    const text = await disk.read(`${folder}/${name}`).catch(() => undefined);
    const sheet = StoredSheet.safeParse(unsealed(text));
    if (sheet.success)
      found.set(sheet.data.uri, { name: `${folder}/${name}`, text: sheet.data.text, hunks: sheet.data.hunks });
    else log.warn(`${folder}/${name} could not be read; it is left where it is`);
  }
  return found;
}

/** With a sum over it: a hunk that is put back at a wrong place would take away what stands there (threats R39). */
function sealed(sheet: z.infer<typeof StoredSheet>): string {
  return JSON.stringify({ sum: keyOf(JSON.stringify(sheet)), sheet });
}

/** Undefined where it is not what was written. */
function unsealed(text: string | undefined): unknown {
  try {
    const { sum, sheet } = JSON.parse(text ?? '') as { readonly sum?: unknown; readonly sheet?: unknown }; // Compared next.
    return sum === keyOf(JSON.stringify(sheet)) ? sheet : undefined;
  } catch {
    // Not JSON: the schema says so.
    return undefined;
  }
}

function toStored({ uri, text }: Sheet, hunks: readonly Tracked[]): z.infer<typeof StoredSheet> {
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
  if (place === 'aside')
    return [newTracked({ ...more, id, group, uri: document.uri, origin, before, span: { start: 0, end: 0 } })];
  const isUntouched = textThen === keyOf(document.text);
  const found = isUntouched
    ? { span: { start: anchor.start, end: anchor.start + anchor.content.length }, same: true }
    : findAgain(document.text, anchor);
  if (found === undefined) return [];
  const now = document.text.slice(found.span.start, found.span.end);
  if (now === before) return [];
  // Whether somebody typed into what was half written cannot be known: it stays, and what was there can be looked at.
  if (growing && !isUntouched) {
    const reason = 'The server stopped while this was being written. The text was left as it is.';
    const half = { ...more, place: 'aside', state: 'conflicted', reason, after: now } as const;
    return [newTracked({ ...half, id, group, uri: document.uri, origin, before, span: found.span })];
  }
  // What stands there is what rejecting takes away; where somebody changed it meanwhile it is theirs.
  if (!found.same) return [];
  return [
    newTracked({
      ...more,
      id,
      group,
      uri: document.uri,
      origin,
      before,
      span: found.span,
      after: now,
      warnings: [...warnings, ...(growing ? ['It was not written to its end: the server stopped.'] : [])],
    }),
  ];
}
