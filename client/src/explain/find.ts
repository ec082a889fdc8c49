/** Finds the thread that is meant: of a place, of an id, at the cursor. */
import type * as vscode from 'vscode';
import { isSameRange } from '#shared/anchor.ts';
import type { Range } from '#shared/place.ts';
import type { ExplanationThread, Place } from './thread.ts';

export function ownerOf(threads: readonly ExplanationThread[], id: string): ExplanationThread | undefined {
  return threads.find((thread) => thread.ids().includes(id));
}

/** The same code, and the same about it. What was restored does not know more than of which kind that is. */
export function isAt(thread: ExplanationThread, { uri, code, subject }: Place): boolean {
  const own = thread.place();
  if (own.uri.toString() !== uri.toString() || !isSameRange(own.code, code)) return false;
  return JSON.stringify(own.subject) === JSON.stringify(subject) && thread.about().kind === (subject?.kind ?? 'code');
}

/** Another thread for what was answered just now, in which nothing would be lost. */
export function isDouble(other: ExplanationThread, answered: ExplanationThread): boolean {
  if (other === answered || other.isBusy()) return false;
  // The same explanation of the store: all of it is shown in the thread that was answered.
  if (other.ids().some((id) => answered.ids().includes(id))) return true;
  return other.turns().length === 1 && other.turns()[0]?.state !== 'unread' && isAt(other, answered.place());
}

/** The explanation of the code at the cursor, else the newest of the document. */
export function nearest(
  threads: readonly ExplanationThread[],
  editor: vscode.TextEditor | undefined,
): ExplanationThread | undefined {
  if (editor === undefined) return threads.at(-1);
  return coveringCursor(threads, editor) ?? threads.findLast((thread) => isIn(thread, editor));
}

/** The explanation of the code at the cursor. */
export function coveringCursor(
  threads: readonly ExplanationThread[],
  editor: vscode.TextEditor,
): ExplanationThread | undefined {
  const { line } = editor.selection.active;
  const holders = threads
    .filter((thread) => isIn(thread, editor))
    .filter((thread) => holds(thread.place().code, line) || holds(thread.place().spot, line));
  // A function inside of a class is meant rather than the class; of the same code the newest.
  return holders.toReversed().toSorted((one, other) => height(one) - height(other))[0];
}

function isIn(thread: ExplanationThread, { document }: vscode.TextEditor): boolean {
  return thread.place().uri.toString() === document.uri.toString();
}

function holds({ start, end }: Range, line: number): boolean {
  return start.line <= line && line <= end.line;
}

function height(thread: ExplanationThread): number {
  const { start, end } = thread.place().code;
  return end.line - start.line;
}
