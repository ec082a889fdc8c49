/** The turns as comments of the editor. A comment stays the same object while its text grows, so that the editor updates it in place. */
import * as vscode from 'vscode';
import { createMarkdown } from '../markdown.ts';
import { answerLabel, notesOf } from './labels.ts';
import { isOpen, shownText, type Turn } from './turns.ts';

export interface Authors {
  readonly gloss: vscode.CommentAuthorInformation;
  readonly person: vscode.CommentAuthorInformation;
}

interface Shown {
  /** What the comments show now. */
  readonly turn: Turn | undefined;
  readonly comments: readonly vscode.Comment[];
  readonly answer: vscode.Comment;
  readonly markdown: ReturnType<typeof createMarkdown>;
}

/** Gives the comments for the turns as they are now. */
export function createComments(authors: Authors): (turns: readonly Turn[]) => readonly vscode.Comment[] {
  let shown: readonly Shown[] = [];
  return (turns) => {
    shown = turns.map((turn, index) => updated(shown[index] ?? begun(turn, authors), turn));
    return shown.flatMap(({ comments }) => comments);
  };
}

function begun({ question }: Turn, { gloss, person }: Authors): Shown {
  const mode = vscode.CommentMode.Preview;
  const answer: vscode.Comment = { author: gloss, body: '…', mode };
  // Plain text: what a person typed is shown as it was typed.
  const asked: readonly vscode.Comment[] = question === undefined ? [] : [{ author: person, body: question, mode }];
  return { turn: undefined, comments: [...asked, answer], answer, markdown: createMarkdown() };
}

function updated(before: Shown, turn: Turn): Shown {
  if (before.turn === turn) return before;
  const { answer, markdown } = before;
  const body = { text: shownText(turn), notes: notesOf(turn, vscode.l10n) };
  const isEmpty = body.text === '' && body.notes.length === 0;
  answer.body = isEmpty ? '…' : markdown(body, !isOpen(turn));
  answer.label = answerLabel(turn, vscode.l10n);
  return { ...before, turn };
}
