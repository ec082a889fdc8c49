/** Settles hunks as the person says: accepting leaves the text, rejecting puts back what was there, in one undo step. */
import type { DecideParams, FileChange, Which } from '#shared/edits.ts';
import type { Decided } from '../editing.ts';
import type { Carrier } from './carrier.ts';
import { type GoneParts, settleGone } from './gone.ts';
import { statesOf } from './memory.ts';
import { type Room, verify } from './room.ts';
import { isOpen, type Tracked } from './tracked.ts';

export async function decide(
  looking: GoneParts,
  carrier: Carrier,
  { decision, which, reason }: DecideParams,
): Promise<Decided> {
  const { room } = looking;
  for (const sheet of room.sheets()) verify(room, sheet);
  const named = chosenBy(room, which);
  const lost: Tracked[] = [];
  for (const uri of new Set(named.map((hunk) => hunk.uri)))
    if (room.parts.documents.get(uri) === undefined) lost.push(...(await settleGone(looking, uri)));
  // There is nothing left to decide, and that is as good as decided.
  const chosen = named.filter((hunk) => !lost.includes(hunk));
  const failed = unknownIds(which, named).map((id) => ({ id, message: 'This change is settled already.' }));
  const isMoving = (hunk: Tracked) => hunk.growing || hunk.busy;
  failed.push(
    ...chosen.filter(isMoving).map(({ id }) => ({ id, message: 'It is still being written. Stop it first.' })),
  );
  const ready = chosen.filter((hunk) => !isMoving(hunk));
  const done = decision === 'accept' ? await accept(carrier, ready) : await reject(room, carrier, ready, reason);
  failed.push(
    ...ready.filter((hunk) => !done.has(hunk.id)).map(({ id, reason: why }) => ({ id, message: why ?? stays })),
  );
  for (const uri of new Set(chosen.map((hunk) => hunk.uri))) room.changed(uri);
  return { settled: done.size + named.length - chosen.length, failed };
}

const stays = 'The editor did not make the change. The text is as it was.';

function chosenBy(room: Room, which: Which): readonly Tracked[] {
  const open = [...room.sheets()].flatMap(({ hunks }) => hunks.filter(isOpen));
  switch (which.kind) {
    case 'all':
      return open;
    case 'document':
      return open.filter(({ uri }) => uri === which.uri);
    case 'hunks': {
      const ids = new Set(which.ids);
      return open.filter(({ id }) => ids.has(id));
    }
  }
}

function unknownIds(which: Which, chosen: readonly Tracked[]): readonly string[] {
  if (which.kind !== 'hunks') return [];
  const known = new Set(chosen.map(({ id }) => id));
  return which.ids.filter((id) => !known.has(id));
}

/** What is in the buffer stays; what is aside is done now. */
async function accept(carrier: Carrier, hunks: readonly Tracked[]): Promise<ReadonlySet<string>> {
  const done = new Set<string>();
  const files = hunks.filter(({ file, place }) => place === 'aside' && (file === 'delete' || file === 'rename'));
  for (const hunk of files) {
    const result = await carrier.carry(() => ({
      group: hunk.group,
      title: hunk.origin.title,
      edits: [],
      files: [fileChangeOf(hunk)],
      undo: 'whole',
    }));
    if (result.applied) settle(hunk, 'accepted', undefined, done);
    else hunk.reason = result.message ?? stays;
  }
  for (const hunk of hunks)
    if (hunk.place === 'buffer' && hunk.state === 'proposed') settle(hunk, 'accepted', undefined, done);
  for (const hunk of hunks)
    if (!done.has(hunk.id) && hunk.state === 'conflicted')
      hunk.reason = hunk.reason ?? 'It found no place in the text.';
  return done;
}

function fileChangeOf({ file, uri, to }: Tracked): FileChange {
  return file === 'rename' && to !== undefined ? { kind: 'rename', uri, to } : { kind: 'delete', uri };
}

/** All of them at once: one undo step, and all or nothing. */
async function reject(
  room: Room,
  carrier: Carrier,
  hunks: readonly Tracked[],
  reason: string | undefined,
): Promise<ReadonlySet<string>> {
  const done = new Set<string>();
  for (const hunk of hunks) if (hunk.place === 'aside') settle(hunk, 'rejected', reason, done);
  const { documents } = room.parts;
  const inText = hunks.filter(({ place }) => place === 'buffer');
  // A document that was closed has its text on the disk, or nowhere: the editor opens it first.
  await room.parts.editor.prepare(
    [...new Set(inText.map(({ uri }) => uri))].filter((uri) => documents.get(uri) === undefined),
  );
  // One that cannot be opened does not hold up the others.
  const open = () => inText.filter((hunk) => hunk.state === 'proposed' && documents.get(hunk.uri) !== undefined);
  if (open().length === 0) return done;
  for (const uri of new Set(open().map((hunk) => hunk.uri))) remember(room, uri);
  const isNewFile = (hunk: Tracked) => hunk.file === 'create' && room.sheet(hunk.uri)?.text === hunk.after;
  const result = await carrier.carry(() => {
    const [first] = open();
    if (first === undefined) return undefined;
    return {
      group: first.group,
      title: first.origin.title,
      edits: open()
        .filter((hunk) => !isNewFile(hunk))
        .map((hunk) => ({ hunk, start: 0, end: hunk.span.end - hunk.span.start, text: hunk.before })),
      files: open()
        .filter(isNewFile)
        .map(({ uri }): FileChange => ({ kind: 'delete', uri })),
      undo: 'whole',
      done() {
        const gone = open();
        for (const hunk of gone) settle(hunk, 'rejected', reason, done);
        for (const uri of new Set(gone.map((hunk) => hunk.uri))) remember(room, uri);
      },
    };
  });
  if (!result.applied)
    for (const hunk of open())
      if (result.message !== undefined) hunk.warnings = [...new Set([...hunk.warnings, result.message])];
  return done;
}

/** An undo of the rejection brings the hunks back, a redo rejects them again. */
function remember(room: Room, uri: string): void {
  const sheet = room.sheet(uri);
  sheet?.memory.put(sheet.text, statesOf(sheet.hunks));
}

/** What is rejected in the text goes on being looked after: an undo may bring it back. */
function settle(hunk: Tracked, state: 'accepted' | 'rejected', reason: string | undefined, done: Set<string>): void {
  Object.assign(hunk, { state, reason, stopped: false, decided: state === 'accepted' || hunk.place === 'aside' });
  done.add(hunk.id);
}
