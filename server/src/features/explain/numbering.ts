/** Numbers the citations of an answer: the same lines have the same number. */
import type { Citation } from '#shared/citations.ts';
import { type Cited, citedIn } from './check.ts';
import type { Sent } from './sent.ts';
import type { Standing } from './standing.ts';

export interface NumberingParts {
  readonly sent: Sent;
  /** Where cited lines are now. */
  standing(cited: Cited): Standing;
  /** The number of the first citation. */
  readonly first: number;
}

export interface Numbering {
  /** What a block of text cites, as the service gave it; each once. */
  numbered(citations: readonly unknown[]): readonly Citation[];
  /** All so far, as they are now. */
  citations(): readonly Citation[];
  /** The same, where they were when they were sent: changes since do not count. */
  citationsThen(): readonly Citation[];
  /** What each that holds quotes, by its number. */
  quotes(): Readonly<Record<number, string>>;
}

/** Nobody reads more; what a service sends beyond is not looked at. */
const mostInBlock = 8;
const mostLookedAt = 50;
const mostInAnswer = 1_000;

export function createNumbering({ sent, standing, first }: NumberingParts): Numbering {
  const known = new Map<string, { readonly number: number; readonly cited: Cited }>();
  const now = () => [...known.values()].map(({ number, cited }) => ({ number, cited, standing: standing(cited) }));
  const citationOf = (cited: Cited): Citation => {
    const found = standing(cited);
    const name = nameOf(found);
    const { number } = known.get(name) ?? { number: first + known.size };
    if (!known.has(name)) known.set(name, { number, cited });
    return { number, ...found };
  };
  return {
    numbered(citations) {
      if (known.size >= mostInAnswer) return [];
      const cited = citations.slice(0, mostLookedAt).flatMap((citation) => citedIn(citation, sent));
      const found = cited.slice(0, mostInBlock).map(citationOf);
      return [...new Map(found.map((citation) => [citation.number, citation])).values()];
    },
    citations: () => now().map((each) => ({ number: each.number, ...each.standing })),
    citationsThen: () => now().map((each) => ({ number: each.number, ...thenOf(each.cited, each.standing) })),
    quotes: () =>
      Object.fromEntries(
        now()
          .filter((each) => each.standing.state !== 'unverified')
          .map(({ number, cited }) => [number, cited.lines.map(({ text }) => text).join('\n')]),
      ),
  };
}

function thenOf({ lines }: Cited, { state }: Standing): Standing {
  const [{ uri, line }] = lines;
  const firstAndLast = { firstLine: line, lastLine: line + lines.length - 1 };
  return { uri, ...firstAndLast, state: state === 'unverified' ? state : 'verified' };
}

/** Where what does not hold would be is of no interest. */
function nameOf({ uri, firstLine, lastLine, state }: Standing): string {
  return JSON.stringify(state === 'unverified' ? [state] : [state, uri, firstLine, lastLine]);
}
