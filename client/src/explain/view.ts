/** The comment thread of one explanation: made, painted, moved and closed. */
import * as vscode from 'vscode';
import type { Range } from '#shared/place.ts';
import { type Authors, createComments } from './comments.ts';
import { threadLabel } from './labels.ts';
import { createPainter } from './painter.ts';
import { isOpen, shownText, type Turn } from './turns.ts';

export interface View {
  /** Something is new: painted at once when urgent, else when it is time. */
  changed(urgent: boolean): void;
  /** Opens a thread that the person has folded. */
  expand(): void;
  /** The code moved while no editor showed it. */
  moved(spot: Range): void;
  /** Shows the thread in another document. */
  reopen(): void;
  owns(thread: unknown): boolean;
  dispose(): void;
}

export interface ViewParts {
  readonly controller: vscode.CommentController;
  readonly authors: Authors;
  /** Where the thread appears. */
  place(): { readonly uri: vscode.Uri; readonly spot: Range };
  turns(): readonly Turn[];
}

export function createView(parts: ViewParts): View {
  const { controller, authors, place, turns } = parts;
  const comments = createComments(authors);
  let thread: vscode.CommentThread | undefined;
  const paint = (): void => {
    const now = turns();
    const shown = comments(now);
    // Never without comments: the editor takes an empty thread for one that a person is about to write.
    thread ??= openThread(controller, place(), shown);
    thread.contextValue = now.some(isOpen) ? 'streaming' : 'idle';
    thread.label = threadLabel(now, vscode.l10n);
    thread.comments = shown;
  };
  const painter = createPainter({
    paint,
    length: () => turns().reduce((length, turn) => length + shownText(turn).length, 0),
    now: () => performance.now(),
    later: after,
  });
  const close = (): void => {
    thread?.dispose();
    thread = undefined;
  };
  return {
    changed: (urgent) => (urgent ? painter.flush() : painter.request()),
    expand() {
      if (thread !== undefined) thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    },
    moved(spot) {
      if (thread !== undefined) thread.range = toRange(spot);
    },
    reopen() {
      close();
      painter.flush();
    },
    owns: (value) => value !== undefined && value === thread,
    dispose() {
      painter.dispose();
      close();
    },
  };
}

function openThread(
  controller: vscode.CommentController,
  { uri, spot }: ReturnType<ViewParts['place']>,
  comments: readonly vscode.Comment[],
): vscode.CommentThread {
  const thread = controller.createCommentThread(uri, toRange(spot), [...comments]);
  thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
  return thread;
}

function after(run: () => void, delay: number): () => void {
  const timer = setTimeout(run, delay);
  return () => clearTimeout(timer);
}

function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
