/** A record as it was written, with the names that its documents have by now: what was cited and sent is named by those too. Pure. */
import type { ExplanationRecord } from '../ports.ts';
import type { Standing } from './spot.ts';

export function renamedRecord(record: ExplanationRecord, { uri, cited }: Standing): ExplanationRecord {
  const now = new Map(cited.map((one) => [one.number, one.uri ?? uri]));
  const names = new Map(
    record.turns
      .flatMap(({ answer }) => answer.citations)
      .flatMap((citation) => {
        const name = now.get(citation.number);
        return name === undefined ? [] : [[citation.uri, name] as const];
      }),
  ).set(record.uri, uri);
  if ([...names].every(([before, after]) => before === after)) return record;
  const renamed = <Named extends { readonly uri: string }>(one: Named): Named => ({
    ...one,
    uri: names.get(one.uri) ?? one.uri,
  });
  return {
    ...renamed(record),
    turns: record.turns.map((turn) => ({
      ...turn,
      answer: { ...turn.answer, citations: turn.answer.citations.map(renamed) },
    })),
    sources: record.sources.map(renamed),
  };
}
