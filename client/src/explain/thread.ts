/** One explanation: its conversation, its thread in the editor, and the code that it is about, followed through edits. */
import * as vscode from 'vscode';
import { afterChanges, type Change, isSameRange } from '#shared/anchor.ts';
import type { Explanation, Level, Subject } from '#shared/explain.ts';
import type { ExplanationSummary } from '#shared/explanations.ts';
import type { Range } from '#shared/place.ts';
import type { Ask } from '../ask.ts';
import type { Failed } from '../failed.ts';
import { inertSource } from '../markdown.ts';
import { askFor, readStored } from './asking.ts';
import type { Authors } from './comments.ts';
import { type Conversation, createConversation, type OnPiece, type Question } from './conversation.ts';
import { asMarkdown, type Subjected } from './labels.ts';
import { spotFor } from './spot.ts';
import { subjectAgain } from './subject.ts';
import { recited, unread } from './turns.ts';
import { createView } from './view.ts';

export interface ExplanationThread extends Pick<Conversation, 'isBusy' | 'stop' | 'turns'> {
  place(): Place;
  about(): Subjected;
  /** The explanations of the store that it shows; the last one is the one that goes on. */
  ids(): readonly string[];
  /** Whether this is the editor's object for it, or for one of its comments. */
  owns(value: unknown): boolean;
  /** Explains at this level, again if need be, and comes into view. */
  explain(level: Level): Promise<void>;
  followUp(question: string): Promise<void>;
  refresh(): Promise<void>;
  /** Opens it where it is folded. */
  expand(): void;
  /** Reads from the store what is not there yet. */
  read(): Promise<void>;
  /** What the server knows of it; `isNow` when that is of the document as it is now. */
  told(summary: ExplanationSummary, isNow: boolean): void;
  markdown(): string;
  /** The receipt of the last answer. */
  receipt(): string | undefined;
  edited(changes: readonly Change[]): void;
  /** The file has another name now. */
  moveTo(uri: vscode.Uri): void;
  /** Ends it: the request is cancelled, the thread goes. */
  end(): void;
}

export interface ThreadParts {
  readonly ask: Ask;
  readonly controller: vscode.CommentController;
  readonly authors: Authors;
  readonly place: Place;
  /** From the store: it begins folded, and its turns are read when there is time. */
  readonly summary?: ExplanationSummary;
  onAnswered(thread: ExplanationThread): void;
  onFailed(thread: ExplanationThread, failure: Failed): void;
  onEnded(thread: ExplanationThread): void;
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
  const { ask, place, summary } = parts;
  const tracked: Tracked = { place, about: aboutOf(place, summary), changes: [], stored: summary?.id };
  const view = createView({
    ...parts,
    isFolded: summary !== undefined,
    place: () => tracked.place,
    turns: () => conversation.turns(),
    about: () => tracked.about,
  });
  const conversation: Conversation = createConversation({
    request: (question, onPiece, signal) => request(ask, tracked, { question, onPiece, signal }),
    onChange: view.changed,
    onAnswered: () => parts.onAnswered(self),
    onFailed: (failure) => parts.onFailed(self, failure),
    words: vscode.l10n,
  });
  if (summary !== undefined) conversation.revise(() => [unread(summary.title)]);
  let reading: Promise<void> | undefined;
  const read = (): Promise<void> => {
    reading ??= readInto(ask, conversation, tracked.stored).finally(() => {
      reading = undefined;
    });
    return reading;
  };
  // What is shown is enough to go on with: nothing that a person asks is lost because more cannot be read.
  const readIfPossible = (): Promise<void> => read().catch(() => undefined);
  const self: ExplanationThread = {
    ...conversation,
    ...{ read, expand: view.expand, owns: view.owns },
    place: () => tracked.place,
    about: () => tracked.about,
    ids: () => idsOf(conversation, tracked),
    async explain(level) {
      view.expand();
      await readIfPossible();
      if (!conversation.isBusy()) tracked.about = { ...tracked.about, level };
      conversation.explain();
    },
    async followUp(question) {
      await readIfPossible();
      conversation.followUp(question);
    },
    async refresh() {
      await readIfPossible();
      conversation.refresh();
    },
    told(now, isNow) {
      const { state, level, range, citations } = now;
      if (!conversation.isBusy()) tracked.about = { ...tracked.about, state, level };
      if (isNow && !isSameRange(range, tracked.place.code)) {
        tracked.place = { ...tracked.place, code: range, spot: spotFor(range, []) };
        view.moved(tracked.place.spot);
      }
      conversation.revise((turns) => turns.map((turn) => recited(turn, citations)));
      view.changed(true);
    },
    markdown: () => asMarkdown(conversation.turns(), vscode.l10n, inertSource(tracked.place.uri.toString())),
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
    end() {
      conversation.end();
      view.dispose();
      parts.onEnded(self);
    },
  };
  return self;
}

interface Tracked {
  place: Place;
  about: Subjected;
  /** Edits since the last question was asked: the answer speaks of the document before them. */
  changes: readonly Change[];
  /** The explanation of the store that it was made for. */
  readonly stored: string | undefined;
}

function aboutOf({ subject }: Place, summary: ExplanationSummary | undefined): Subjected {
  const { kind = subject?.kind ?? 'code', symbol, level = 'normal', state = 'current' } = summary ?? {};
  return { kind: kind === 'notes' ? 'code' : kind, symbol, level, state };
}

/** Until its turns are read it stands for the one that it was made for. */
function idsOf(conversation: Conversation, { stored }: Tracked): readonly string[] {
  const turns = conversation.turns();
  const isUnread = turns.some(({ state }) => state === 'unread');
  const ids = turns.flatMap(({ answer }) => (answer === undefined ? [] : [answer.id]));
  return [...new Set(isUnread && stored !== undefined ? [stored] : ids)];
}

/** What the store has beyond what is shown: all of it, or the questions after an answer that came from the store. */
async function readInto(ask: Ask, conversation: Conversation, stored: string | undefined): Promise<void> {
  const [first, ...more] = conversation.turns();
  const id = first?.state === 'unread' ? stored : first?.answer?.stored === undefined ? undefined : first.answer.id;
  if (first === undefined || more.length > 0 || id === undefined) return;
  const found = await readStored(ask, id);
  if (found === undefined || conversation.turns()[0] !== first) return;
  conversation.revise(() => (first.state === 'unread' ? found.turns : [first, ...found.turns.slice(1)]));
}

function edit(tracked: Tracked, changes: readonly Change[]): void {
  const { place } = tracked;
  tracked.changes = [...tracked.changes, ...changes];
  tracked.place = { ...place, code: afterChanges(place.code, changes), spot: afterChanges(place.spot, changes) };
}

interface Requested {
  readonly question: Question;
  readonly signal: AbortSignal;
  readonly onPiece: OnPiece;
}

async function request(ask: Ask, tracked: Tracked, { question, signal, onPiece }: Requested): Promise<Explanation> {
  const { followUp, fresh } = question;
  const { uri, code } = tracked.place;
  const { level, kind } = tracked.about;
  const subject = followUp === undefined ? subjectAgain(tracked.place, kind) : undefined;
  const params = {
    ...{ uri: uri.toString(), range: code, level },
    ...(subject === undefined ? {} : { subject }),
    ...(followUp === undefined ? {} : { followUp }),
    ...(fresh ? { fresh } : {}),
  };
  tracked.changes = [];
  const answer = await askFor(ask, { params, signal, onPiece });
  if (followUp === undefined) tracked.place = { ...tracked.place, code: afterChanges(answer.range, tracked.changes) };
  return answer;
}

function isVisible(uri: vscode.Uri): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());
}
