/** How much may be sent with a question at each level, and which parts find room in it. Pure. */
import type { Level } from '#shared/explain.ts';
import { estimatedTokens } from '../../text/tokens.ts';
import type { MaterialDocument } from './documents.ts';

/** In estimated tokens: the code and all that stands around it, without the words of the question. */
export const budgets: Readonly<Record<Level, number>> = { line: 6_000, normal: 16_000, deep: 32_000 };

/** Of a budget the code itself may take so much: a rest is kept for what explains it. */
export function tokensForCode(level: Level): number {
  return Math.floor(budgets[level] * 0.85);
}

export interface Filled {
  readonly kept: readonly MaterialDocument[];
  readonly leftOut: readonly MaterialDocument[];
}

/**
 * The documents that fit into so many tokens, in the order of their worth: what is too long is left out, and a shorter
 * one of less worth may follow.
 */
export function filled(candidates: readonly MaterialDocument[], room: number): Filled {
  const kept: MaterialDocument[] = [];
  const leftOut: MaterialDocument[] = [];
  let tokens = 0;
  for (const document of candidates) {
    const more = tokensOfDocuments([document]);
    if (tokens + more > room) leftOut.push(document);
    else {
      kept.push(document);
      tokens += more;
    }
  }
  return { kept, leftOut };
}

/** Estimated tokens of documents: their lines, and what is said of them. */
export function tokensOfDocuments(documents: readonly MaterialDocument[]): number {
  return documents.reduce(
    (sum, document) =>
      document.lines.reduce((tokens, { text }) => tokens + numberedTokens(text), sum + tokensOfHead(document)),
    0,
  );
}

/** The same for each part, in order: together they are the whole. */
export function tokensOfParts(documents: readonly MaterialDocument[]): readonly { part: string; tokens: number }[] {
  const parts = Map.groupBy(documents, ({ part }) => part);
  return [...parts].map(([part, its]) => ({ part, tokens: tokensOfDocuments(its) }));
}

function tokensOfHead({ title, part, about }: MaterialDocument): number {
  const names = Object.entries({ part, ...about }).map(([name, value]) => `${name}="${value.slice(0, longestName)}"`);
  return tokensOfFrame + estimatedTokens(`${title.slice(0, longestName)} ${names.join(' ')}`);
}

/** What the service writes around a document. */
const tokensOfFrame = 10;
/** As it is sent, in UTF-16 code units. */
const longestName = 500;

/** Estimated tokens of lines as they are sent, each with its number in front. */
export function numberedTokens(text: string): number {
  return estimatedTokens(text) + tokensOfNumber * linesIn(text);
}

/** `1234| ` */
const tokensOfNumber = 3;

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/**
 * How many characters of a text fit into so many tokens: whole lines, or a part of the first where even that is too
 * long. Takes time linear in what fits.
 */
export function fittingLength(text: string, room: number): number {
  let tokens = 0;
  let at = 0;
  while (at < text.length) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found + 1;
    // No text has fewer tokens than this: a line of megabytes is not counted.
    if (end - at > (room - tokens) * mostCharactersPerToken) break;
    tokens += numberedTokens(text.slice(at, end).replace(/\r?\n$/, ''));
    if (tokens > room) break;
    at = end;
  }
  return at > 0 ? at : lengthOfPart(text, room);
}

const mostCharactersPerToken = 16;

/** Of a single line. */
function lengthOfPart(line: string, room: number): number {
  let length = Math.min(line.length, room * mostCharactersPerToken);
  for (let tokens = numberedTokens(line.slice(0, length)); tokens > room && length > 1; ) {
    length = Math.max(1, Math.floor((length * room * 0.98) / tokens));
    tokens = numberedTokens(line.slice(0, length));
  }
  return /[\ud800-\udbff]$/.test(line.slice(0, length)) ? length - 1 : length;
}
