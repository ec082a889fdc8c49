/**
 * Makes a model's Markdown safe for any editor's renderer (S20, S21).
 * The one place in `shared` that uses libraries besides zod: those that read and write Markdown.
 */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { type Cite, spacedMarks } from './citations.ts';
import { revealInvisible } from './invisible.ts';
import { toInert } from './markdown/inert.ts';
import type { Block, Root } from './markdown/nodes.ts';
import { writeMarkdown } from './markdown/write.ts';

/**
 * The same text with nothing left that loads, opens or renders as HTML: images, links and HTML become readable text,
 * addresses inline code, hidden characters visible escapes. Code, lists, tables, headings and emphasis stay.
 * Works on text that is still streaming. Never throws; what is too large or too deeply nested to be taken apart, or
 * cannot be, is shown whole as one code block.
 * @param cite draws the marks of citations (`citations.ts`); without it they stay as they are. Its links are the only ones.
 */
export function safeMarkdown(source: string, cite?: Cite): string {
  return createSafeMarkdown(cite)(source);
}

/**
 * The same function for a text that grows: it remembers the blocks that can no longer change, so that each call costs
 * as much as the text after them. Its results are those of `safeMarkdown`, whatever it was called with before.
 * @param cite once a mark is in the text, it has to draw it the same way until the end.
 */
export function createSafeMarkdown(cite?: Cite): (source: string) => string {
  let done = nothing;
  const written = (root: Root, text: string) => writeMarkdown(toInert(root, text, cite));
  const whole = (text: string) => fenced(cite === undefined ? text : text.replace(spacedMarks, ''));
  return (source) => {
    const text = readable(source);
    if (isTooMuch(text)) return whole(text);
    if (!text.startsWith(done.text) || mayDefine(text)) done = nothing;
    try {
      const rest = text.slice(done.text.length);
      const root = parse(rest);
      const settled = mayDefine(text) ? 0 : settledBlocks(root, rest);
      if (settled === 0) return joined(done.output, written(root, rest));
      const output = joined(done.output, written({ ...root, children: root.children.slice(0, settled) }, rest));
      const next = { ...root, children: root.children.slice(settled) };
      done = { text: done.text + rest.slice(0, lineOf(next.children[0], rest)), output };
      return joined(output, written(next, rest));
    } catch {
      // Deep nesting can exhaust the stack. The text is shown all the same.
      return whole(text);
    }
  };
}

/** The beginning of a text that cannot change its meaning any more, and what it became. */
interface Settled {
  readonly text: string;
  readonly output: string;
}

const nothing: Settled = { text: '', output: '' };

function readable(source: string): string {
  return revealInvisible(source.replace(/\r\n?/g, '\n').replace(spelledMarks, bracketOf)).text;
}

/** The brackets of marks, spelled as entities: only a model writes those, and they would be read as ours. */
const spelledMarks = /&(?:#x0*27e[67]|#0*1021[45]|lobrk|robrk|(?:Left|Right)DoubleBracket);/gi;

function bracketOf(entity: string): string {
  return /6;$|14;$|&l/i.test(entity) ? '[[' : ']]';
}

/**
 * The blocks of one piece of a text (`markdown/segments.ts`), made inert as `safeMarkdown` does it: for whoever draws them
 * as elements. References to definitions elsewhere stay as they are written. Undefined where it is to be shown as plain text.
 */
export function inertBlocks(source: string): readonly Block[] | undefined {
  const text = readable(source);
  if (isTooMuch(text, mostPairsAtOnce)) return undefined;
  try {
    return toInert(fromMarkdown(text, pieceSyntax), text).children;
  } catch {
    return undefined;
  }
}

const syntax = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

/** What a definition or a footnote means depends on other pieces. */
const alone = {
  disable: { null: ['definition', 'gfmFootnoteCall', 'gfmFootnoteDefinition', 'gfmPotentialFootnoteCall'] },
};
const pieceSyntax = { extensions: [gfm(), alone], mdastExtensions: [gfmFromMarkdown()] };

function parse(text: string): Root {
  return fromMarkdown(text, syntax);
}

function joined(first: string, second: string): string {
  return first === '' || second === '' ? first + second : `${first}\n\n${second}`;
}

/** A link may refer to a definition that comes later; with one in the text, no block is ever settled. */
function mayDefine(text: string): boolean {
  return text.includes(']:') && /^[ \t>*+\-\d.)]*\[/m.test(text);
}

/** How many blocks at the start are closed by a blank line for good. A list is not: its next item may follow. */
function settledBlocks(root: Root, text: string): number {
  for (let count = root.children.length - 1; count > 0; count--) {
    const last = root.children[count - 1];
    const end = last?.position?.end.offset;
    if (end === undefined || last?.type === 'list' || isIndented(last, text)) continue;
    if (/\n[ \t]*\n/.test(text.slice(end, lineOf(root.children[count], text)))) return count;
  }
  return 0;
}

/** Indented code: the parser keeps it open beyond blank lines, and reads the next line differently for it. */
function isIndented(block: Root['children'][number] | undefined, text: string): boolean {
  return block?.type === 'code' && !/^ {0,3}[`~]/.test(text.slice(lineOf(block, text), block.position?.end.offset));
}

/** Where the line starts on which the block starts. */
function lineOf(block: Root['children'][number] | undefined, text: string): number {
  const offset = block?.position?.start.offset ?? 0;
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** UTF-16 code units: about 25,000 tokens. */
const longest = 100_000;
/** More than 30 containers opened on one line: nobody writes that for a reader. */
const deep = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){31}/m;
/** The parser takes time with the square of the marks that could pair in a paragraph: 5,000 in one take half a second. */
const mostPairs = 5000 ** 2;
/** A tenth of that: for a page that is to stay responsive. */
const mostPairsAtOnce = 1500 ** 2;

function isTooMuch(text: string, most = mostPairs): boolean {
  if (text.length > longest || deep.test(text)) return true;
  let pairs = 0;
  for (const part of text.split(/\n[ \t]*\n/)) pairs += (part.match(/[*_~[\]]/g)?.length ?? 0) ** 2;
  return pairs > most;
}

/** All of it as one code block, whose end no line of it can be. */
function fenced(text: string): string {
  const mark = '`'.repeat((text.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length + 1), 3));
  return `${mark}\n${text}\n${mark}`;
}
