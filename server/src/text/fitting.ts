/** How much of a text fits into so many estimated tokens. Pure. */
import { estimatedTokens } from './tokens.ts';

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
