/** The comment thread of one explanation: made, painted, moved and closed. */
import * as vscode from 'vscode';
import type { Range } from '#shared/place.ts';
import { type Authors, createComments } from './comments.ts';
import { contextOf, type Subjected, threadLabel } from './labels.ts';
import { createPainter } from './painter.ts';
import { shownText, type Turn } from './turns.ts';

export interface View {
  /** Something is new: painted at once when urgent, else when it is time. */
  changed(urgent: boolean): void;
  /** Opens a thread that is folded. */
  expand(): void;
  /** The code moved while no editor showed it. */
  moved(spot: Range): void;
  /** Shows the thread in another document. */
  reopen(): void;
  /** Whether this is the editor's object for it, or for one of its comments. */
  owns(value: unknown): boolean;
  dispose(): void;
}

export interface ViewParts {
  readonly controller: vscode.CommentController;
  readonly authors: Authors;
  /** Where the thread appears. */
  place(): { readonly uri: vscode.Uri; readonly spot: Range };
  turns(): readonly Turn[];
  about(): Subjected;
  /** Nobody has asked for it in this window: it is there, and covers nothing. */
  readonly isFolded: boolean;
}

export function createView(parts: ViewParts): View {
  const { controller, authors, place, turns, about } = parts;
  const comments = createComments(authors, () => place().uri.toString());
  let { isFolded } = parts;
  let thread: vscode.CommentThread | undefined;
  const paint = (): void => {
    const now = turns();
    const shown = comments(now);
    // Never without comments: the editor takes an empty thread for one that a person is about to write.
    thread ??= openThread(controller, { ...place(), isFolded }, shown);
    thread.contextValue = contextOf(now, about());
    thread.label = threadLabel(now, about(), vscode.l10n);
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
      isFolded = false;
      if (thread === undefined) return;
      // The editor does not tell when a person folds it: said twice, it opens in any case.
      thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
      thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    },
    moved(spot) {
      if (thread !== undefined) thread.range = toRange(spot);
    },
    reopen() {
      close();
      painter.flush();
    },
    owns: (value) => thread !== undefined && (value === thread || thread.comments.some((comment) => comment === value)),
    dispose() {
      painter.dispose();
      close();
    },
  };
}

interface Opening extends Pick<ViewParts, 'isFolded'> {
  readonly uri: vscode.Uri;
  readonly spot: Range;
}

function openThread(
  controller: vscode.CommentController,
  { uri, spot, isFolded }: Opening,
  comments: readonly vscode.Comment[],
): vscode.CommentThread {
  const { Collapsed, Expanded } = vscode.CommentThreadCollapsibleState;
  const thread = controller.createCommentThread(uri, toRange(spot), [...comments]);
  thread.collapsibleState = isFolded ? Collapsed : Expanded;
  return thread;
}

function after(run: () => void, delay: number): () => void {
  const timer = setTimeout(run, delay);
  return () => clearTimeout(timer);
}

function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
