/** The ways in which a text may stand for what a model wrote, from exactly to nearly; each is pure and says how it found what it found. */
import { escapesOf, numberingsOf, unescaped, withoutNumber } from './copied.ts';
import { lineEndOf, withLineEnd } from './fit.ts';
import { type FoundPlace, type How, lineAt, placeInside, placeOfLines, type ScannedText } from './foundPlace.ts';
import { indentationBetween } from './indentation.ts';
import { contentOf, finalEndOf, isBlank, wholeLinesOf } from './wholeLines.ts';

/** All places that one way of looking finds. */
export type Tolerance = (scannedText: ScannedText, wanted: string) => readonly FoundPlace[];

/** More places than this are not told apart. */
export const mostPlaces = 1_000;

/** As it is. Half a pair of surrogates is not found. */
const exactly: Tolerance = (scannedText, wanted) => placesOf(scannedText, wanted, 'exact');

/** Other line ends, and a final one more or less. Lines first; else parts of lines. */
const withOtherLineEnds: Tolerance = (scannedText, wanted) => {
  const lines = wholeLinesOf(wanted).map(contentOf);
  const found = runsOf(scannedText.contents, lines).map((first) =>
    placeOfLines(scannedText, [first, lines.length], finalEndOf(wanted) !== '', { how: 'lineEnds' }),
  );
  if (found.length > 0) return found;
  const converted = withLineEnd(wanted, lineEndOf(scannedText.text));
  return converted === wanted ? [] : placesOf(scannedText, converted, 'lineEnds');
};

/** White space at the ends of lines, and blank lines above and below. */
const withOtherTrail: Tolerance = (scannedText, wanted) => {
  const block = blockOf(wanted);
  return runsOf(trimmed(scannedText.contents, 'end'), trimmed(block.lines, 'end')).map((first) =>
    placeOfBlock(scannedText, block, first, 'trailing'),
  );
};

/** The same difference in indentation on each line. */
const withOtherIndentation: Tolerance = (scannedText, wanted) => {
  const block = blockOf(wanted);
  return runsOf(trimmed(scannedText.contents, 'both'), trimmed(block.lines, 'both')).flatMap((first) => {
    const place = placeOfBlock(scannedText, block, first, 'indentation');
    const indent = indentationBetween(place.pairs);
    return indent === undefined ? [] : [{ ...place, indent }];
  });
};

/** Line numbers that were copied from a listing. Where several places fit, the number tells which. */
const withoutNumbers: Tolerance = (scannedText, wanted) => {
  const lines = wholeLinesOf(wanted);
  for (const { mark, first } of numberingsOf(lines.map(contentOf))) {
    const cleaned = lines.map((line) => withoutNumber(contentOf(line), mark) + finalEndOf(line)).join('');
    const found = firstOf([withOtherLineEnds, withOtherTrail, withOtherIndentation], scannedText, cleaned);
    const places = found.filter(({ ending }) => ending !== 'inside');
    const named = places.filter(({ start }) => lineAt(scannedText, start) === first - 1);
    const chosen = named.length === 1 ? named : places;
    if (chosen.length > 0) return chosen.map((place) => ({ ...place, how: 'numbered', numbers: mark }));
  }
  return [];
};

/** Backslashes too many, as in text that was made JSON twice. */
const unescapedOnce: Tolerance = (scannedText, wanted) => {
  for (const escapes of escapesOf(wanted)) {
    const found = firstOf(unnumbered, scannedText, unescaped(wanted, escapes));
    if (found.length > 0) return found.map((place) => ({ ...place, how: 'unescaped', escapes }));
  }
  return [];
};

const unnumbered: readonly Tolerance[] = [exactly, withOtherLineEnds, withOtherTrail, withOtherIndentation];

/** In the order in which they are tried. */
export const tolerances: readonly Tolerance[] = [
  exactly,
  withOtherLineEnds,
  withoutNumbers,
  withOtherTrail,
  withOtherIndentation,
  unescapedOnce,
];

function firstOf(ways: readonly Tolerance[], scannedText: ScannedText, wanted: string): readonly FoundPlace[] {
  for (const way of ways) {
    const found = wanted === '' ? [] : way(scannedText, wanted);
    if (found.length > 0) return found;
  }
  return [];
}

/** Everywhere that a string is, as lines where it is whole ones. */
function placesOf(scannedText: ScannedText, wanted: string, how: How): readonly FoundPlace[] {
  const { text } = scannedText;
  const places: FoundPlace[] = [];
  for (let at = text.indexOf(wanted); at >= 0 && places.length < mostPlaces; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    if (!splitsPair(text, at) && !splitsPair(text, end)) places.push(placeAt(scannedText, [at, end], wanted, how));
  }
  return places;
}

function placeAt(
  scannedText: ScannedText,
  [start, end]: readonly [number, number],
  wanted: string,
  how: How,
): FoundPlace {
  const { starts, contents } = scannedText;
  const line = lineAt(scannedText, start);
  const isAtStart = starts[line] === start;
  // A line end that is looked for first, and ends a line, is a blank line that the text has not.
  const leading = /^(?:\r\n|\n|\r)/.exec(wanted)?.[0].length ?? 0;
  const blankAbove = !isAtStart && leading > 0 && start + leading === starts[line + 1] ? 1 : 0;
  const first = line + blankAbove;
  const last = lineAt(scannedText, Math.max(start, end - 1));
  const ends = [(starts[last] ?? 0) + (contents[last] ?? '').length, starts[last + 1]];
  const isWhole = (isAtStart || blankAbove === 1) && first <= last && ends.includes(end);
  if (!isWhole) return placeInside(scannedText, start, end, how);
  return placeOfLines(scannedText, [first, last + 1 - first], finalEndOf(wanted) !== '', { how, blankAbove });
}

function splitsPair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1));
}

/** What was looked for; `lines` without the blank lines above and below. */
interface Block {
  readonly all: readonly string[];
  readonly lines: readonly string[];
  readonly isEnded: boolean;
  readonly above: number;
  readonly below: number;
}

function blockOf(wanted: string): Block {
  const all = wholeLinesOf(wanted).map(contentOf);
  const above = Math.max(
    0,
    all.findIndex((line) => !isBlank(line)),
  );
  const last = all.findLastIndex((line) => !isBlank(line));
  return {
    all,
    lines: all.slice(above, last + 1),
    isEnded: finalEndOf(wanted) !== '',
    above,
    below: all.length - 1 - last,
  };
}

/** With as many of the blank lines around it as the text has. */
function placeOfBlock(scannedText: ScannedText, block: Block, match: number, how: How): FoundPlace {
  const { contents } = scannedText;
  const above = blankFrom(contents, match - 1, -1, block.above);
  const below = blankFrom(contents, match + block.lines.length, 1, block.below);
  const wanted = block.all.slice(block.above - above, block.above + block.lines.length + below);
  const pairs = wanted.map((line, index) => [line, contents[match - above + index] ?? ''] as const);
  const [blankAbove, blankBelow] = [block.above - above, block.below - below];
  const isEnded = blankBelow > 0 || block.isEnded;
  return placeOfLines(scannedText, [match - above, wanted.length], isEnded, { how, pairs, blankAbove, blankBelow });
}

/** How many lines from one on, upwards or downwards, are blank; no more than `most`. */
function blankFrom(lines: readonly string[], from: number, step: 1 | -1, most: number): number {
  let count = 0;
  while (count < most && isBlank(lines[from + step * count] ?? '-')) count++;
  return count;
}

function trimmed(lines: readonly string[], where: 'end' | 'both'): readonly string[] {
  return lines.map((line) => (where === 'end' ? line.trimEnd() : line.trim()));
}

/** Numbers of the lines at which all of `wanted` begins, in linear time (Knuth, Morris and Pratt). */
function runsOf(lines: readonly string[], wanted: readonly string[]): readonly number[] {
  const found: number[] = [];
  if (wanted.length === 0) return found;
  const fallbacks = fallbacksOf(wanted);
  let matched = 0;
  for (const [index, line] of lines.entries()) {
    while (matched > 0 && wanted[matched] !== line) matched = fallbacks[matched - 1] ?? 0;
    if (wanted[matched] === line) matched++;
    if (matched < wanted.length) continue;
    found.push(index + 1 - matched);
    if (found.length >= mostPlaces) return found;
    matched = fallbacks[matched - 1] ?? 0;
  }
  return found;
}

/** For each beginning of the list, how long a beginning is also its end. */
function fallbacksOf(wanted: readonly string[]): readonly number[] {
  const fallbacks = [0];
  let matched = 0;
  for (const line of wanted.slice(1)) {
    while (matched > 0 && wanted[matched] !== line) matched = fallbacks[matched - 1] ?? 0;
    if (wanted[matched] === line) matched++;
    fallbacks.push(matched);
  }
  return fallbacks;
}
