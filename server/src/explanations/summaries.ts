/** What is said of an explanation: what is known of it, with what the open documents tell of its lines. Pure. */
import type { Citation } from '#shared/citations.ts';
import type { ExplanationSummary } from '#shared/explanations.ts';
import type { ExplanationRecord } from '../ports.ts';
import { type Entry, standingOf } from './library.ts';
import type { Sheet } from './sheet.ts';
import type { Cited, Standing } from './spot.ts';
import { rangeOf } from './tracked.ts';

/** The sheet of an open document. */
export type SheetOf = (uri: string) => Sheet | undefined;

/** Of all turns; of two with one number the later one counts. */
export function citedOf({ turns, uri }: Pick<ExplanationRecord, 'turns' | 'uri'>, most: number): readonly Cited[] {
  const cited = turns.flatMap(({ answer }) => answer.citations);
  const byNumber = new Map(cited.map((citation) => [citation.number, citation]));
  return [...byNumber.values()].slice(0, most).map(({ number, firstLine, lastLine, state, uri: its }) => ({
    ...{ number, firstLine, lastLine, state },
    uri: its === uri ? undefined : its,
  }));
}

export function standingNow(entry: Entry, sheetOf: SheetOf): Standing {
  const standing = standingOf(entry);
  const { id } = entry.put;
  const sheet = sheetOf(standing.uri);
  const seen = sheet?.get(id)?.main?.seen;
  const place =
    sheet === undefined || seen === undefined
      ? {}
      : { range: rangeOf(seen, sheet.lines(), entry.put.standing.range), state: seen.state };
  return {
    ...standing,
    ...place,
    cited: standing.cited.map((one) => citedNow(one, id, sheetOf(one.uri ?? standing.uri))),
  };
}

function citedNow(cited: Cited, id: string, sheet: Sheet | undefined): Cited {
  const tracked = sheet?.get(id);
  if (tracked === undefined || cited.state === 'unverified') return cited;
  const inner = tracked.inner.find(({ kind, number }) => kind === 'cite' && number === cited.number);
  // Nobody knows what it quoted.
  if (inner === undefined) return { ...cited, state: 'changed' };
  const { state, firstLine, lastLine } = inner.piece.seen;
  return { ...cited, firstLine, lastLine, state: state === 'current' ? 'verified' : 'changed' };
}

export function summaryOf(entry: Entry, sheetOf: SheetOf): ExplanationSummary {
  const { id, subject, level, symbol, title, at } = entry.put;
  const { uri, range, state, cited } = standingNow(entry, sheetOf);
  return {
    ...{ id, uri, kind: subject, level, range, title, state, at },
    ...(symbol === undefined ? {} : { symbol }),
    citations: cited.map(
      (one): Citation => ({
        ...{
          number: one.number,
          uri: one.uri ?? uri,
          firstLine: one.firstLine,
          lastLine: one.lastLine,
          state: one.state,
        },
      }),
    ),
  };
}
