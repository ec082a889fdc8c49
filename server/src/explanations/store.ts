/** What was explained, bound to the code it was said of: the owner of explanations, line notes and their follow-ups. */
import type { ExplanationSummary } from '#shared/explanations.ts';
import type { Documents, ExplanationRecord, Explanations, Snapshot } from '../ports.ts';
import { lineStartsOf } from '../text/lines.ts';

/** Bounds on memory: the oldest goes first. */
const mostRecords = 200;
const mostCharacters = 8_000_000;

export function createExplanations(documents: Pick<Documents, 'get'>): Explanations {
  const records = new Map<string, ExplanationRecord>();
  const dismissed = new Set<string>();
  const listeners: ((uri: string) => void)[] = [];
  let characters = 0;
  const told = (uri: string): void => {
    for (const listener of listeners) listener(uri);
  };
  const drop = (id: string) => {
    const record = records.get(id);
    if (record !== undefined) characters -= sizeOf(record);
    records.delete(id);
  };
  const here = (uri: string) =>
    [...records.values()].filter((record) => record.uri === uri && !dismissed.has(record.id));
  const summaryOf = (record: ExplanationRecord): ExplanationSummary => summarised(record, documents.get(record.uri));
  return {
    async put(record) {
      drop(record.id);
      dismissed.delete(record.id);
      records.set(record.id, record);
      characters += sizeOf(record);
      for (const id of records.keys()) {
        if (records.size <= 1 || (records.size <= mostRecords && characters <= mostCharacters)) break;
        drop(id);
      }
      told(record.uri);
    },
    get: async (id) => records.get(id),
    summary(id) {
      const record = records.get(id);
      return record === undefined || dismissed.has(id) ? undefined : summaryOf(record);
    },
    answerTo: async (uri, key) => [...records.values()].findLast((record) => record.uri === uri && record.key === key),
    of: (uri) => here(uri).map(summaryOf),
    at: (uri, line) =>
      here(uri)
        .reverse()
        .map(summaryOf)
        .find(({ range, kind }) => kind !== 'notes' && range.start.line <= line && line <= range.end.line),
    notesOf: async (uri) =>
      here(uri).flatMap((record) => {
        const { start } = summaryOf(record).range;
        return record.notes.map(({ line, text }) => ({ id: record.id, line: start.line + line, text }));
      }),
    list: async () => [...records.values()].filter(({ id }) => !dismissed.has(id)).map(summaryOf),
    async dismiss(ids) {
      const going = ids.filter((id) => records.has(id) && !dismissed.has(id));
      for (const id of going) dismissed.add(id);
      for (const uri of new Set(going.map((id) => records.get(id)?.uri ?? ''))) told(uri);
      return going.length;
    },
    async renamed() {},
    watch: (listener) => void listeners.push(listener),
    async flush() {},
  };
}

function summarised(record: ExplanationRecord, snapshot: Snapshot | undefined): ExplanationSummary {
  const { id, uri, kind, level, symbol, at, turns } = record;
  const place = snapshot === undefined ? undefined : locate(record, snapshot);
  return {
    ...{ id, uri, kind, level, at },
    ...(symbol === undefined ? {} : { symbol }),
    range: place?.range ?? record.range,
    title: (turns[0]?.answer.markdown ?? '').slice(0, 300),
    state: place?.changed === true ? 'changed' : 'current',
    citations: turns.flatMap(({ answer }) => answer.citations),
  };
}

/** Where a record's code is now: the place nearest to where it was that reads the same, else where it was. */
function locate(record: ExplanationRecord, snapshot: Snapshot) {
  const starts = lineStartsOf(snapshot.text);
  const height = record.range.end.line - record.range.start.line;
  const last = starts.length - 1;
  const { start, end } = record.range;
  const before = {
    start: { ...start, line: Math.min(start.line, last) },
    end: { ...end, line: Math.min(end.line, last) },
  };
  if (record.code.trim() === '') return { range: before, changed: false };
  const lines = occurrences(snapshot.text, record.code, starts);
  if (lines.length === 0) return { range: before, changed: true };
  const distance = (line: number) => Math.abs(line - start.line);
  const firstLine = lines.reduce((best, line) => (distance(line) < distance(best) ? line : best));
  return {
    range: { start: { ...start, line: firstLine }, end: { ...end, line: firstLine + height } },
    changed: false,
  };
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
  return record.code.length * 3 + record.turns.reduce((sum, { answer }) => sum + answer.markdown.length * 3, 0);
}
