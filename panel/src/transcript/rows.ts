/** What is drawn one below the other: an item, some pieces of an answer, or a part of a long piece of code. Pure but for what it remembers. */
import type { Segment } from '#shared/markdown/segments.ts';
import type { Item } from '#shared/panel.ts';

type Answer = Extract<Item, { readonly is: 'answer' }>;

interface Common {
  /** Stays the same while it is the same thing to the person. */
  readonly key: string;
  /** The question that it belongs to; empty before the first. */
  readonly asked: string;
  /** The first thing after the person's words: here the model's turn begins. */
  readonly begins: boolean;
}

export type Row = Common &
  (
    | { readonly is: 'item'; readonly item: Exclude<Item, Answer> }
    /** The text of an answer is not here, or not all of it. */
    | { readonly is: 'waiting'; readonly item: Answer; readonly lines: number }
    | {
        readonly is: 'pieces';
        readonly item: Answer;
        readonly pieces: readonly Segment[];
        /** The last ones of the answer. */
        readonly isLast: boolean;
      }
    | {
        readonly is: 'code';
        readonly item: Answer;
        readonly piece: Segment;
        readonly version: number;
        readonly from: number;
        readonly to: number;
        readonly isFirst: boolean;
        readonly isLast: boolean;
      }
  );

export interface RowSources {
  keyOf(id: string): string;
  /** Undefined while its text is not here. */
  piecesOf(id: string): readonly Segment[] | undefined;
}

/** A part of long code: as large as a browser lays out without delay. */
export const mostCodeLines = 200;
const mostCodeLength = 40_000;
/** UTF-16 code units of pieces that are drawn together: rows cost when they are counted and placed, and a long answer has thousands of short pieces. */
const together = 800;

interface Made {
  item: Item;
  asked: string;
  begins: boolean;
  pieces: readonly Segment[] | undefined;
  rows: Row[];
  /** Of each piece: where its rows start, the first piece of its row, and of which version they are. */
  starts: number[];
  firsts: number[];
  versions: number[];
}

/** Makes rows again and again: what did not change is the same object as before, and so is the list. */
export function createRows({ keyOf, piecesOf }: RowSources): (items: readonly Item[]) => readonly Row[] {
  let made = new Map<string, Made>();
  let before: readonly Row[] = [];
  return (items) => {
    const next = new Map<string, Made>();
    const rows: Row[] = [];
    let asked = '';
    let begins = false;
    for (const item of items) {
      const key = keyOf(item.id);
      const isPersons = item.is === 'asked' || item.is === 'said';
      if (item.is === 'asked') asked = item.id;
      const isFirst = begins && !isPersons && item.is !== 'compacted';
      const one = rowsOfItem(item, { key, asked, begins: isFirst }, made.get(key));
      next.set(key, one);
      for (const row of one.rows) rows.push(row);
      if (item.is === 'asked') begins = true;
      else if (isFirst) begins = false;
    }
    made = next;
    if (rows.length !== before.length || rows.some((row, index) => row !== before[index])) before = rows;
    return before;
  };

  function rowsOfItem(item: Item, common: Common, before: Made | undefined): Made {
    const isSame = before?.item === item && before.asked === common.asked && before.begins === common.begins;
    if (item.is !== 'answer') {
      if (isSame) return before;
      return { ...common, item, pieces: undefined, rows: [{ ...common, is: 'item', item }], ...nothing() };
    }
    const pieces = piecesOf(item.id);
    if (isSame && before.pieces === pieces && !isGrown(before, pieces)) return before;
    if (pieces === undefined || pieces.length === 0) {
      const row: Row = { ...common, key: `${common.key}/0`, is: 'waiting', item, lines: item.lines };
      return { ...common, item, pieces, rows: [row], ...nothing() };
    }
    const one: Made =
      isSame && before.pieces === pieces && before.starts.length > 0
        ? before
        : { ...common, item, pieces, rows: [], ...nothing() };
    // Only the last piece of before can have changed, and may even have been taken back.
    let first = Math.min(one.starts.length, pieces.length);
    while (first > 0 && one.versions[first - 1] !== pieces[first - 1]?.version) first -= 1;
    // The one before it is not the last any more; and what shares a row with it is drawn with it.
    first = Math.max(0, Math.min(first, one.starts.length - 1));
    first = one.firsts[first] ?? first;
    one.rows.length = one.starts[first] ?? 0;
    for (const list of [one.starts, one.firsts, one.versions]) list.length = first;
    for (let index = first; index < pieces.length; index += 1) addPiece(one, pieces, index, common);
    return one;
  }
}

function nothing(): Pick<Made, 'starts' | 'firsts' | 'versions'> {
  return { starts: [], firsts: [], versions: [] };
}

/** Into the row of the pieces before it, or in rows of its own. */
function addPiece(one: Made, pieces: readonly Segment[], index: number, common: Common): void {
  const [piece, item, last] = [pieces[index], one.item, one.rows.at(-1)];
  if (piece === undefined || item.is !== 'answer') return;
  const isLast = index === pieces.length - 1;
  const isJoined =
    piece.kind !== 'code' && last?.is === 'pieces' && index > 0 && lengthOf(last.pieces) + piece.length <= together;
  one.versions.push(piece.version);
  if (isJoined) {
    one.firsts.push(one.firsts[index - 1] ?? index);
    one.starts.push(one.rows.length - 1);
    one.rows[one.rows.length - 1] = { ...last, pieces: [...last.pieces, piece], isLast };
    return;
  }
  one.firsts.push(index);
  one.starts.push(one.rows.length);
  one.rows.push(...rowsOfPiece(piece, index, { ...common, begins: common.begins && index === 0 }, item, isLast));
}

function lengthOf(pieces: readonly Segment[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

function isGrown({ versions }: Made, pieces: readonly Segment[] | undefined): boolean {
  return pieces !== undefined && (pieces.length !== versions.length || pieces.at(-1)?.version !== versions.at(-1));
}

function rowsOfPiece(piece: Segment, index: number, common: Common, item: Answer, isLast: boolean): readonly Row[] {
  const { version } = piece;
  const key = `${common.key}/${index}`;
  if (piece.kind !== 'code') return [{ ...common, key, is: 'pieces', item, pieces: [piece], isLast }];
  return partsOf(piece.lines).map(([from, to], part, all) => ({
    ...common,
    key: part === 0 ? key : `${key}/${part}`,
    begins: common.begins && part === 0,
    is: 'code' as const,
    ...{ item, piece, version, from, to, isFirst: part === 0, isLast: part === all.length - 1 },
  }));
}

/** The same first parts for code that has grown. */
function partsOf(lines: readonly string[]): readonly (readonly [number, number])[] {
  const parts: [number, number][] = [];
  let from = 0;
  let length = 0;
  for (let to = 0; to < lines.length; to += 1) {
    length += lines[to]?.length ?? 0;
    if (to + 1 - from < mostCodeLines && length < mostCodeLength) continue;
    parts.push([from, to + 1]);
    from = to + 1;
    length = 0;
  }
  if (from < lines.length || parts.length === 0) parts.push([from, lines.length]);
  return parts;
}

/** Of rows that stay the same it is made once: all of them are asked for whenever one is added. */
const heights = new WeakMap<Row, { readonly line: number; readonly columns: number; readonly height: number }>();

/** How high a row may be before it was seen. `columns`: letters in a line of text. */
export function estimatedHeight(row: Row, line: number, columns: number): number {
  const known = heights.get(row);
  if (known?.line === line && known.columns === columns) return known.height;
  const height = heightOf(row, line, columns);
  heights.set(row, { line, columns, height });
  return height;
}

function heightOf(row: Row, line: number, columns: number): number {
  switch (row.is) {
    case 'waiting':
      return Math.max(1, row.lines) * line;
    case 'code':
      return (row.to - row.from) * line + (row.isFirst ? 40 : 0);
    case 'pieces':
      return row.pieces.reduce((height, { lines }) => height + 10 + wrapped(lines, columns) * line, 0);
    case 'item':
      return heightOfItem(row.item, line, columns);
  }
}

function wrapped(lines: readonly string[], columns: number): number {
  return lines.reduce((count, { length }) => count + Math.ceil(length / columns), 0);
}

function heightOfItem(item: Exclude<Item, Answer>, line: number, columns: number): number {
  switch (item.is) {
    case 'asked':
    case 'said':
    case 'notice':
      return (
        40 + item.text.split('\n').reduce((height, text) => height + Math.ceil((text.length + 1) / columns) * line, 0)
      );
    case 'changes':
      return 40 + item.files.length * (line + 4);
    case 'thinking':
    case 'call':
    case 'compacted':
    case 'cost':
      return line + 8;
  }
}
