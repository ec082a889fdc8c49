/**
 * The turns as comments of the editor. While its text grows a comment stays the same object, which the editor updates
 * in place; in the end it becomes a new one, since screen readers are told a comment's text when it is made.
 */
import * as vscode from 'vscode';
import { createMarkdown } from '../markdown.ts';
import { answerLabel, notesOf } from './labels.ts';
import { isOpen, shownCitations, shownText, type Turn } from './turns.ts';

export interface Authors {
  readonly gloss: vscode.CommentAuthorInformation;
  readonly person: vscode.CommentAuthorInformation;
}

interface Shown {
  /** What the comments show now. */
  readonly turn: Turn | undefined;
  readonly question: vscode.Comment | undefined;
  readonly answer: vscode.Comment;
  readonly markdown: ReturnType<typeof createMarkdown>;
}

/** Gives the comments for the turns as they are now. */
export function createComments(
  authors: Authors,
  uri: () => string,
): (turns: readonly Turn[]) => readonly vscode.Comment[] {
  let shown: readonly Shown[] = [];
  return (turns) => {
    shown = turns.map((turn, index) => updated(shown[index] ?? begun(turn, authors, uri()), turn));
    return shown.flatMap(({ question, answer }) => (question === undefined ? [answer] : [question, answer]));
  };
}

function begun({ question }: Turn, { gloss, person }: Authors, uri: string): Shown {
  // Plain text: what a person typed is shown as it was typed.
  const asked = question === undefined ? undefined : commentBy(person, question);
  const answer = { ...commentBy(gloss, '…'), contextValue: 'answer' };
  return { turn: undefined, question: asked, answer, markdown: createMarkdown(uri) };
}

function commentBy(author: vscode.CommentAuthorInformation, body: string): vscode.Comment {
  return { author, body, mode: vscode.CommentMode.Preview };
}

function updated(before: Shown, turn: Turn): Shown {
  if (before.turn === turn) return before;
  const answer = isOpen(turn) ? before.answer : { ...before.answer };
  const body = { text: shownText(turn), citations: shownCitations(turn), notes: notesOf(turn, vscode.l10n) };
  const isEmpty = body.text === '' && body.notes.length === 0;
  answer.body = isEmpty ? '…' : before.markdown(body, isOpen(turn));
  answer.label = answerLabel(turn, vscode.l10n);
  return { ...before, turn, answer };
}
