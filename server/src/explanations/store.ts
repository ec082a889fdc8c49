/** What was explained, bound to the code it was said of: the owner of explanations and of their follow-ups. */
import type { ExplanationRecord, Explanations, Found, Snapshot } from '../ports.ts';
import { lineStartsOf } from '../text/lines.ts';

/** Bounds on memory: the oldest goes first. */
const mostRecords = 200;
const mostCharacters = 8_000_000;

export function createExplanations(): Explanations {
  const records = new Map<string, ExplanationRecord>();
  let characters = 0;
  const drop = (id: string) => {
    const record = records.get(id);
    if (record !== undefined) characters -= sizeOf(record);
    records.delete(id);
  };
  return {
    put(record) {
      drop(record.id);
      records.set(record.id, record);
      characters += sizeOf(record);
      for (const id of records.keys()) {
        if (records.size <= 1 || (records.size <= mostRecords && characters <= mostCharacters)) break;
        drop(id);
      }
    },
    get: (id) => records.get(id),
    at(snapshot, line) {
      const here = [...records.values()].filter((record) => record.uri === snapshot.uri).reverse();
      return here
        .map((record) => locate(record, snapshot))
        .find((found) => found.firstLine <= line && line <= found.lastLine);
    },
  };
}

/** Where a record's code is now: the place nearest to where it was that reads the same, else where it was. */
function locate(record: ExplanationRecord, snapshot: Snapshot): Found {
  const starts = lineStartsOf(snapshot.text);
  const height = record.range.end.line - record.range.start.line;
  const last = starts.length - 1;
  const before = {
    firstLine: Math.min(record.range.start.line, last),
    lastLine: Math.min(record.range.end.line, last),
  };
  if (record.code.trim() === '') return { record, ...before, changed: false };
  const lines = occurrences(snapshot.text, record.code, starts);
  if (lines.length === 0) return { record, ...before, changed: true };
  const distance = (line: number) => Math.abs(line - record.range.start.line);
  const firstLine = lines.reduce((best, line) => (distance(line) < distance(best) ? line : best));
  return { record, firstLine, lastLine: firstLine + height, changed: false };
}

/** Lines at which the text holds exactly this code. */
function occurrences(text: string, code: string, starts: readonly number[]): readonly number[] {
  const lines: number[] = [];
  let line = 0;
  for (let at = text.indexOf(code); at !== -1; at = text.indexOf(code, at + code.length)) {
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= at) line++;
    if (starts[line] === at) lines.push(line);
  }
  return lines;
}

function sizeOf(record: ExplanationRecord): number {
  return record.code.length * 3 + record.markdown.length * 3;
}
