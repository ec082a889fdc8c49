/** The pieces of an answer, whether it is an entry or still comes: both give them the same names, so that what came stays where it is. Pure. */
import type { ChatState, LivePart } from '../chat.ts';
import type { Entry } from '../ports.ts';
import { blocksOf } from './chatTurns.ts';

export type Piece =
  | { readonly is: 'text' | 'thinking'; readonly id: string; readonly text: string }
  | { readonly is: 'call'; readonly id: string; readonly call: string; readonly tool: string; readonly input: unknown };

type Part = LivePart & { readonly tool?: string; readonly input?: unknown };

/** Of an answer that is an entry; none of any other. */
export function piecesIn({ id, content }: Entry): readonly Piece[] {
  return content.kind === 'answered' ? named(id, blocksOf(content.turn.content).flatMap(partOf)) : [];
}

/** Of the answer that comes right now. */
export function piecesComing({ id, parts }: NonNullable<ChatState['live']>): readonly Piece[] {
  return named(id, parts);
}

function partOf({ type, text, thinking, id, name, input }: ReturnType<typeof blocksOf>[number]): readonly Part[] {
  if (type === 'text' && typeof text === 'string') return [{ is: 'text', text }];
  if (type === 'thinking' && typeof thinking === 'string') return [{ is: 'thinking', text: thinking }];
  if (type !== 'tool_use' || typeof id !== 'string') return [];
  return [{ is: 'call', id, tool: typeof name === 'string' ? name : '', input }];
}

/** Characters of a call's id that count: the service's are far shorter. */
const longestId = 120;

function named(entry: string, parts: readonly Part[]): readonly Piece[] {
  const counts = { text: 0, thinking: 0 };
  const calls = new Set<string>();
  return parts.flatMap((part): readonly Piece[] => {
    if (part.is === 'call') {
      const id = `${entry}.${part.id.slice(0, longestId)}`;
      if (calls.has(id)) return [];
      calls.add(id);
      return [{ is: 'call', id, call: part.id, tool: part.tool ?? '', input: part.input }];
    }
    if (isBlank(part.text)) return [];
    const id = `${entry}.${part.is}${counts[part.is]++}`;
    return [{ is: part.is, id, text: part.text }];
  });
}

/** A longer text says something: it is looked at with each piece that comes, and looking at all of it takes as long as it is. */
const longestBlank = 500;

function isBlank(text: string): boolean {
  return text.length <= longestBlank && text.trim() === '';
}
