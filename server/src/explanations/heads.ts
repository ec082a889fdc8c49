/** The heads of the journal's records: what the list of explanations needs, small, so that thousands are read at once. */

import { marks } from '#shared/citations.ts';
import { stripControl } from '#shared/control.ts';
import { ExplanationKind, Level } from '#shared/explain.ts';
import type { ExplanationSummary } from '#shared/explanations.ts';
import type { ExplanationRecord } from '../ports.ts';
import type { Cited, Standing } from './spot.ts';

/** Of an explanation: its body is the record. */
export interface Put {
  readonly kind: 'put';
  readonly seq: number;
  readonly id: string;
  readonly key: string;
  readonly standing: Standing;
  readonly subject: ExplanationSummary['kind'];
  readonly level: Level;
  readonly symbol: string | undefined;
  readonly title: string;
  readonly at: string;
}

/** What became of one: its body is its `Spot`, or empty. */
export interface Mark {
  readonly kind: 'mark';
  readonly seq: number;
  readonly id: string;
  readonly standing: Standing;
}

export type Head = Put | Mark;

const subjects = new Set<string>([...ExplanationKind.options, 'notes']);
const levels = new Set<string>(Level.options);
const states = ['current', 'changed', 'gone'] as const;
const citedStates = ['verified', 'changed', 'unverified'] as const;

export function written(head: Head): string {
  const { standing, seq, id } = head;
  const { range, uri, state, dismissed, cited } = standing;
  const { start, end } = range;
  const place = [start.line, start.character, end.line, end.character, states.indexOf(state), dismissed ? 1 : 0];
  const lines = cited.map(({ number, firstLine, lastLine, state: its, uri: other }) => [
    ...[number, firstLine, lastLine, citedStates.indexOf(its)],
    ...(other === undefined ? [] : [other]),
  ]);
  const common = [head.kind, seq, id, uri, place, lines];
  if (head.kind === 'mark') return JSON.stringify(common);
  const { key, subject, level, title, at, symbol } = head;
  return JSON.stringify([...common, key, subject, level, title, at, ...(symbol === undefined ? [] : [symbol])]);
}

/** Undefined for what no Gloss has written. By hand: a schema takes three times as long, and there are thousands. */
export function read(text: string): Head | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(fields)) return undefined;
  const [kind, seq, id, uri, place, lines, key, subject, level, title, at, symbol]: readonly unknown[] = fields;
  if (!isCount(seq) || !isText(id, 64) || id === '' || !isText(uri, 4096) || uri === '') return undefined;
  const standing = standingOf(uri, place, lines);
  if (standing === undefined) return undefined;
  if (kind === 'mark') return { kind, seq, id, standing };
  if (kind !== 'put' || !isText(key, 500) || !isText(title, 300) || !isTime(at)) return undefined;
  if (!(symbol === undefined || isText(symbol, 1_000)) || !isSubject(subject) || !isLevel(level)) return undefined;
  return { kind, seq, id, key, standing, subject, level, title, at, symbol };
}

/** The newest there may be: a clock that was wrong by thousands of years stops nothing. */
const latest = 2 ** 52;

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < latest;
}

function isLine(value: unknown): value is number {
  return isCount(value) && value < 2 ** 31;
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/.test(value);
}

function isSubject(value: unknown): value is Put['subject'] {
  return typeof value === 'string' && subjects.has(value);
}

function isLevel(value: unknown): value is Level {
  return typeof value === 'string' && levels.has(value);
}

function standingOf(uri: string, place: unknown, lines: unknown): Standing | undefined {
  if (!Array.isArray(place) || place.length !== 6 || !place.every(isLine) || !Array.isArray(lines)) return undefined;
  const [line = 0, character = 0, endLine = 0, endCharacter = 0, stateAt = 0, dismissed] = place;
  const state = states[stateAt];
  const cited = lines.map(citedOf);
  if (state === undefined || !cited.every((one) => one !== undefined)) return undefined;
  const range = { start: { line, character }, end: { line: endLine, character: endCharacter } };
  return { uri, dismissed: dismissed === 1, range, state, cited };
}

function citedOf(value: unknown): Cited | undefined {
  if (!Array.isArray(value)) return undefined;
  const [number, firstLine, lastLine, stateAt, uri]: readonly unknown[] = value;
  if (!isLine(number) || number === 0 || !isLine(firstLine) || !isLine(lastLine) || !isLine(stateAt)) return undefined;
  const state = citedStates[stateAt];
  return state === undefined || !(uri === undefined || (isText(uri, 4096) && uri !== ''))
    ? undefined
    : { number, firstLine, lastLine, state, uri };
}

const longestTitle = 160;

/** The beginning of what was said, as plain text in one line. */
export function titleOf({ turns, notes }: Pick<ExplanationRecord, 'turns' | 'notes'>): string {
  const markdown = turns[0]?.answer.markdown ?? notes[0]?.text ?? '';
  const text = markdown
    .slice(0, 2_000)
    .replace(marks, '')
    .replace(/^(?:[ \t]*(?:#{1,6}|>|[-+*]|\d+[.)])[ \t]+|`{3,}.*$)/gm, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/(\*\*|__|`)/g, '');
  const line =
    stripControl(text)
      .trim()
      .split(/\n[ \t]*\n/)[0]
      ?.replace(/\s+/g, ' ') ?? '';
  return line.length <= longestTitle ? line : `${line.slice(0, longestTitle - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
