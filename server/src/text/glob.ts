/** Globs over paths, held against them in bounded time: the pattern may come from a model or a file (threats S41). */

/** Whether a path with `/` between its components fits a glob from its beginning to its end. */
export type Glob = (path: string) => boolean;

/** UTF-16 code units of a pattern, and of all that its braces make of it. */
const longestGlob = 1_000;
const longestExpanded = 20_000;
const mostAlternatives = 256;

/**
 * Knows `*` and `?` within a component, `**` for any number of components, `[a-z]`, `[!a-z]`, `{a,b}`, and `\` before
 * what is meant literally. Names that begin with a dot are names like others. Letters are compared as they are.
 * @returns undefined for a pattern that is too long, or whose braces mean too much.
 */
export function globOf(pattern: string): Glob | undefined {
  const alternatives = pattern.length > longestGlob ? undefined : expanded(pattern);
  if (alternatives === undefined) return undefined;
  const globs = alternatives.map((alternative) => componentsOf(alternative));
  return (path) => {
    const components = path.split('/').map((component) => [...component]);
    return globs.some((glob) => fits(glob, components, (piece, component) => fits(piece, component, isOne)));
  };
}

/** Something in a row that any number of items fits. */
const any = Symbol('any');
type Pieces<Piece> = readonly (Piece | typeof any)[];

/** Of one character. */
type Character = (character: string) => boolean;

function isOne(piece: Character, character: string): boolean {
  return piece(character);
}

/**
 * Goes back to the last `any` only: what an earlier one could take as well, the last one can. So the steps are at most
 * pieces times items.
 */
function fits<Piece, Item>(
  pieces: Pieces<Piece>,
  items: readonly Item[],
  isFitting: (piece: Piece, item: Item) => boolean,
): boolean {
  let [piece, item, lastAny, taken] = [0, 0, -1, 0];
  while (item < items.length) {
    const wanted = pieces[piece];
    if (wanted === any) {
      [lastAny, taken] = [piece, item];
      piece++;
    } else if (wanted !== undefined && isFitting(wanted, items[item] as Item)) {
      piece++;
      item++;
    } else if (lastAny >= 0) {
      taken++;
      [piece, item] = [lastAny + 1, taken];
    } else return false;
  }
  return pieces.slice(piece).every((rest) => rest === any);
}

function componentsOf(alternative: string): Pieces<Pieces<Character>> {
  return alternative.split('/').map((component) => (component === '**' ? any : charactersOf(component)));
}

function charactersOf(component: string): Pieces<Character> {
  const pieces: (Character | typeof any)[] = [];
  const token = /\\(.)|\[([!^]?)((?:\\.|[^\]\\])(?:\\.|[^\]\\])*)\]|(.)/gsu;
  for (const [, escaped, not, set, plain] of component.matchAll(token)) {
    if (set !== undefined) pieces.push(oneOf(set, not !== ''));
    else if (plain === '*') pieces.push(any);
    else if (plain === '?') pieces.push(() => true);
    else pieces.push((character) => character === (escaped ?? plain));
  }
  return pieces;
}

function oneOf(set: string, isNot: boolean): Character {
  const ranges = [...set.matchAll(/\\?(.)(?:-\\?(.))?/gsu)].map(([, first = '', last = first]) => ({ first, last }));
  const code = (character: string) => character.codePointAt(0) ?? 0;
  return (character) =>
    ranges.some(({ first, last }) => code(first) <= code(character) && code(character) <= code(last)) !== isNot;
}

/** Without braces: one text for each of what they can mean. */
function expanded(pattern: string): readonly string[] | undefined {
  const done: string[] = [];
  const open = [pattern];
  let size = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    size += next.length;
    const braces = firstBraces(next);
    if (braces === undefined) done.push(next);
    else for (const choice of braces.choices) open.push(braces.before + choice + braces.after);
    if (done.length + open.length > mostAlternatives || size > longestExpanded) return undefined;
  }
  return done;
}

interface Braces {
  readonly before: string;
  readonly choices: readonly string[];
  readonly after: string;
}

/** The first pair that holds a choice; others are letters like any. */
function firstBraces(text: string): Braces | undefined {
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
    const choices = isEscaped(text, start) ? undefined : choicesFrom(text, start);
    if (choices !== undefined) return { before: text.slice(0, start), ...choices };
  }
  return undefined;
}

function choicesFrom(text: string, start: number): Omit<Braces, 'before'> | undefined {
  const choices: string[] = [];
  let [depth, from] = [0, start + 1];
  for (let at = start + 1; at < text.length; at++) {
    const letter = text[at];
    if (letter === '\\') at++;
    else if (letter === '{') depth++;
    else if (letter === '}' && depth > 0) depth--;
    else if (depth === 0 && (letter === ',' || letter === '}')) {
      choices.push(text.slice(from, at));
      from = at + 1;
      if (letter === '}') return choices.length > 1 ? { choices, after: text.slice(from) } : undefined;
    }
  }
  return undefined;
}

function isEscaped(text: string, at: number): boolean {
  const [before = ''] = /\\*$/.exec(text.slice(0, at)) ?? [];
  return before.length % 2 === 1;
}
