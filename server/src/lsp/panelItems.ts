/** A chat as the items of a panel: from its entries, and from what comes right now. Pure. */
import { stripControl } from '#shared/control.ts';
import { revealInvisible } from '#shared/invisible.ts';
import type { ChangedFile, Chip, Item } from '#shared/panel.ts';
import { groupsIn } from '../agent/history.ts';
import type { ChatState, LiveCall } from '../chat.ts';
import type { Attached, CallNote, Entry } from '../ports.ts';
import { type Block, costOf, firstSentence, notesIn, resultsIn, type Turn, turnsOf } from './chatTurns.ts';
import { type Piece, piecesComing, piecesIn } from './panelPieces.ts';

export interface ItemsNow {
  /** Those that are on the disk. */
  readonly entries: readonly Entry[];
  readonly state: Pick<ChatState, 'live'>;
  /** Another number whenever something has become of edits. */
  readonly edits: number;
  /** Files that some edits have changed. */
  changes(groups: readonly string[]): readonly ChangedFile[];
}

interface Known {
  readonly turn: Turn;
  readonly edits: number;
  readonly items: readonly Item[];
}

/** Code units of what goes with an item; of lists how many. */
const most = { asked: 4_000, notice: 10_000, line: 500, chips: 200, files: 1_000 };

/** Folds a chat again and again: turns that are over are folded once. */
export function createItems(): (now: ItemsNow) => readonly Item[] {
  let known = new Map<string, Known>();
  return (now) => {
    const turns = turnsOf(now.entries);
    const next = new Map<string, Known>();
    const items = turns.flatMap((turn, index) => {
      const key = turn.asked?.id ?? '';
      const works = now.state.live?.isAsked === true && index === turns.length - 1;
      const before = works ? undefined : known.get(key);
      const isSame = before !== undefined && isSameTurn(before, turn, now.edits);
      const made = isSame ? before : { turn, edits: now.edits, items: itemsOf(turn, now, works) };
      if (!works) next.set(key, made);
      return made.items;
    });
    known = next;
    return items;
  };
}

function isSameTurn({ turn, edits }: Known, { asked, answer }: Turn, editsNow: number): boolean {
  const isSame = turn.asked === asked && turn.answer.length === answer.length && turn.answer.at(-1) === answer.at(-1);
  return isSame && (edits === editsNow || groupsIn(answer).length === 0);
}

/** @param works It is the last turn, and nobody knows yet how it ends. */
function itemsOf({ asked, answer }: Turn, now: ItemsNow, works: boolean): readonly Item[] {
  const live = works ? now.state.live : undefined;
  const drawing: Drawing = {
    notes: notesIn(answer),
    results: resultsIn(answer),
    live: new Map(live?.calls.map((call) => [call.id, call])),
    works,
  };
  const items = [
    ...(asked === undefined ? [] : askedItem(asked)),
    ...answer.flatMap((entry) => entryItems(entry, drawing)),
  ];
  if (!works) return [...items, ...endItems(asked?.id ?? 'before', answer, now)];
  const had = new Set(answer.flatMap(piecesIn).map((piece) => (piece.is === 'call' ? piece.call : piece.id)));
  const coming = live === undefined ? [] : piecesComing(live);
  const isNew = (piece: Piece) => !had.has(piece.is === 'call' ? piece.call : piece.id);
  // Its text is told as it comes: that it is longer now is no news of its item.
  return [...items, ...coming.filter(isNew).map((piece) => unmeasured(pieceItem(piece, drawing)))];
}

function askedItem({ id, at, content }: Entry): readonly Item[] {
  if (content.kind !== 'asked') return [];
  return [
    { is: 'asked', id, ...beginning(content.text), chips: content.attached.slice(0, most.chips).map(chipOf), at },
  ];
}

function chipOf({ name, kind, tokens }: Attached): Chip {
  return { name: inLine(name), kind, tokens: Math.max(0, Math.round(tokens)) };
}

interface Drawing {
  readonly notes: ReadonlyMap<string, CallNote>;
  readonly results: ReadonlyMap<string, Block>;
  /** Calls that run, by their ids. */
  readonly live: ReadonlyMap<string, LiveCall>;
  readonly works: boolean;
}

function entryItems(entry: Entry, drawing: Drawing): readonly Item[] {
  const { id, content } = entry;
  switch (content.kind) {
    case 'asked':
      return [];
    case 'answered': {
      // That somebody stopped it is said by a note.
      const isBroken = content.cut !== undefined && content.cut !== 'stopped';
      const cut = isBroken ? [noticeItem(`${id}.cut`, `The answer broke off: ${content.cut}.`, true)] : [];
      return [...piecesIn(entry).map((piece) => pieceItem(piece, drawing)), ...cut];
    }
    case 'results':
      return content.said.map((text, index) => ({ is: 'said', id: `${id}.${index}`, ...beginning(text) }));
    case 'compacted':
      return [{ is: 'compacted', id }];
    case 'noted':
      return [noticeItem(id, content.text, content.isError === true)];
  }
}

function pieceItem(piece: Piece, drawing: Drawing): Item {
  const { is, id } = piece;
  switch (is) {
    case 'text':
      return { is: 'answer', id, length: piece.text.length, lines: linesIn(piece.text) };
    case 'thinking':
      return { is: 'thinking', id, length: piece.text.length };
    case 'call': {
      const live = drawing.live.get(piece.call);
      const note = drawing.notes.get(piece.call);
      const { tool, title } = note ?? live ?? { tool: piece.tool, title: piece.tool };
      const told = { is, id, tool: inLine(tool).slice(0, 128), title: inLine(title === '' ? tool : title) };
      return { ...told, ...stateOf(drawing.results.get(piece.call), note, live, drawing.works) };
    }
  }
}

function unmeasured(item: Item): Item {
  if (item.is === 'answer') return { ...item, length: 0, lines: 0 };
  return item.is === 'thinking' ? { ...item, length: 0 } : item;
}

type CallItem = Extract<Item, { readonly is: 'call' }>;

function stateOf(
  result: Block | undefined,
  note: CallNote | undefined,
  live: LiveCall | undefined,
  works: boolean,
): Pick<CallItem, 'state' | 'detail'> {
  if (note !== undefined) {
    const isTold = note.outcome === 'failed' || note.outcome === 'refused';
    return { state: note.outcome, detail: isTold && result !== undefined ? inLine(firstSentence(result)) : '' };
  }
  // A server that was killed has left it, and what it had done by then is not known.
  if (result !== undefined) return { state: 'stopped', detail: '' };
  if (!works) return { state: 'skipped', detail: '' };
  return { state: live?.state ?? 'writing', detail: live === undefined ? '' : inLine(live.detail) };
}

/** What is told once a turn has ended. */
function endItems(turn: string, answer: readonly Entry[], { changes }: ItemsNow): readonly Item[] {
  const groups = groupsIn(answer);
  const files = groups.length === 0 ? [] : changes(groups).slice(0, most.files);
  const cost = costOf(answer);
  const items: Item[] = files.length === 0 ? [] : [{ is: 'changes', id: `${turn}.changes`, files }];
  if (cost !== undefined) items.push({ is: 'cost', id: `${turn}.cost`, ...cost, model: cost.model.slice(0, 128) });
  return items;
}

function noticeItem(id: string, text: string, isError: boolean): Item {
  return { is: 'notice', id, text: visible(text).slice(0, most.notice), isError };
}

/** A text of the person's as it is; of a long one its beginning. */
function beginning(text: string): { readonly text: string; readonly length?: number } {
  if (text.length <= most.asked) return { text };
  return { text: text.slice(0, most.asked).replace(/[\ud800-\udbff]$/, ''), length: text.length };
}

/** One line in which nothing hides (threats S24). */
export function inLine(text: string): string {
  const line = visible(text.slice(0, 4 * most.line))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= most.line ? line : `${line.slice(0, most.line - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function visible(text: string): string {
  return revealInvisible(stripControl(text)).text;
}

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
