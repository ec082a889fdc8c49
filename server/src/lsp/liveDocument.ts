/** A document that is typed into, kept in blocks of lines: a keystroke costs by the block, not by the document. */
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position } from '#shared/place.ts';
import type { Snapshot } from '../ports.ts';
import { lineStartsOf } from '../text/lines.ts';
import { changeBetween, changed, type TextChange } from '../text/spans.ts';

export interface LiveDocument {
  readonly version: number;
  /** Its text is put together when it is read. */
  snapshot(): Snapshot;
  /** The text between two offsets, without the rest of it. */
  part(start: number, end: number): string;
  offsetAt(position: Position): number;
  positionAt(offset: number): Position;
  /** What the change was, in offsets of the text before it; undefined where a whole text is the same as before. */
  change(given: TextDocumentContentChangeEvent): TextChange | undefined;
  /** The changes so far have made this version. */
  tell(version: number): void;
}

/** A keystroke reads one block; a position, the sizes of all of them. */
const linesPerBlock = 500;

export function createLiveDocument(opened: Snapshot, blockSize = linesPerBlock): LiveDocument {
  const { uri, languageId } = opened;
  let version = opened.version;
  let blocks = cut(opened.text, blockSize);
  let text = () => opened.text;
  const offsetAt = (position: Position): number => {
    if (position.line < 0) return 0;
    let [index, start, line] = [0, 0, position.line];
    for (let block = blocks[0]; block !== undefined; block = blocks[++index]) {
      const own = block.lineCount - 1;
      if (line < own || index === blocks.length - 1)
        return start + block.offsetAt({ line, character: position.character });
      line -= own;
      start += lengthOf(block);
    }
    return start;
  };
  const replace = (change: TextChange): void => {
    blocks = replaced(blocks, change, blockSize);
    const parts = blocks.map((block) => block.getText());
    text = whileUsed(() => parts.reduce((all, part) => all + part, ''));
  };
  return {
    get version() {
      return version;
    },
    snapshot() {
      const now = text;
      return {
        uri,
        version,
        languageId,
        get text() {
          return now();
        },
      };
    },
    part(from, to) {
      const wanted: string[] = [];
      let start = 0;
      for (const block of blocks) {
        const size = lengthOf(block);
        if (start + size > from && start < to)
          wanted.push(block.getText().slice(Math.max(0, from - start), to - start));
        start += size;
        if (start >= to) break;
      }
      return wanted.join('');
    },
    offsetAt,
    positionAt(offset) {
      const { index, start } = blockAt(blocks, Math.max(0, offset));
      const { line, character } = blocks[index]?.positionAt(offset - start) ?? { line: 0, character: 0 };
      return { line: line + linesIn(blocks.slice(0, index)), character };
    },
    change(given) {
      if (!('range' in given)) {
        // Where a client sends the whole text, what is the same at both ends did not change.
        const change = changeBetween(text(), given.text);
        blocks = cut(given.text, blockSize);
        text = () => given.text;
        return change;
      }
      const [one, two] = [offsetAt(given.range.start), offsetAt(given.range.end)];
      const change = { start: Math.min(one, two), end: Math.max(one, two), text: given.text };
      replace(change);
      return change;
    },
    tell(next) {
      version = next;
    },
  };
}

/**
 * Many versions of a document are remembered, and of each the blocks that are its own: a text that was put together for
 * one look at it goes with the garbage, and is put together again for the next.
 */
function whileUsed(make: () => string): () => string {
  let made: WeakRef<{ readonly text: string }> | undefined;
  return () => {
    const kept = made?.deref();
    if (kept !== undefined) return kept.text;
    const box = { text: make() };
    made = new WeakRef(box);
    return box.text;
  };
}

/** Each block but the last ends with a line end, and no block begins between the two halves of one. */
function cut(text: string, blockSize: number): readonly TextDocument[] {
  const starts = lineStartsOf(text);
  const first = starts.filter((_, line) => line % blockSize === 0);
  return first.map((start, index) => blockOf(text.slice(start, first[index + 1])));
}

function blockOf(text: string): TextDocument {
  return TextDocument.create('', '', 0, text);
}

function lengthOf(block: TextDocument): number {
  return block.getText().length;
}

function linesIn(blocks: readonly TextDocument[]): number {
  return blocks.reduce((sum, block) => sum + block.lineCount - 1, 0);
}

/** The block that an offset is in, and where that starts; what is behind the end is in the last one. */
function blockAt(blocks: readonly TextDocument[], offset: number): { readonly index: number; readonly start: number } {
  let [index, start] = [0, 0];
  for (const block of blocks) {
    if (offset < start + lengthOf(block) || index === blocks.length - 1) break;
    start += lengthOf(block);
    index++;
  }
  return { index, start };
}

function replaced(
  blocks: readonly TextDocument[],
  { start, end, text }: TextChange,
  blockSize: number,
): readonly TextDocument[] {
  const from = blockAt(blocks, start);
  const to = blockAt(blocks, end).index;
  const textOf = (index: number) => blocks[index]?.getText() ?? '';
  const touched = blocks.slice(from.index, to + 1).reduce((all, block) => all + block.getText(), '');
  const now = changed(touched, { start: start - from.start, end: end - from.start, text });
  // A line that has lost its end, or half of it, goes on in the next block.
  const reachesDown = !/[\n\r]$/.test(now) || (now.endsWith('\r') && textOf(to + 1).startsWith('\n'));
  const below = reachesDown ? now + textOf(to + 1) : now;
  const reachesUp = below.startsWith('\n') && textOf(from.index - 1).endsWith('\r');
  const whole = reachesUp ? textOf(from.index - 1) + below : below;
  const [first, last] = [from.index - (reachesUp ? 1 : 0), to + (reachesDown ? 1 : 0)];
  const isLast = last >= blocks.length - 1;
  const block = blockOf(whole);
  const made = block.lineCount > 2 * blockSize ? cut(whole, blockSize) : [block];
  // Behind the last line end there is a line only where the document ends.
  const kept = isLast ? made : made.filter((one) => lengthOf(one) > 0);
  return [...blocks.slice(0, first), ...kept, ...blocks.slice(last + 1)];
}
