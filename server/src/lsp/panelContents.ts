/** The texts of a panel's items: they are asked for when they are looked at. Pure. */
import { stripControl } from '#shared/control.ts';
import { revealInvisible } from '#shared/invisible.ts';
import type { Chat } from '../chat.ts';
import type { Entry } from '../ports.ts';
import { resultsIn, resultText } from './chatTurns.ts';
import { type Piece, piecesComing, piecesIn } from './panelPieces.ts';

export interface Content {
  id: string;
  text: string;
  input?: string;
  result?: string;
}

/** Code units of what a call was given, and of what it answered. */
const longest = 100_000;

/** Those that are there, in the order in which they were asked for. */
export function contentsOf(chat: Chat, ids: readonly string[]): Content[] {
  const { entries } = chat.stored();
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const { live } = chat.state();
  const coming = live === undefined ? [] : piecesComing(live);
  return ids.flatMap((id) => {
    const entry = byId.get(entryIn(id));
    const own = entry === undefined ? undefined : ownText(entry, id);
    if (own !== undefined) return [{ id, text: own }];
    const pieces = entry === undefined ? coming : piecesIn(entry);
    const piece = pieces.find((each) => each.id === id) ?? coming.find((each) => each.id === id);
    return piece === undefined ? [] : [contentOf(piece, entries)];
  });
}

/** The entry that an item is of, or a part of. */
export function entryIn(item: string): string {
  const dot = item.indexOf('.');
  return dot < 0 ? item : item.slice(0, dot);
}

/** What the person has said: it is shown to them as it is. */
function ownText({ id, content }: Entry, item: string): string | undefined {
  if (content.kind === 'asked') return item === id ? content.text : undefined;
  return content.kind === 'results' ? content.said[Number(item.slice(id.length + 1))] : undefined;
}

function contentOf(piece: Piece, entries: readonly Entry[]): Content {
  if (piece.is !== 'call') return { id: piece.id, text: piece.text };
  const result = resultsIn(entries).get(piece.call);
  return {
    ...{ id: piece.id, text: '' },
    ...(piece.input === undefined ? {} : { input: bounded(readable(piece.input)) }),
    ...(result === undefined ? {} : { result: bounded(resultText(result)) }),
  };
}

/** A line for each value; of a text of several lines they follow, each with a blank before it. */
function readable(input: unknown): string {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return JSON.stringify(input, null, 2) ?? '';
  return Object.entries(input)
    .map(([name, value]) => {
      const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
      return text.includes('\n') ? `${name}:\n${text.replace(/^/gm, '  ')}` : `${name}: ${text}`;
    })
    .join('\n');
}

/** Nothing hides in it (threats S24), and its end is told. */
function bounded(text: string): string {
  const start = text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
  const shown = revealInvisible(stripControl(start)).text;
  return start.length === text.length
    ? shown
    : `${shown}\n… ${text.length - start.length} more characters are not shown.`;
}
