/** Answers from the store: the same code was explained before, and nothing is paid for it again. */
import { randomUUID } from 'node:crypto';
import type { Citation } from '#shared/citations.ts';
import type { Explanation } from '#shared/explain.ts';
import type { Context, Documents, ExplanationRecord, Snapshot } from '../../ports.ts';
import { closedFiles } from './closedFiles.ts';
import { keepInPlace } from './keepInPlace.ts';
import type { Material } from './material.ts';
import { createLineReader, type Origins, originOfSnapshot, standingOf } from './standing.ts';

export interface Wanted {
  readonly uri: string;
  readonly key: string;
  readonly material: Material;
  /** The document that `material` is of, where it is open. */
  readonly snapshot: Snapshot | undefined;
  readonly excludedFiles: readonly string[];
  /** Older answers do not count. ISO 8601. */
  readonly since: string;
}

/** Undefined where the store has no answer. One that has, and was dismissed, is there again. */
export async function knownAnswer(
  context: Pick<Context, 'explanations' | 'outgoing' | 'documents' | 'files' | 'trust' | 'signal'>,
  wanted: Wanted,
): Promise<Explanation | undefined> {
  const { explanations, outgoing, signal } = context;
  const { uri, key, material, snapshot, since } = wanted;
  const found = await explanations.answerTo(uri, key);
  const answer = found?.turns[0]?.answer;
  if (found === undefined || answer === undefined || found.at <= since) return undefined;
  // What must stay here is refused as ever: there is no question about it that could be answered.
  if (material.kind !== 'terminal' && !(await outgoing.mayLeave(uri, wanted.excludedFiles))) return undefined;
  // The demo's words stand for no model's.
  if (answer.demo && (await outgoing.isDemo(signal)) !== true) return undefined;
  const kept = placed(isElsewhere(context, found, wanted) ? copyOf(found) : found, material, snapshot);
  const onDisk = await closedFiles(context, citedIn(kept));
  const record = lookedAt(kept, onDisk);
  const notices = await keepInPlace(explanations, record);
  const first = record.turns[0]?.answer ?? answer;
  const { symbol: _, ...said } = first;
  const getNow = (its: string) => context.documents.get(its) ?? onDisk.get(its);
  return {
    ...said,
    ...(material.symbol === undefined ? {} : { symbol: material.symbol }),
    id: record.id,
    range: material.range,
    citations: citationsNow({ documents: { get: getNow } }, first.citations, record, snapshot),
    usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, price: 0 },
    stored: record.at,
    notices: [...first.notices, ...notices],
  };
}

/** The same code stands twice, and the other place has its explanation already: that one stays where it is. */
function isElsewhere(
  { explanations }: Pick<Context, 'explanations'>,
  { id }: ExplanationRecord,
  { material, snapshot }: Wanted,
): boolean {
  const summary = explanations.summary(id);
  if (summary === undefined || snapshot === undefined || summary.state === 'gone') return false;
  return summary.range.start.line !== material.range.start.line;
}

function copyOf(record: ExplanationRecord): ExplanationRecord {
  const id = randomUUID();
  return { ...record, id, turns: record.turns.slice(0, 1).map(({ answer }) => ({ answer: { ...answer, id } })) };
}

/** The record with its own lines where the same code stands now. */
function placed(record: ExplanationRecord, { range }: Material, snapshot: Snapshot | undefined): ExplanationRecord {
  const { version: _, ...kept } = record;
  const [from, to] = [record.range.start.line, record.range.end.line];
  const by = range.start.line - from;
  const move = <Lines extends { uri: string; firstLine: number; lastLine: number }>(lines: Lines): Lines =>
    lines.uri === record.uri && lines.firstLine >= from && lines.lastLine <= to
      ? { ...lines, firstLine: lines.firstLine + by, lastLine: lines.lastLine + by }
      : lines;
  return {
    ...kept,
    range,
    ...(snapshot === undefined ? {} : { version: snapshot.version }),
    turns: record.turns.map((turn) => ({
      ...turn,
      answer: { ...turn.answer, range, citations: turn.answer.citations.map(move) },
    })),
    sources: record.sources.map(move),
  };
}

function citedIn({ uri, turns }: ExplanationRecord): readonly string[] {
  return turns.flatMap(({ answer }) => answer.citations.map((each) => each.uri)).filter((its) => its !== uri);
}

/** The record with what is cited of closed files as that is now: it is what is said of it from now on. */
function lookedAt(record: ExplanationRecord, onDisk: Pick<Documents, 'get'>): ExplanationRecord {
  const now = (citation: Citation) =>
    onDisk.get(citation.uri) === undefined
      ? [citation]
      : citationsNow({ documents: onDisk }, [citation], record, undefined);
  return {
    ...record,
    turns: record.turns.map((turn) => ({
      ...turn,
      answer: { ...turn.answer, citations: turn.answer.citations.flatMap(now) },
    })),
  };
}

/** Each is looked at again: what it quotes may have changed elsewhere. */
function citationsNow(
  { documents }: { readonly documents: Pick<Documents, 'get'> },
  citations: readonly Citation[],
  { quotes }: ExplanationRecord,
  snapshot: Snapshot | undefined,
): Citation[] {
  const lineReader = createLineReader(documents);
  const origin = snapshot === undefined ? undefined : originOfSnapshot(snapshot, lineReader);
  const origins: Origins = () => undefined;
  return citations.map((citation) => {
    const { number, uri, firstLine, state } = citation;
    const [first, ...others] = (quotes[number] ?? '')
      .split('\n')
      .map((text, index) => ({ uri, text, line: firstLine + index }));
    if (state === 'unverified' || first === undefined || quotes[number] === undefined)
      return { ...citation, state: 'unverified' as const };
    const cited = { lines: [first, ...others] as const, isQuoted: true };
    const own =
      origin !== undefined && uri === snapshot?.uri && origin.textOf(firstLine)?.trimEnd() === first.text.trimEnd();
    return { number, ...standingOf(cited, own ? () => origin : origins, lineReader) };
  });
}
