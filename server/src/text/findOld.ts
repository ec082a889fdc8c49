/** Where in a text the lines stand that a model wants to replace: the one place, or what to tell the model. */
import { type Closest, closestTo, type LineRange } from './closest.ts';
import { elisionIn } from './copied.ts';
import { type FoundPlace, lineAt, type ScannedText, scanned } from './foundPlace.ts';
import { mostPlaces, tolerances } from './tolerances.ts';
import { contentOf, wholeLinesOf } from './wholeLines.ts';

/** There is no one place. The message is for the model; `lines` are where it is found, or the closest. */
export interface NoPlace {
  readonly kind: 'notFound' | 'several';
  readonly message: string;
  readonly lines: readonly LineRange[];
}

export type Place = FoundPlace | NoPlace;

/** So many line numbers are listed. */
const mostNumbers = 10;

/**
 * Finds `wanted` in a text: as it is, else with other line ends, without line numbers that were copied, with other
 * white space at ends of lines or blank lines around, with other indentation, and with backslashes too many. The
 * first of these that finds anything decides. Of several places it takes the one that the range from `near` to
 * `nearEnd` touches, else the only one of whole lines; otherwise there is none.
 */
export function findOld(text: string, wanted: string, near?: number, nearEnd = near): Place {
  const sought = wanted.startsWith('\ufeff') ? wanted.slice(1) : wanted;
  if (sought === '') return { kind: 'notFound', message: 'old_str is empty; give the lines to replace', lines: [] };
  const scannedText = scanned(text);
  for (const tolerance of tolerances) {
    const places = tolerance(scannedText, sought);
    if (places.length > 0) return theOne(places, near, nearEnd) ?? several(scannedText, places);
  }
  return missing(scannedText, sought);
}

function theOne(places: readonly FoundPlace[], near?: number, nearEnd = near): FoundPlace | undefined {
  if (places.length === 1) return places[0];
  const touched = near === undefined || nearEnd === undefined ? [] : touching(places, near, nearEnd);
  if (touched.length > 0) return touched.length === 1 ? touched[0] : undefined;
  const ofLines = places.filter(({ ending }) => ending !== 'inside');
  return ofLines.length === 1 ? ofLines[0] : undefined;
}

/** Those that a range is in; where it is in none, those that it borders on, unless a line end lies between. */
function touching(places: readonly FoundPlace[], near: number, nearEnd: number): readonly FoundPlace[] {
  const inside = places.filter(({ start, end }) => start < Math.max(nearEnd, near + 1) && near < end);
  if (inside.length > 0) return inside;
  return places.filter(({ start, end, lineEnd }) => lineEnd === '' && start <= nearEnd && near <= end);
}

function several(scannedText: ScannedText, places: readonly FoundPlace[]): NoPlace {
  const lines = places.map(({ start, end }) => ({
    from: lineAt(scannedText, start) + 1,
    to: lineAt(scannedText, Math.max(start, end - 1)) + 1,
  }));
  const count = places.length < mostPlaces ? `${places.length}` : `${mostPlaces} or more`;
  const message = `found ${count} times: ${numbersOf(lines)}; give more lines around it`;
  return { kind: 'several', message, lines };
}

function numbersOf(lines: readonly LineRange[]): string {
  const numbers = [...new Set(lines.map(({ from }) => from))];
  if (numbers.length === 1) return `all in line ${numbers[0]}`;
  const listed = numbers.length > mostNumbers ? [...numbers.slice(0, mostNumbers), 'others'] : numbers;
  return `at lines ${listed.slice(0, -1).join(', ')} and ${listed.at(-1)}`;
}

function missing({ text, contents }: ScannedText, wanted: string): NoPlace {
  const lines = wholeLinesOf(wanted).map(contentOf);
  const elision = elisionIn(wanted, text);
  if (elision !== undefined) {
    const message = `found 0 times; \`${elision}\` stands for lines that were left out: nothing may be left out, give every line`;
    return { kind: 'notFound', message, lines: [] };
  }
  // Asked for only where somebody is told: in a long text it is looked for long.
  let known: Omit<NoPlace, 'kind'> | undefined;
  const told = () => (known ??= toldOf(closestTo(contents, lines)));
  return {
    kind: 'notFound',
    get message() {
      return told().message;
    },
    get lines() {
      return told().lines;
    },
  };
}

function toldOf(closest: Closest | undefined): Omit<NoPlace, 'kind'> {
  if (closest === undefined) return { message: 'found 0 times; nothing in the file is like it', lines: [] };
  const { from, to, difference } = closest;
  const where = from === to ? `at line ${from}` : `at lines ${from}-${to}`;
  return { message: `found 0 times; the closest is ${where}, ${difference}`, lines: [{ from, to }] };
}
