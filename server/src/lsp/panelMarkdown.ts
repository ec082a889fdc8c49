/** Answers of a chat as Markdown to be copied: as the model wrote it, and safe to render. Pure. */
import { safeMarkdown } from '#shared/markdown.ts';
import { type Entry, Refusal } from '../ports.ts';
import { turnsOf } from './chatTurns.ts';
import { entryIn } from './panelContents.ts';
import { piecesIn } from './panelPieces.ts';

/** Of one answer, or of all answers to a question. @throws Refusal when it is not there. */
export function markdownOf(entries: readonly Entry[], item: string): string {
  const id = entryIn(item);
  const turn = turnsOf(entries).find(({ asked, answer }) => asked?.id === id || answer.some((each) => each.id === id));
  if (turn === undefined) throw new Refusal('That is not there any more.', 'gone');
  const pieces = turn.answer.flatMap(piecesIn).filter(({ is }) => is === 'text');
  const wanted = turn.asked?.id === id ? pieces : pieces.filter((piece) => piece.id === item);
  return wanted.map((piece) => (piece.is === 'text' ? `${safeMarkdown(piece.text).trim()}\n` : '')).join('\n');
}
