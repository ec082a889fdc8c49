/** Carries changes into the editor, one at a time, and tells its own changes of a document from those of others. */
import type { ApplyParams, ApplyResult, FileChange, HunkEdit, UndoStep } from '#shared/edits.ts';
import { keepNewest } from '#shared/newest.ts';
import type { Snapshot } from '../ports.ts';
import { changed, isSame, moved, type Span, type TextChange } from '../text/spans.ts';
import { follow } from './follow.ts';
import type { Room, Sheet } from './room.ts';
import { byPlace, type Tracked } from './tracked.ts';
import { growthOf, trimsAmong } from './trims.ts';

/** A replacement inside a hunk, by offsets from the hunk's start: the hunk may move before it is done. */
export interface Planned extends TextChange {
  readonly hunk: Tracked;
}

export interface Plan {
  readonly group: string;
  readonly title: string;
  readonly edits: readonly Planned[];
  readonly files?: readonly FileChange[];
  readonly undo: UndoStep;
  /** Called for each document when it is about to be another by it: the sheet has the text from before. */
  readonly landing?: (uri: string) => void;
  /** Called once it is done, before anything else can happen to the hunks. */
  readonly done?: () => void;
}

export type Carried = Pick<ApplyResult, 'applied' | 'reason' | 'message'>;

export interface Carrier {
  /**
   * Does what `plan` says when its turn comes, and again with what it says then when the person was faster.
   * An undefined plan means that there is nothing to do any more.
   */
  carry(plan: () => Plan | undefined): Promise<Carried>;
  /** A document has changed. */
  heard(before: Snapshot, after: Snapshot, changes: readonly TextChange[]): void;
  closed(uri: string): void;
}

interface Heard {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly changes: readonly TextChange[];
}

/** What is on its way to the editor. */
interface Flight {
  readonly plan: Plan;
  readonly waiting: Map<string, Heard[]>;
  wake: () => void;
}

const mostTries = 20;
/** Groups whose requests are counted: those before are decided at most, in one step. */
const mostSequences = 1_000;
/** Milliseconds in which an editor tells of a change that it says it has made. */
const longestSilence = 5_000;
const retryPause = 50;
/** Milliseconds after which an editor that says nothing has not done it: one edit must not hold up all others. */
const longestApply = 60_000;

export function createCarrier(room: Room): Carrier {
  const { editor, log, wait } = room.parts;
  let last: Promise<unknown> = Promise.resolve();
  let flight: Flight | undefined;
  const sequences = new Map<string, number>();

  const attempt = async (plan: Plan): Promise<Carried> => {
    const params = paramsOf(room, plan, sequences);
    if (params === undefined) return { applied: false, reason: 'closed' };
    flight = { plan, waiting: new Map(params.documents.map(({ uri }) => [uri, []])), wake: () => undefined };
    const current = flight;
    for (const { hunk } of plan.edits) hunk.busy = true;
    try {
      const message = 'The editor did not answer: whether it made the change is not known.';
      const silent = wait(longestApply).then(
        (): ApplyResult => ({ applied: false, versions: [], reason: 'failed', message }),
      );
      const result = await Promise.race([editor.apply(params), silent]);
      if (result.applied) await landed(current, plan, result);
      if (result.applied) plan.done?.();
      return result;
    } finally {
      flight = undefined;
      for (const { hunk } of plan.edits) hunk.busy = false;
      for (const heard of [...current.waiting.values()].flat()) foreign(room, heard);
    }
  };

  /** Waits for the editor's own words about what it did: whatever else happened before it comes first. */
  const landed = async (current: Flight, plan: Plan, { versions }: ApplyResult): Promise<void> => {
    for (const [uri, queue] of current.waiting) {
      const mine = plan.edits.filter(({ hunk }) => hunk.uri === uri);
      // An edit that changes nothing, to close an undo step, is nothing that an editor tells of.
      if (mine.every(({ start, end, text }) => start === end && text === '')) continue;
      const version = versions.find((one) => one.uri === uri)?.version;
      while (version !== undefined) {
        const heard = queue.shift();
        if (heard === undefined) {
          if (!(await next(current))) {
            log.warn('the editor did not tell of a change that it made');
            break;
          }
        } else if (heard.after.version < version) foreign(room, heard);
        else {
          plan.landing?.(uri);
          own(room, heard, mine);
          break;
        }
      }
    }
  };
  const next = async (current: Flight): Promise<boolean> => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    current.wake = () => resolve(true);
    return Promise.race([promise, wait(longestSilence).then(() => false)]);
  };

  const carryNow = async (plan: () => Plan | undefined): Promise<Carried> => {
    for (let tries = 0; tries < mostTries; tries++) {
      const now = plan();
      if (now === undefined) return { applied: false, reason: 'changed' };
      const result = await attempt(now);
      if (result.applied || result.reason !== 'changed') return result;
      await wait(retryPause);
    }
    return { applied: false, reason: 'changed', message: 'The document changed faster than the edit could be made.' };
  };

  return {
    carry(plan) {
      const turn = last.then(() => carryNow(plan));
      last = turn.catch(() => undefined);
      return turn;
    },
    heard(before, after, changes) {
      const queue = flight?.waiting.get(after.uri);
      if (queue === undefined) return foreign(room, { before, after, changes });
      queue.push({ before, after, changes });
      flight?.wake();
    },
    closed(uri) {
      // The editor's answer comes later than its last words about the document: what it did is known by its result.
      const mine = flight?.plan.edits.filter(({ hunk }) => hunk.uri === uri) ?? [];
      const queue = flight?.waiting.get(uri);
      for (const heard of queue?.splice(0) ?? []) {
        if (expectedText(room.sheet(uri), mine) !== heard.after.text) foreign(room, heard);
        else {
          flight?.plan.landing?.(uri);
          own(room, heard, mine);
          flight?.waiting.delete(uri);
        }
      }
      flight?.wake();
    },
  };
}

function paramsOf(room: Room, plan: Plan, sequences: Map<string, number>): ApplyParams | undefined {
  const { documents } = room.parts;
  const uris = [...new Set(plan.edits.map(({ hunk }) => hunk.uri))];
  if (uris.some((uri) => documents.get(uri) === undefined)) return undefined;
  const seq = sequences.get(plan.group) ?? 0;
  sequences.set(plan.group, seq + 1);
  keepNewest(sequences, mostSequences);
  return {
    group: plan.group,
    seq,
    title: plan.title,
    documents: uris.map((uri) => ({
      uri,
      version: documents.get(uri)?.version ?? 0,
      edits: inOrder(plan.edits.filter(({ hunk }) => hunk.uri === uri)).map((edit): HunkEdit => {
        const { start, end } = placeOf(edit);
        return {
          hunk: edit.hunk.id,
          range: { start: documents.positionAt(uri, start), end: documents.positionAt(uri, end) },
          old: documents.get(uri)?.text.slice(start, end) ?? '',
          text: edit.text,
        };
      }),
    })),
    files: [...(plan.files ?? [])],
    undo: plan.undo,
  };
}

function inOrder(edits: readonly Planned[]): readonly Planned[] {
  return [...edits].sort((one, other) => placeOf(one).start - placeOf(other).start);
}

function placeOf({ hunk, start, end, text }: Planned): TextChange {
  return { start: hunk.span.start + start, end: hunk.span.start + end, text };
}

/** The person, a formatter, git: not us. */
function foreign(room: Room, { before, after, changes }: Heard): void {
  const sheet = room.sheet(after.uri);
  if (sheet === undefined) return;
  read(sheet, after);
  room.moved(after.uri, changes);
  if (follow(sheet.hunks, { before: before.text, after: after.text, changes }, sheet.memory)) room.changed(after.uri);
}

/** Ours: the hunks grow or shrink by what was planned, the others move. */
function own(room: Room, { after, changes }: Omit<Heard, 'before'>, edits: readonly Planned[]): void {
  const sheet = room.sheet(after.uri);
  if (sheet === undefined) return;
  const places = placesOf(edits);
  // Of a text of megabytes the whole is not compared at each step of an edit that grows.
  const isPlanned = places.length === changes.length && places.every((place, at) => isSame(place, changes[at]));
  const expected = isPlanned ? after.text : expectedText(sheet, edits);
  const trims = expected === after.text ? [] : trimsAmong(sheet.text, changes, places);
  if (trims.length > 0 && expected !== undefined && trims.reduce(changed, expected) === after.text) {
    own(room, { after: { ...after, text: expected }, changes: places }, edits);
    foreign(room, { before: { ...after, text: expected }, after, changes: trims });
    return;
  }
  read(sheet, after);
  const isExpected = expected === after.text;
  if (!isExpected) room.parts.log.warn('the editor made another text of an edit than was asked for');
  const made = isExpected ? places : changes;
  room.moved(after.uri, made);
  const targets = new Map<Tracked, number>();
  for (const edit of edits) targets.set(edit.hunk, (targets.get(edit.hunk) ?? 0) + growthOf(edit));
  const inPlace = [...sheet.hunks].sort(byPlace);
  const order = new Map(inPlace.map((hunk, index) => [hunk, index]));
  const spans = new Map(inPlace.map((hunk) => [hunk, hunk.span]));
  let shift = 0;
  for (const hunk of inPlace) {
    const grown = targets.get(hunk);
    const { start, end } = hunk.span;
    if (grown === undefined) pushed(hunk, isExpected ? seenFrom(hunk, edits, { order, spans }) : made);
    else hunk.span = { start: start + shift, end: end + shift + grown };
    shift += grown ?? 0;
    // A step of a hunk that had to stop meanwhile: what it is now is what there is of it.
    if (grown !== undefined && hunk.stopped) hunk.after = after.text.slice(hunk.span.start, hunk.span.end);
  }
}

interface Before {
  readonly order: ReadonlyMap<Tracked, number>;
  readonly spans: ReadonlyMap<Tracked, Span>;
}

/**
 * The edits as another hunk sees them, from the last to the first. What is inserted where it begins, at the end of a
 * hunk before it, is in front of it.
 */
function seenFrom(hunk: Tracked, edits: readonly Planned[], { order, spans }: Before): readonly TextChange[] {
  const place = ({ hunk: target, start, end, text }: Planned): TextChange => {
    const at = spans.get(target)?.start ?? 0;
    const isInFront =
      start === end && at + start === hunk.span.start && (order.get(target) ?? 0) < (order.get(hunk) ?? 0);
    // As if it stood one character earlier: it moves the hunk and is no part of it.
    return isInFront ? { start: at + start - 1, end: at + end - 1, text } : { start: at + start, end: at + end, text };
  };
  return edits.map(place).sort((one, other) => other.start - one.start);
}

/** From the last to the first, so that one does not move the next. */
function placesOf(edits: readonly Planned[]): readonly TextChange[] {
  return inOrder(edits).map(placeOf).reverse();
}

function expectedText(sheet: Sheet | undefined, edits: readonly Planned[]): string | undefined {
  return sheet === undefined ? undefined : placesOf(edits).reduce(changed, sheet.text);
}

function read(sheet: Sheet, { text, version }: Snapshot): void {
  sheet.text = text;
  sheet.version = version;
}

/** A change that waits for its turn is in conflict where another one was faster. */
function pushed(hunk: Tracked, changes: readonly TextChange[]): void {
  for (const change of changes) {
    const { span, touched } = moved(hunk.span, change);
    hunk.span = span;
    if (touched && hunk.place === 'aside' && hunk.state === 'proposed')
      Object.assign(hunk, { state: 'conflicted', reason: 'Another change was made at this place meanwhile.' });
  }
}
