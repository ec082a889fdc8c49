/** Where cited lines are by now, and whether they still read as they were explained. */
import type { Citation } from '#shared/citations.ts';
import type { Documents, ExplanationRecord, Explanations, Snapshot, Source } from '../../ports.ts';
import { type LineRun, lineRuns } from '../../text/lineDiff.ts';
import type { Cited } from './check.ts';

/** What is known of a document's lines at the time when they were sent. */
export interface Origin {
  /** The line as it was; undefined where that is not known. */
  textOf(line: number): string | undefined;
  /** Its number now; undefined where it is gone. */
  nowAt(line: number): number | undefined;
}

/** By URI; undefined for a document of which nothing is known. */
export type Origins = (uri: string) => Origin | undefined;

export type Standing = Pick<Citation, 'uri' | 'firstLine' | 'lastLine' | 'state'>;

/** The lines of open documents as they are now; taken apart once for each version. */
export interface LineReader {
  now(uri: string): readonly string[] | undefined;
}

export function createLineReader(documents: Pick<Documents, 'get'>): LineReader {
  const read = new Map<string, { readonly version: number; readonly lines: readonly string[] }>();
  return {
    now(uri) {
      const open = documents.get(uri);
      if (open === undefined) return undefined;
      const known = read.get(uri);
      if (known?.version === open.version) return known.lines;
      const lines = partsOf(open.text);
      read.set(uri, { version: open.version, lines });
      return lines;
    },
  };
}

/** Where the lines stand now. Only lines that were sent as they were, and read so now, are `verified`. */
export function standingOf({ lines, isQuoted }: Cited, origins: Origins, lineReader: LineReader): Standing {
  const [first] = lines;
  const { uri } = first;
  const origin = origins(uri);
  const as = (state: Standing['state'], line = first.line): Standing => ({
    ...{ uri, state, firstLine: line, lastLine: line + lines.length - 1 },
  });
  const wasSo = lines.every(({ line, text }) => isSame(text, origin?.textOf(line)));
  if (!isQuoted || !wasSo) return as('unverified');
  const now = lineReader.now(uri);
  if (now === undefined) return as('verified');
  const reads = (from: number | undefined): from is number =>
    from !== undefined && lines.every(({ text }, index) => isSame(text, now[from + index] ?? ''));
  if (origin?.textOf(first.line) === undefined) {
    const place = reads(first.line) ? first.line : onlyPlace(lines, now);
    return place === undefined ? as('changed') : as('verified', place);
  }
  const places = lines.map(({ line }) => origin.nowAt(line));
  const [from] = places;
  const isWhole = reads(from) && places.every((place, index) => place === from + index);
  return isWhole ? as('verified', from) : as('changed', from);
}

/** A line that was sent, and the line as it was: long lines are cut before they are sent. Where that is not known, one that was made up for the sending is not the line. */
function isSame(sent: string, line: string | undefined): boolean {
  if (line === undefined) return !madeUp.test(sent);
  return line.trimEnd() === sent.trimEnd() || (sent.length >= shortestCut && line.startsWith(sent));
}

const madeUp = /\[secret:[\w-]+:\d+\]|⟨U\+[0-9A-F]{4,6}⟩|‹/;
const shortestCut = 200;

/** Where the lines stand in a document that has changed: only if there is one such place. */
function onlyPlace(lines: Cited['lines'], now: readonly string[]): number | undefined {
  const fits = (at: number) => lines.every(({ text }, index) => isSame(text, now[at + index] ?? ''));
  const place = now.findIndex((_line, at) => fits(at));
  return place < 0 || now.findIndex((_line, at) => at > place && fits(at)) >= 0 ? undefined : place;
}

/** Of all documents that lines were sent of. Call it when they were read: whoever changes one later is noticed. */
export function originsOf(
  documents: Pick<Documents, 'get'>,
  explained: Snapshot | undefined,
  sources: readonly Source[],
): (lineReader: LineReader) => Origins {
  const open = [...new Set(sources.map(({ uri }) => uri))].flatMap((uri) => documents.get(uri) ?? []);
  const snapshots = new Map([...open, ...(explained === undefined ? [] : [explained])].map((each) => [each.uri, each]));
  return (lineReader) => {
    const origins = new Map([...snapshots].map(([uri, snapshot]) => [uri, originOfSnapshot(snapshot, lineReader)]));
    return (uri) => origins.get(uri);
  };
}

/** A document that was open when its lines were sent. */
export function originOfSnapshot(before: Snapshot, lineReader: LineReader): Origin {
  const lines = partsOf(before.text);
  const place = mapping(lines);
  return {
    textOf: (line) => lines[line],
    nowAt(line) {
      const now = lineReader.now(before.uri);
      return now === undefined ? line : place(now, line);
    },
  };
}

/** The code of an explanation that was given earlier. */
export function originOfRecord(
  { code, range, id, uri }: ExplanationRecord,
  summary: Explanations['summary'],
  lineReader: LineReader,
): Origin {
  const first = range.start.line;
  const lines = partsOf(code).slice(0, range.end.line - first + 1);
  return {
    textOf: (line) => lines[line - first],
    nowAt(line) {
      const found = summary(id);
      const now = lineReader.now(uri);
      if (found === undefined || now === undefined) return line;
      if (found.state === 'gone') return undefined;
      const { start, end } = found.range;
      const place = placeIn(lineRuns(lines, now.slice(start.line, end.line + 1)), line - first);
      return place === undefined ? undefined : start.line + place;
    },
  };
}

/** Numbers of lines in a later version; what has changed is worked out once for each. */
function mapping(before: readonly string[]): (now: readonly string[], line: number) => number | undefined {
  let known: { readonly now: readonly string[]; readonly runs: readonly LineRun[] } | undefined;
  return (now, line) => {
    if (known?.now !== now) known = { now, runs: lineRuns(before, now) };
    return placeIn(known.runs, line);
  };
}

/** A line that no run replaces is moved by all runs before it. */
function placeIn(runs: readonly LineRun[], line: number): number | undefined {
  const run = runs.findLast(({ start }) => start <= line);
  if (run === undefined) return line;
  return line < run.end ? undefined : run.newEnd + line - run.end;
}

function partsOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}
