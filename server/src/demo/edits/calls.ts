/** Turns changes into calls of the editor's tool: each old text whole lines that stand once, as few as that takes. */
import { type Change, spanning, tidied } from './changes.ts';

/** Fields in the order in which they are streamed. */
export type EditInput =
  | { readonly command: 'str_replace'; readonly path: string; readonly old_str: string; readonly new_str: string }
  | { readonly command: 'insert'; readonly path: string; readonly insert_line: number; readonly insert_text: string }
  | { readonly command: 'create'; readonly path: string; readonly file_text: string };

export interface Sent {
  readonly path: string;
  readonly lines: readonly string[];
  /** The number of the first of them in the document, counted from 0. */
  readonly firstLine: number;
}

/** @param most - So many calls at most. */
export function callsFor(sent: Sent, changes: readonly Change[], most?: number): readonly EditInput[] {
  const { path, lines, firstLine } = sent;
  const tidy = tidied(lines, changes, most);
  const [only] = tidy;
  if (only === undefined) return [];
  if (tidy.length === 1 && only.from === only.to) {
    return [{ command: 'insert', path, insert_line: firstLine + only.from, insert_text: `${only.lines.join('\n')}\n` }];
  }
  return oneByOne(lines, placed(lines, tidy)).map(({ before, after }) => ({
    command: 'str_replace',
    path,
    old_str: before,
    new_str: after,
  }));
}

/** Whether the piece stands in the text exactly once. Takes time linear in both. */
export function standsOnce(text: string, piece: string): boolean {
  if (piece === '') return false;
  if (piece.length <= shortPiece) {
    const first = text.indexOf(piece);
    return first >= 0 && text.indexOf(piece, first + 1) < 0;
  }
  return countOf(text, piece) === 1;
}

/** Up to here the engine's own search is fast whatever the text holds. */
const shortPiece = 200;

/** By Knuth, Morris and Pratt; 2 stands for more than one. */
function countOf(text: string, piece: string): number {
  const fallback = new Int32Array(piece.length + 1);
  for (let at = 1, length = 0; at < piece.length; at++) {
    while (length > 0 && piece.charCodeAt(at) !== piece.charCodeAt(length)) length = fallback[length] ?? 0;
    if (piece.charCodeAt(at) === piece.charCodeAt(length)) length++;
    fallback[at + 1] = length;
  }
  let count = 0;
  for (let at = 0, length = 0; at < text.length && count < 2; at++) {
    while (length > 0 && text.charCodeAt(at) !== piece.charCodeAt(length)) length = fallback[length] ?? 0;
    if (text.charCodeAt(at) === piece.charCodeAt(length)) length++;
    if (length < piece.length) continue;
    count++;
    length = fallback[length] ?? 0;
  }
  return count;
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly Change[];
}

/** Each change with the lines around it that make it the only one. Places that meet become one. */
function placed(lines: readonly string[], changes: readonly Change[]): readonly Place[] {
  const text = lines.join('\n');
  const places: Place[] = [];
  for (const change of changes) {
    let grown = grownUntilUnique(lines, text, { from: change.from, to: change.to, changes: [change] });
    for (let last = places.at(-1); last !== undefined && grown.from < last.to; last = places.at(-1)) {
      grown = merged(last, grown);
      places.pop();
    }
    places.push(grown);
  }
  return places;
}

function merged(one: Place, other: Place): Place {
  return {
    from: Math.min(one.from, other.from),
    to: Math.max(one.to, other.to),
    changes: [...one.changes, ...other.changes],
  };
}

/** So many lines more are tried in every way, above and below; then both sides grow in steps that double. */
const linesTried = 5;

function grownUntilUnique(lines: readonly string[], text: string, place: Place): Place {
  const isUnique = (grown: Place) => {
    const { before, after } = replacementOf(lines, grown);
    // An empty text would leave open whether the line itself goes.
    return after !== '' && standsOnce(text, before);
  };
  return nearby(lines, place).find(isUnique) ?? grownOnBothSides(lines, place, isUnique);
}

/** The smallest first. */
function nearby(lines: readonly string[], place: Place): readonly Place[] {
  const sizes = Array.from({ length: linesTried + 1 }, (_, more) => more);
  return sizes.flatMap((more) =>
    sizes.slice(0, more + 1).flatMap((below) => {
      const [from, to] = [place.from - more + below, place.to + below];
      return from < 0 || to > lines.length ? [] : [{ ...place, from, to }];
    }),
  );
}

function grownOnBothSides(lines: readonly string[], place: Place, isUnique: (grown: Place) => boolean): Place {
  for (let more = linesTried; ; more *= 2) {
    const from = Math.max(0, place.from - more);
    const to = Math.min(lines.length, place.to + more);
    const grown = { ...place, from, to };
    if ((from === 0 && to === lines.length) || isUnique(grown)) return grown;
  }
}

interface Replacement {
  readonly before: string;
  readonly after: string;
}

/** In the order of the file. Where one before makes an old text ambiguous, the two are taken together. */
function oneByOne(lines: readonly string[], places: readonly Place[]): readonly Replacement[] {
  for (let left = places; ; ) {
    const replacements = left.map((place) => replacementOf(lines, place));
    const wrong = firstAmbiguous(lines.join('\n'), replacements);
    if (wrong < 1) return replacements;
    const [one, other] = [left[wrong - 1], left[wrong]];
    if (one === undefined || other === undefined) return replacements;
    left = [...left.slice(0, wrong - 1), merged(one, other), ...left.slice(wrong + 1)];
  }
}

function replacementOf(lines: readonly string[], { from, to, changes }: Place): Replacement {
  const whole = spanning(lines, [...changes, { from, to: from, lines: [] }, { from: to, to, lines: [] }]);
  return { before: lines.slice(from, to).join('\n'), after: whole.lines.join('\n') };
}

/** -1 where all can be done one after the other. */
function firstAmbiguous(text: string, replacements: readonly Replacement[]): number {
  let current = text;
  for (const [index, { before, after }] of replacements.entries()) {
    if (!standsOnce(current, before)) return index;
    const at = current.indexOf(before);
    current = current.slice(0, at) + after + current.slice(at + before.length);
  }
  return -1;
}
