/** A part of a question beside its words: what is attached, as it goes into the turn. */
import type { Range } from '#shared/place.ts';
import type { UserBlock } from '../../claude/index.ts';
import type { Attached, ChatWorld, Source } from '../../ports.ts';
import { block } from '../../text/blocks.ts';
import { fittingLength } from '../../text/fitting.ts';
import { estimatedTokens } from '../../text/tokens.ts';
import type { MeantLines } from './mentions.ts';

/** What a chat's question is put together from. */
export interface ComposeWorld
  extends Pick<ChatWorld, 'documents' | 'providers' | 'files' | 'settings' | 'search' | 'log' | 'trust'> {
  readonly outgoing: Pick<ChatWorld['outgoing'], 'clean' | 'mayLeave'>;
}

export interface Piece {
  readonly attached: Attached;
  readonly blocks: readonly UserBlock[];
  readonly replaced: readonly string[];
  /** What the person should know of it, a sentence each. */
  readonly notices: readonly string[];
}

/** How much there is room for, and how blocks are marked. */
export interface Frame {
  /** Estimated tokens that are left for all that goes along. */
  readonly room: number;
  /** Unguessable: what stands in a block cannot end it (threats S25). */
  readonly delimiter: string;
  readonly signal: AbortSignal;
}

/** Of a mention that cannot be followed: a sentence for the person. */
export interface NotSent {
  readonly notSent: string;
}

export interface TextParts {
  readonly name: string;
  readonly kind: Attached['kind'];
  /** What kind of block it is for the model, and what is known of it. */
  readonly tag: string;
  readonly attributes: string;
  readonly lines: readonly string[];
  readonly sources: readonly Source[];
  readonly replaced: readonly string[];
  readonly notices?: readonly string[];
}

/** Lines as a block of data. */
export function textPiece(parts: TextParts, { delimiter }: Pick<Frame, 'delimiter'>): Piece {
  const { name, kind, tag, attributes, lines, sources, replaced, notices = [] } = parts;
  const text = block(tag, attributes, lines, delimiter);
  return {
    attached: { name, kind, tokens: estimatedTokens(text.replaceAll(delimiter, '')) + delimiterTokens, sources },
    blocks: [{ type: 'text', text }],
    replaced,
    notices,
  };
}

/** Of both marks: the same for the same text. */
const delimiterTokens = 30;

/** One thing may not take all the room. In estimated tokens. */
const mostTokens = 40_000;
/** What is said of it, and the marks around. */
const frameTokens = 200;

/** How many of these lines there is room for, from the first on. Their numbers are counted. */
export function fittingLines(lines: readonly string[], room: number): number {
  const text = lines.join('\n');
  const length = fittingLength(text, Math.max(0, Math.min(room, mostTokens) - frameTokens));
  return length >= text.length ? lines.length : text.slice(0, length).split('\n').length - 1;
}

/** As the tool that reads shows a file: its number and a tab before each line. */
export function numbered(lines: readonly string[], firstLine: number): readonly string[] {
  return lines.map((text, index) => `${firstLine + index + 1}\t${text}`);
}

/** Without an empty one behind the last end of a line. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/(?:\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/);
}

/** First and last line. A selection that ends at the start of a line does not mean that line. */
export function linesIn({ start, end }: Range): MeantLines {
  return { first: start.line, last: end.character === 0 && end.line > start.line ? end.line - 1 : end.line };
}
