/** What becomes of hunks when somebody other than the ledger changes the document: the person, a formatter, undo, git. */
import { moved, type TextChange } from '../text/spans.ts';
import { type Memory, type Remembered, statesOf } from './memory.ts';
import { isInText, type Tracked } from './tracked.ts';

export interface Change {
  readonly before: string;
  readonly after: string;
  /** Each is for the text that the one before it has made. */
  readonly changes: readonly TextChange[];
  /** Nobody told what was done: the changes are what two texts differ by, and where lines repeat that may be elsewhere. */
  readonly isCompared?: boolean;
}

/** Why a hunk is no longer proposed when the person took its change back by undo. */
export const undone = 'undone';

/**
 * Moves the hunks of a document and settles those that were changed inside. Where the text is one that was there
 * before, what was true then is true again. Returns whether the fate of one of them is another now.
 */
export function follow(hunks: readonly Tracked[], change: Change, memory: Memory): boolean {
  const before = statesOf(hunks);
  const touched = new Set<Tracked>();
  const reached = new Set<Tracked>();
  const restored = new Set<Tracked>();
  for (const one of change.changes)
    for (const hunk of hunks) {
      if (isAt(hunk, one)) reached.add(hunk);
      if (putsBack(hunk, one)) restored.add(hunk);
      // What was handed over arrives as somebody's change.
      if (moveBy(hunk, one) && !hunk.decided && !hunk.offered) touched.add(hunk);
    }
  if (change.isCompared !== true && ![...reached].some((hunk) => !hunk.decided)) return false;
  const earlier = memory.get(change.after);
  if (earlier === undefined && touched.size === 0 && restored.size === 0) return false;
  memory.put(change.before, before);
  const formatted = isFormatting(change);
  const back = new Set<string>();
  for (const hunk of hunks) {
    const then = earlier?.get(hunk.id);
    if (then !== undefined && mayReturn(hunk, then)) {
      if (hunk.covered !== undefined && then.covered !== hunk.covered) back.add(hunk.covered);
      Object.assign(hunk, then);
    } else if (restored.has(hunk)) giveBack(hunk);
    else if (touched.has(hunk))
      settle(hunk, change.after, formatted && isInside(before.get(hunk.id)?.span ?? hunk.span, change));
  }
  const later = hunks.filter(({ id }) => earlier?.has(id) === false);
  // One edit may have taken the place of another one: the set grows while it is gone through.
  for (const group of back)
    for (const hunk of later.filter((one) => one.group === group)) {
      if (hunk.covered !== undefined) back.add(hunk.covered);
      giveBack(hunk);
    }
  memory.put(change.after, statesOf(hunks));
  return true;
}

/** Where lines were taken out, somebody puts the same lines in again: once more would be once too often. */
function putsBack({ span, before, state, place, growing }: Tracked, change: TextChange): boolean {
  const isOut = state === 'proposed' && place === 'buffer' && !growing && span.start === span.end && before !== '';
  return isOut && change.start <= span.start && span.end <= change.end && change.text.includes(before);
}

/** Where what an edit had taken the place of is true again, nothing that the edit became later is. */
function giveBack(hunk: Tracked): void {
  if (!hunk.decided && isInText(hunk))
    Object.assign(hunk, { state: 'rejected', reason: undone, growing: false, covered: undefined });
}

/** Where a change may bring back or take away what the hunk is: edits leave out what is the same at both ends. */
function isAt({ span, after, before }: Tracked, change: TextChange): boolean {
  const room = Math.max(after.length, before.length);
  return change.start <= span.end + room && span.start - room <= change.end;
}

function moveBy(hunk: Tracked, change: TextChange): boolean {
  const { span, touched } = moved(hunk.span, change);
  hunk.span = span;
  return touched;
}

/** A hunk that the model was writing when it was touched is not whole: it does not come back, and may only go. */
function mayReturn(hunk: Tracked, then: Remembered): boolean {
  const isWhole = !then.growing && (!hunk.growing || then.state === 'rejected');
  return !hunk.decided && isWhole && isInText(hunk) && then.state !== 'conflicted';
}

function settle(hunk: Tracked, text: string, formatted: boolean): void {
  if (hunk.decided || hunk.covered !== undefined) return;
  // Not in the document yet: its place is another one now.
  if (hunk.place === 'aside') {
    if (hunk.state === 'proposed')
      Object.assign(hunk, { state: 'conflicted', reason: 'The code was changed while the edit was made.' });
    return;
  }
  const now = text.slice(hunk.span.start, hunk.span.end);
  const fate = fateOf(hunk, now, formatted);
  if (fate === 'formatted') hunk.after = now;
  else if (fate !== 'same') become(hunk, fate, now === hunk.before && fate === 'rejected' ? undone : undefined);
}

/** What a change inside a hunk means, by what stands there now. */
function fateOf(hunk: Tracked, now: string, formatted: boolean): Tracked['state'] | 'formatted' | 'same' {
  if (hunk.growing) return now === hunk.before ? 'rejected' : 'edited';
  // The person has rejected it or taken it back; only a text that was there before brings it back.
  if (hunk.state === 'rejected') return 'same';
  if (now === hunk.after) return 'proposed';
  if (now === hunk.before) return 'rejected';
  return formatted && hunk.state === 'proposed' ? 'formatted' : 'edited';
}

function become(hunk: Tracked, state: Tracked['state'], reason: string | undefined): void {
  hunk.state = state;
  hunk.reason = reason;
  hunk.growing = false;
}

/**
 * A formatter changes nothing but white space, and more than by one insertion: a single one is somebody's typing. What
 * a person types is never taken for a formatter's work, so a formatter that makes one insertion settles the hunk.
 */
function isFormatting({ before, changes }: Change): boolean {
  const [only] = changes;
  if (only === undefined || (changes.length === 1 && only.start === only.end)) return false;
  // Editors report from the last place to the first; anything else is not looked into.
  let limit = Number.POSITIVE_INFINITY;
  for (const { start, end, text } of changes) {
    if (end > limit || !isBlank(text) || !isBlank(before.slice(start, end))) return false;
    limit = start;
  }
  return true;
}

function isBlank(text: string): boolean {
  return !/\S/.test(text);
}

/** Whether each change that reaches a span lies wholly in it: what is outside is not the hunk's to put back. */
function isInside(span: Tracked['span'], { changes }: Change): boolean {
  let at = span;
  for (const change of changes) {
    const crosses = change.start < at.end && at.start < change.end && (change.start < at.start || at.end < change.end);
    if (crosses) return false;
    at = moved(at, change).span;
  }
  return true;
}
