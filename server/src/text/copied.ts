/** What models leave in text that they copy: line numbers, and backslashes too many. */
import type { Escapes, NumberMark } from './foundPlace.ts';
import { contentOf, wholeLinesOf } from './wholeLines.ts';

const numberBefore: Readonly<Record<NumberMark, RegExp>> = {
  '\t': /^ *(\d+)(?:\t|$)/,
  '→': /^ *(\d+)(?:→|$)/,
  '| ': /^ *(\d+) ?\|(?: |$)/,
  '|': /^ *(\d+) ?\|/,
  ': ': /^ *(\d+):(?: |$)/,
  ':': /^ *(\d+):/,
};

/** The ways in which all lines may have been numbered one after the other, and the first number; most have none. */
export function numberingsOf(
  lines: readonly string[],
): readonly { readonly mark: NumberMark; readonly first: number }[] {
  return (Object.keys(numberBefore) as NumberMark[]).flatMap((mark) => {
    const numbers = lines.map((line) => Number(numberBefore[mark].exec(line)?.[1] ?? Number.NaN));
    const [first = Number.NaN] = numbers;
    return numbers.every((number, index) => number === first + index) ? [{ mark, first }] : [];
  });
}

/** Whether a line has a number and code after it. */
export function isNumbered(line: string, mark: NumberMark): boolean {
  const number = numberBefore[mark].exec(line)?.[0];
  return number !== undefined && number !== line;
}

/** A line without its number, where it has one. */
export function withoutNumber(line: string, mark: NumberMark): string {
  return line.replace(numberBefore[mark], '');
}

const sequences: Readonly<Record<Escapes, RegExp>> = {
  all: /\\[ntr"'`\\]/g,
  breaks: /\\[nt]/g,
  quotes: /\\["'`]/g,
};

const meanings: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** The ways in which a text may have been escaped once too often. */
export function escapesOf(text: string): readonly Escapes[] {
  return (Object.keys(sequences) as Escapes[]).filter((escapes) => unescaped(text, escapes) !== text);
}

/** A text with these backslashes and what they stand for resolved once. */
export function unescaped(text: string, escapes: Escapes): string {
  return text.replace(sequences[escapes], (sequence) => meanings[sequence.charAt(1)] ?? sequence.charAt(1));
}

const openers = String.raw`(?:\/\/+|#+|--|;+|%+|\/\*+|\*|<!--|\{\/\*|"""|''')`;
const dots = String.raw`(?:\.{3,}|…)`;
const elisions = [
  new RegExp(String.raw`^\s*[([{]?${dots}[)\]}]?[,;]?\s*$`),
  new RegExp(String.raw`^\s*${dots}.*${dots}\s*$`),
  new RegExp(String.raw`^\s*${openers}\s*${dots}(?:\s|\*\/|$)`),
  new RegExp(String.raw`^\s*${openers}.*\b(?:existing|rest|remaining|unchanged|omitted|same|previous)\b.*${dots}`, 'i'),
];

/** The first line that stands for lines that were left out, such as `// ... existing code ...`, and that `original` itself has not. */
export function elisionIn(text: string, original: string): string | undefined {
  const elided = wholeLinesOf(text).filter((line) => elisions.some((elision) => elision.test(contentOf(line))));
  if (elided.length === 0) return undefined;
  const own = new Set(wholeLinesOf(original).map((line) => line.trim()));
  return elided.map((line) => line.trim()).find((line) => !own.has(line));
}
