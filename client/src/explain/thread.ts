/** One explanation in the editor: a comment thread under the code, painted as its conversation goes on. */
import * as vscode from 'vscode';
import { type Explanation, explainRequest, type Level } from '#shared/explain.ts';
import type { Range } from '#shared/place.ts';
import type { Ask } from '../ask.ts';
import type { Failed } from '../failed.ts';
import { inertSource } from '../markdown.ts';
import { afterChanges, type Change } from './anchor.ts';
import { type Authors, createComments } from './comments.ts';
import { type Conversation, createConversation, type FollowUp } from './conversation.ts';
import { asMarkdown, threadLabel } from './labels.ts';
import { createPainter } from './painter.ts';
import { shownText } from './turns.ts';

export interface ExplanationThread extends Pick<Conversation, 'isBusy' | 'followUp' | 'refresh' | 'stop' | 'turns'> {
  uri(): vscode.Uri;
  /** The code that is explained, where it is now. */
  code(): Range;
  /** Where the thread is attached. */
  spot(): Range;
  /** Whether this is the editor's object for it. */
  owns(thread: unknown): boolean;
  /** Explains at this level, again if need be, and comes into view. */
  explain(level: Level): void;
  markdown(): string;
  /** The receipt of the last answer. */
  receipt(): string | undefined;
  edited(changes: readonly Change[]): void;
  /** The file has another name now. */
  moveTo(uri: vscode.Uri): void;
  /** Ends it: the request is cancelled, the thread goes. */
  dismiss(): void;
}

export interface ThreadParts {
  readonly ask: Ask;
  readonly controller: vscode.CommentController;
  readonly authors: Authors;
  readonly place: Place;
  onAnswered(thread: ExplanationThread): void;
  onFailed(thread: ExplanationThread, failure: Failed): void;
  onDismissed(thread: ExplanationThread): void;
}

/** What is explained, and where the thread appears. */
export interface Place {
  readonly uri: vscode.Uri;
  readonly code: Range;
  readonly spot: Range;
}

export function createExplanationThread(parts: ThreadParts): ExplanationThread {
  let { place } = parts;
  let level: Level = 'normal';
  let changes: Change[] = [];
  const comments = createComments(parts.authors);
  let thread: vscode.CommentThread | undefined;

  const paint = (): void => {
    const turns = conversation.turns();
    thread ??= openThread(parts.controller, place, comments(turns));
    thread.contextValue = conversation.isBusy() ? 'streaming' : 'idle';
    thread.label = threadLabel(turns, vscode.l10n);
    thread.comments = comments(turns);
  };
  const painter = createPainter({
    paint,
    length: () => conversation.turns().reduce((length, turn) => length + shownText(turn).length, 0),
    now: () => performance.now(),
    later(run, delay) {
      const timer = setTimeout(run, delay);
      return () => clearTimeout(timer);
    },
  });
  const request = async (
    followUp: FollowUp | undefined,
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<Explanation> => {
    changes = [];
    const answer = await askFor({ parts, place, level, followUp, onText, signal });
    if (followUp === undefined) place = { ...place, code: afterChanges(answer.range, changes) };
    return answer;
  };
  const conversation = createConversation({
    request,
    onChange: (urgent) => (urgent ? painter.flush() : painter.request()),
    onAnswered: () => parts.onAnswered(self),
    onFailed: (failure) => parts.onFailed(self, failure),
    words: vscode.l10n,
  });
  const close = (): void => {
    thread?.dispose();
    thread = undefined;
  };
  const self: ExplanationThread = {
    ...conversation,
    uri: () => place.uri,
    code: () => place.code,
    spot: () => place.spot,
    owns: (value) => value !== undefined && value === thread,
    explain(wanted) {
      if (!conversation.isBusy()) level = wanted;
      conversation.explain();
      if (thread !== undefined) thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    },
    markdown: () => asMarkdown(conversation.turns(), vscode.l10n, inertSource),
    receipt: () => conversation.turns().findLast(({ answer }) => answer?.receipt !== undefined)?.answer?.receipt,
    edited(made) {
      changes.push(...made);
      place = { ...place, code: afterChanges(place.code, made), spot: afterChanges(place.spot, made) };
      // Where the document is on screen the editor moves the thread itself, and sooner.
      if (thread !== undefined && !isVisible(place.uri)) thread.range = toRange(place.spot);
    },
    moveTo(uri) {
      place = { ...place, uri };
      close();
      painter.flush();
    },
    dismiss() {
      conversation.end();
      painter.dispose();
      close();
      parts.onDismissed(self);
    },
  };
  return self;
}

/** Never without comments: the editor takes an empty thread for one that a person is about to write. */
function openThread(
  controller: vscode.CommentController,
  { uri, spot }: Place,
  comments: readonly vscode.Comment[],
): vscode.CommentThread {
  const thread = controller.createCommentThread(uri, toRange(spot), comments);
  thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
  return thread;
}

interface Asking {
  readonly parts: ThreadParts;
  readonly place: Place;
  readonly level: Level;
  readonly followUp: FollowUp | undefined;
  readonly signal: AbortSignal;
  onText(text: string): void;
}

async function askFor({ parts, place, level, followUp, onText, signal }: Asking): Promise<Explanation> {
  const uri = place.uri.toString();
  const document = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri);
  const cancellation = new vscode.CancellationTokenSource();
  signal.addEventListener('abort', () => cancellation.cancel(), { once: true });
  const params = {
    uri,
    range: place.code,
    level,
    ...(document === undefined ? {} : { version: document.version }),
    ...(followUp === undefined ? {} : { followUp }),
  };
  try {
    return await parts.ask(explainRequest, params, { token: cancellation.token, onChunk: ({ text }) => onText(text) });
  } finally {
    cancellation.dispose();
  }
}

function isVisible(uri: vscode.Uri): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());
}

function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
