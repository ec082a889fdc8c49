/** The turns as comments of the editor. A comment stays the same object while its text grows, so that the editor updates it in place. */
import * as vscode from 'vscode';
import { markdownOf } from '../markdown.ts';
import { answerLabel, notesOf } from './labels.ts';
import { shownText, type Turn } from './turns.ts';

export interface Authors {
  readonly gloss: vscode.CommentAuthorInformation;
  readonly person: vscode.CommentAuthorInformation;
}

interface Shown {
  readonly turn: Turn;
  readonly comments: readonly vscode.Comment[];
  readonly answer: vscode.Comment;
}

/** Gives the comments for the turns as they are now. */
export function createComments(authors: Authors): (turns: readonly Turn[]) => readonly vscode.Comment[] {
  let shown: readonly Shown[] = [];
  return (turns) => {
    shown = turns.map((turn, index) => updated(shown[index] ?? begun(turn, authors), turn));
    return shown.flatMap(({ comments }) => comments);
  };
}

function begun(turn: Turn, { gloss, person }: Authors): Shown {
  const answer: vscode.Comment = { author: gloss, body: '…', mode: vscode.CommentMode.Preview };
  // Plain text: what a person typed is shown as it was typed.
  const question =
    turn.question === undefined ? [] : [{ author: person, body: turn.question, mode: vscode.CommentMode.Preview }];
  return { turn: { ...turn }, comments: [...question, answer], answer };
}

function updated(before: Shown, turn: Turn): Shown {
  if (before.turn === turn) return before;
  const { answer } = before;
  const body = { text: shownText(turn), notes: notesOf(turn, vscode.l10n) };
  answer.body = body.text === '' && body.notes.length === 0 ? '…' : markdownOf(body);
  answer.label = answerLabel(turn, vscode.l10n);
  return { ...before, turn };
}
