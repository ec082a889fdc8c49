/** One explanation: its conversation, its thread in the editor, and the code that it is about, followed through edits. */
import * as vscode from 'vscode';
import { afterChanges, type Change } from '#shared/anchor.ts';
import { type Explanation, explainRequest, type Level, type Subject } from '#shared/explain.ts';
import type { Range } from '#shared/place.ts';
import type { Ask } from '../ask.ts';
import type { Failed } from '../failed.ts';
import { inertSource } from '../markdown.ts';
import type { Authors } from './comments.ts';
import { type Conversation, createConversation, type FollowUp } from './conversation.ts';
import { asMarkdown } from './labels.ts';
import { createView } from './view.ts';

export interface ExplanationThread extends Pick<Conversation, 'isBusy' | 'followUp' | 'refresh' | 'stop' | 'turns'> {
  place(): Place;
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
  /** What about the code is explained, where it is not simply the code. */
  readonly subject?: Subject | undefined;
}

export function createExplanationThread(parts: ThreadParts): ExplanationThread {
  const tracked: Tracked = { place: parts.place, level: 'normal', changes: [] };
  const view = createView({ ...parts, place: () => tracked.place, turns: () => conversation.turns() });
  const conversation: Conversation = createConversation({
    request: (followUp, onText, signal) => askFor(parts.ask, tracked, { followUp, onText, signal }),
    onChange: view.changed,
    onAnswered: () => parts.onAnswered(self),
    onFailed: (failure) => parts.onFailed(self, failure),
    words: vscode.l10n,
  });
  const self: ExplanationThread = {
    ...conversation,
    place: () => tracked.place,
    owns: view.owns,
    explain(level) {
      if (!conversation.isBusy()) tracked.level = level;
      conversation.explain();
      view.expand();
    },
    markdown: () => asMarkdown(conversation.turns(), vscode.l10n, inertSource),
    receipt: () => conversation.turns().findLast(({ answer }) => answer?.receipt !== undefined)?.answer?.receipt,
    edited(changes) {
      edit(tracked, changes);
      // Where the document is on screen the editor moves the thread itself, and sooner.
      if (!isVisible(tracked.place.uri)) view.moved(tracked.place.spot);
    },
    moveTo(uri) {
      tracked.place = { ...tracked.place, uri };
      view.reopen();
    },
    dismiss() {
      conversation.end();
      view.dispose();
      parts.onDismissed(self);
    },
  };
  return self;
}

interface Tracked {
  place: Place;
  level: Level;
  /** Edits since the last question was asked: the answer speaks of the document before them. */
  changes: readonly Change[];
}

function edit(tracked: Tracked, changes: readonly Change[]): void {
  const { place } = tracked;
  tracked.changes = [...tracked.changes, ...changes];
  tracked.place = { ...place, code: afterChanges(place.code, changes), spot: afterChanges(place.spot, changes) };
}

interface Asking {
  readonly followUp: FollowUp | undefined;
  readonly signal: AbortSignal;
  onText(text: string): void;
}

async function askFor(ask: Ask, tracked: Tracked, { followUp, onText, signal }: Asking): Promise<Explanation> {
  const { uri, code, subject } = tracked.place;
  const document = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri.toString());
  const params = {
    uri: uri.toString(),
    range: code,
    level: tracked.level,
    ...(subject === undefined ? {} : { subject }),
    ...(document === undefined ? {} : { version: document.version }),
    ...(followUp === undefined ? {} : { followUp }),
  };
  tracked.changes = [];
  const answer = await withToken(signal, (token) =>
    ask(explainRequest, params, { token, onChunk: ({ text }) => onText(text) }),
  );
  if (followUp === undefined) tracked.place = { ...tracked.place, code: afterChanges(answer.range, tracked.changes) };
  return answer;
}

async function withToken<T>(signal: AbortSignal, run: (token: vscode.CancellationToken) => Promise<T>): Promise<T> {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = (): void => cancellation.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await run(cancellation.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
}

function isVisible(uri: vscode.Uri): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());
}
