/** What keywords alone show in code: conditions, loops, results, errors, waits and calls, each with the text that belongs to it. */

export type SightingKind = 'branch' | 'loop' | 'return' | 'throw' | 'catch' | 'wait' | 'call';

export interface Sighting {
  readonly kind: SightingKind;
  /** Offset into the code. */
  readonly at: number;
  /** The condition, the thing looped over, the value returned, the error, the function called. Empty where there is none. */
  readonly what: string;
}

/** @param masked - The code with comments and strings blanked (text/mask.ts), as long as `code`. */
export function sightingsIn(code: string, masked: string): readonly Sighting[] {
  const found = [...keywordsIn(code, masked), ...iterationsIn(code, masked), ...callsIn(masked)];
  return found.sort((one, other) => one.at - other.at);
}

const kinds: ReadonlyMap<string, SightingKind> = new Map<string, SightingKind>([
  ...entries('branch', 'if elif unless guard switch match when'),
  ...entries('loop', 'for while until foreach loop'),
  ...entries('return', 'return yield'),
  ...entries('throw', 'throw raise panic'),
  ...entries('catch', 'catch except rescue recover'),
  ...entries('wait', 'await'),
]);

/** Whether the word is one of the keywords that are looked for. */
export function isTelling(word: string): boolean {
  return kinds.has(word);
}

function entries(kind: SightingKind, words: string): readonly (readonly [string, SightingKind])[] {
  return words.split(' ').map((word) => [word, kind] as const);
}

function keywordsIn(code: string, masked: string): readonly Sighting[] {
  const found: Sighting[] = [];
  for (const match of masked.matchAll(/(?<![\w$.@'-])(?:[a-z]{2,8})(?![\w$'])/g)) {
    const word = match[0];
    const kind = kinds.get(word);
    if (kind === undefined) continue;
    const end = match.index + word.length;
    const isLoopOfPromises =
      word === 'await' && /\bfor\s+$/.test(masked.slice(Math.max(0, match.index - 6), match.index));
    if (isLoopOfPromises || !isKeyword(word, masked.slice(end, end + 3))) continue;
    found.push({ kind, at: match.index, what: whatOf(kind, code, masked, end) });
  }
  return found;
}

/** Words that are names in other languages count only where a name could not stand. */
function isKeyword(word: string, behind: string): boolean {
  if (/^[ \t]*[=.,)\]:?]/.test(behind) && !/^:?[ \t]*$/.test(behind)) return word === 'except' || word === 'return';
  return !/^(?:match|when|guard|loop|catch|recover)$/.test(word) || /^(?:\s|\(|!)/.test(behind);
}

function whatOf(kind: SightingKind, code: string, masked: string, from: number): string {
  const [start, end] = clauseAt(masked, from, kind === 'branch' || kind === 'loop');
  const clause = code.slice(start, end).replace(/\s+/g, ' ').trim();
  switch (kind) {
    case 'loop':
      return loopedOver(clause);
    case 'branch':
      return (clause.split('; ').at(-1) ?? '').replace(/ else .*$| then$/, '');
    case 'throw':
      return /^(?:new )?([\w$.:]*)/.exec(clause.replace(/^\(["'].*/, ''))?.[1] ?? '';
    case 'catch':
      return /^\w+(?:\.\w+)*/.exec(clause)?.[0] ?? '';
    case 'wait':
      return clause.split('(')[0] ?? '';
    case 'return':
      return /^\{.{30}/.test(clause) ? '{ … }' : clause;
    case 'call':
      return clause;
  }
}

/** Longer clauses are cut: what follows is for a person to read. */
const longestClause = 300;

/** The clause behind a keyword: what its brackets hold, or what stands before the body, the semicolon or the line's end. */
function clauseAt(masked: string, from: number, hasBody: boolean): readonly [number, number] {
  let start = from;
  while (' !'.includes(masked.charAt(start)) && start < masked.length) start++;
  if (masked.startsWith('await (', start)) start += 'await '.length;
  const limit = Math.min(masked.length, start + longestClause);
  let depth = 0;
  let at = start;
  for (; at < limit; at++) {
    const character = masked.charAt(at);
    if ('([{'.includes(character)) {
      if (character === '{' && depth === 0 && at > start) break;
      depth++;
    } else if (')]}'.includes(character)) {
      depth--;
      if (depth < 0) break;
      if (depth === 0 && masked.charAt(start) === '(' && !/^\s*[.+*/&|=<>?-]/.test(masked.slice(at + 1, at + 4)))
        return [start + 1, at];
    } else if (depth === 0 && ('\n\r'.includes(character) || (character === ';' && !hasBody))) break;
    else if (depth === 0 && character === ':' && /^:\s*(?:[\r\n]|$)/.test(masked.slice(at, at + 4))) break;
  }
  return [start, at];
}

function loopedOver(clause: string): string {
  const over = /\b(?:of|in|range)\b (.+)$/.exec(clause)?.[1] ?? / : (.+)$/.exec(clause)?.[1];
  if (over !== undefined) return over;
  const parts = clause.split(';');
  return (parts.length === 3 ? (parts[1] ?? '') : clause).trim();
}

/** `items.map(…)`: a loop over what stands before the dot. */
function iterationsIn(code: string, masked: string): readonly Sighting[] {
  const found: Sighting[] = [];
  for (const match of masked.matchAll(/\??\.(?:map|forEach|each|each_with_index|flatMap|filter|reduce|for_each)\b/g)) {
    const before = code.slice(Math.max(0, match.index - 80), match.index);
    const what = /[\w$][\w$.]*$/.exec(before)?.[0] ?? match[0].replace(/^\??\./, '');
    found.push({ kind: 'loop', at: match.index + match[0].length - 1, what });
  }
  return found;
}

const notCalls = new Set(
  'if elif while for switch match catch return function def fn func class struct sizeof typeof await new super with except when and or not in of case throw do until unless guard loop foreach yield raise map forEach each flatMap filter reduce for_each import export from as is else let const var pub async void delete instanceof print'.split(
    ' ',
  ),
);

function callsIn(masked: string): readonly Sighting[] {
  const found: Sighting[] = [];
  for (const match of masked.matchAll(/(?<![\w$])([A-Za-z_$][\w$]*)[?!]?(?:\.)?\(/g)) {
    const name = match[1] ?? '';
    const before = masked.slice(Math.max(0, match.index - 10), match.index);
    const isDeclared = /\b(?:function|def|fn|func|fun|sub)\*?\s+(?:self\.)?$/.test(before);
    if (!notCalls.has(name) && !isDeclared) found.push({ kind: 'call', at: match.index, what: name });
  }
  return found;
}
