/** JSON texts for tests: those of a test suite, random ones, and what parts and copies of values are. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';

const files: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../corpora/json-parsing.json'), 'utf8'),
);

/** The files of JSONTestSuite, by name. Their first letter: `y` is JSON, `n` is not, `i` may be. */
export const suite = Object.entries(files).map(([name, base64]) => {
  const bytes = Buffer.from(base64, 'base64');
  return { name, bytes, text: bytes.toString() };
});

/** What `JSON.parse` says: the value, or nothing. */
export function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const blanks = fc.constantFrom('', '', '', ' ', '\n', '\t \r');
const numbers = fc.oneof(
  fc.constantFrom('0', '-0', '1.0', '1e2', '1E+2', '-1.5e-3', '12345678901234567890', '1e999', '0.10'),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
);
const characters = fc.oneof(
  fc.constantFrom(
    '\\n',
    '\\"',
    '\\\\',
    '\\/',
    '\\u00e9',
    '\\ud83d\\ude00',
    '\\ud83d',
    '\\ude00',
    '😀',
    'ä',
    ' ',
    '\u2028',
  ),
  fc.string({ unit: 'grapheme', maxLength: 3 }).map((text) => JSON.stringify(text).slice(1, -1)),
);
const strings = fc.array(characters, { maxLength: 6 }).map((parts) => `"${parts.join('')}"`);

/**
 * Whether a text says a backslash. As a key it would mislead the judge: once an engine knows objects with such a key,
 * its JSON.parse takes others for it (Node 24: of `{"b":1,"\\\\":2}`, and then of `{"b":1,"\\n":2}`).
 */
export function saysBackslash(text: string): boolean {
  return /\\\\|\\u005c/i.test(text);
}

const keys = fc.oneof(
  fc.constantFrom('"a"', '"b"', '"0"', '"1"', '"10"', '"01"', '"4294967295"', '"__proto__"', '"constructor"', '""'),
  strings.filter((key) => !saysBackslash(key)),
);

/** Texts of JSON in all its forms: keys that come twice, odd numbers, lone halves of pairs, blanks anywhere. */
export const jsonTexts: fc.Arbitrary<string> = fc.letrec<{ value: string; array: string; object: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('true', 'false', 'null'),
    numbers,
    strings,
    tie('array'),
    tie('object'),
  ),
  array: fc
    .array(fc.tuple(blanks, tie('value'), blanks), { maxLength: 4 })
    .map((items) => `[${items.map((item) => item.join('')).join(',')}]`),
  object: fc
    .array(fc.tuple(blanks, keys, blanks, fc.constant(':'), blanks, tie('value'), blanks), { maxLength: 4 })
    .map((members) => `{${members.map((member) => member.join('')).join(',')}}`),
})).value;

/** A text in pieces, cut at these places. */
export function piecesOf(text: string, places: readonly number[]): readonly string[] {
  const cuts = [0, ...places.map((place) => place % (text.length + 1)).sort((one, other) => one - other), text.length];
  return cuts.slice(1).map((end, at) => text.slice(cuts[at], end));
}

/** The tokens of a JSON text, strings by what they say: all but blanks and the way characters are escaped. */
export function tokensOf(text: string): readonly string[] {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g) ?? [];
  return tokens.map((token) => (token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token));
}

/** Whether one value may be what was known of another on its way: nothing in it is wrong, only missing at the end. */
export function isPartOf(part: unknown, whole: unknown): boolean {
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part);
  if (typeof part !== 'object' || part === null) return part === undefined || Object.is(part, whole);
  if (typeof whole !== 'object' || whole === null || Array.isArray(part) !== Array.isArray(whole)) return false;
  return Object.entries(part).every(
    ([key, value]) => Object.hasOwn(whole, key) && isPartOf(value, Object.getOwnPropertyDescriptor(whole, key)?.value),
  );
}
