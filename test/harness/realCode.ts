/** Real code in five languages, with its functions and types as others than our own outline found them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

export interface RealSymbol {
  readonly name: string;
  /** Counted from 1. */
  readonly first: number;
  readonly last: number;
}

export interface RealFile {
  readonly name: string;
  readonly languageId: string;
  readonly text: string;
  readonly symbols: readonly RealSymbol[];
}

const folder = path.resolve(import.meta.dirname, '../corpora/code');
const published = path.resolve(import.meta.dirname, '../../node_modules/@anthropic-ai/sdk/src');
const languages = { 'configparser.py': 'python', 'smallvec.rs': 'rust', 'flag.go': 'go', 'cext.c': 'c' };

export function realFiles(): readonly RealFile[] {
  const Tables = z.record(z.string(), z.array(z.tuple([z.string(), z.int(), z.int()])));
  const tables = Tables.parse(JSON.parse(readFileSync(path.join(folder, 'symbols.json'), 'utf8')));
  const copied = Object.entries(languages).map(([name, languageId]) => ({
    name,
    languageId,
    text: readFileSync(path.join(folder, name), 'utf8'),
    symbols: (tables[name] ?? []).map(([symbol, first, last]) => ({ name: symbol, first, last })),
  }));
  const installed = ['client.ts', 'lib/MessageStream.ts'].map((name) => {
    const text = readFileSync(path.join(published, name), 'utf8');
    return { name: path.basename(name), languageId: 'typescript', text, symbols: formatted(text) };
  });
  return [...copied, ...installed];
}

/**
 * Of TypeScript as Prettier sets it: a function begins at the margin, a method one step in, a function that is
 * a property or constant anywhere; each ends where a brace stands below.
 */
function formatted(text: string): readonly RealSymbol[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const groups = heads.map((head) => head.exec(line)?.groups).find((found) => found !== undefined);
    const { name, indent = '' } = groups ?? {};
    const opened = lines.findIndex((each, at) => at >= index && /[{;]$/.test(each));
    if (name === undefined || lines[opened]?.endsWith('{') !== true) return [];
    if (/\{.*\}$/.test(line)) return [{ name, first: index + 1, last: index + 1 }];
    const last = lines.findIndex((each, at) => at > index && new RegExp(`^${indent}}[;,]?$`).test(each));
    return [{ name, first: index + 1, last: last + 1 }];
  });
}

const heads = [
  /^(?:(?:export |async )*function (?<name>\w+))/,
  /^(?<indent> {2})(?:(?:private|protected|public|static|async|override|get|set) )*(?<name>#?\w+)(?:<[^>]*>)?\(/,
  /^(?<indent> +)(?:const )?(?<name>\w+)(?:: | = )(?:async )?\(.*\)(?:: .*)? => \{$/,
];

/** Lines that hold something and belong to a symbol and to none inside it, counted from 1. */
export function ownLines({ text, symbols }: RealFile, { first, last }: RealSymbol): readonly number[] {
  const lines = text.split('\n');
  const inner = symbols.filter(
    (other) => other.first >= first && other.last <= last && other.last - other.first < last - first,
  );
  const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return all.filter(
    (line) => lines[line - 1]?.trim() !== '' && !inner.some((other) => other.first <= line && line <= other.last),
  );
}
