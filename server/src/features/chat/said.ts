/** What the model has been told already in a conversation, since it was last made shorter. Pure. */
import type { MessageParam } from '../../claude/index.ts';
import type { Entry, EntryContent } from '../../ports.ts';

/** Texts of the person's turns, in order. */
export function textsSaid(entries: readonly Entry[]): readonly string[] {
  const from = entries.findLastIndex(({ content }) => content.kind === 'compacted');
  return entries.slice(Math.max(0, from)).flatMap(({ content }) => turnsOf(content).flatMap(textsOf));
}

function turnsOf(content: EntryContent): readonly MessageParam[] {
  if (content.kind === 'compacted') return content.turns;
  return content.kind === 'asked' || content.kind === 'results' ? [content.turn] : [];
}

function textsOf(turn: MessageParam): readonly string[] {
  if (turn.role !== 'user') return [];
  if (typeof turn.content === 'string') return [turn.content];
  return turn.content.flatMap((block) => (block.type === 'text' ? block.text : []));
}
