/** How much may be sent with a question at each level, and which parts find room in it. Pure. */
import type { Level } from '#shared/explain.ts';
import { numberedTokens } from '../../text/fitting.ts';
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
