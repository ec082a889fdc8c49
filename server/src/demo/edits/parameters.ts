/** The parameters between two brackets, with their types, their values and where these would go. */
import type { Source } from './source.ts';

export interface Parameter {
  /** Empty where it is taken apart by a pattern, and for the object itself (`self`, `&mut self`). */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Offset behind the name or pattern, where a type would begin. */
  readonly nameEnd: number;
  readonly type: string | undefined;
  /** What it is when nothing is given. */
  readonly value: string | undefined;
  /** It takes all that are left. */
  readonly rest: '' | '...' | '*' | '**';
  readonly optional: boolean;
}

const most = 60;

export function parametersIn(source: Source, open: number, close: number): readonly Parameter[] {
  const parts = partsBetween(source.masked, open, close).slice(0, most);
  const read = parts.flatMap(({ start, end }) => parameterAt(source, start, end) ?? []);
  return source.syntax.family === 'go' ? withTypesOfGroups(read) : read;
}

/** What stands between commas, without the space around it. */
function partsBetween(masked: string, open: number, close: number) {
  const parts: { readonly start: number; readonly end: number }[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open + 1; at <= close; at++) {
    const character = masked.charAt(at);
    if ('([{<'.includes(character)) depth++;
    if (at === close || (depth === 0 && character === ',')) {
      parts.push(trimmed(masked, start, at));
      start = at + 1;
    } else if (')]}'.includes(character) || (character === '>' && !'=-'.includes(masked.charAt(at - 1))))
      depth = Math.max(0, depth - 1);
  }
  return parts.filter((part) => part.end > part.start);
}

function trimmed(masked: string, from: number, to: number) {
  let [start, end] = [from, to];
  while (start < end && masked.charCodeAt(start) <= 32) start++;
  while (end > start && masked.charCodeAt(end - 1) <= 32) end--;
  return { start, end };
}

function parameterAt(source: Source, start: number, end: number): Parameter | undefined {
  switch (source.syntax.family) {
    case 'script':
    case 'python':
    case 'rust':
    case 'swift':
      return colonFirst(source, start, end);
    case 'go':
      return spaced(source, start, end, /^([A-Za-z_]\w*)(?:\s+(\.\.\.)?([\s\S]+))?$/);
    default:
      return typeFirst(source, start, end);
  }
}

/** `name: Type = value`. */
function colonFirst({ masked, text }: Source, start: number, end: number): Parameter | undefined {
  const part = masked.slice(start, end);
  const head =
    /^((?:(?:public|private|protected|readonly|override|mut|ref)\b\s*|@\w+(?:\([^)]*\))?\s+)*)(\.\.\.|\*{1,2})?\s*([A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*|\{[\s\S]*?\}(?=\s*(?:[:=]|$))|\[[\s\S]*?\](?=\s*(?:[:=]|$)))\s*(\?)?/.exec(
      part,
    );
  if (head === null) return undefined;
  const [whole, , rest = '', given = '', mark] = head;
  if (given === 'this' || given === 'self' || given === 'cls') return undefined;
  const nameEnd = start + whole.trimEnd().length;
  const value = valueAt(masked, nameEnd, end);
  const colon = /^\s*:/.exec(masked.slice(nameEnd, value ?? end));
  const type = colon === null ? '' : text.slice(nameEnd + colon[0].length, value ?? end).trim();
  return {
    name: /^[[{]/.test(given) ? '' : given,
    start,
    end,
    nameEnd,
    type: type === '' ? undefined : type,
    value: value === undefined ? undefined : text.slice(value + 1, end).trim(),
    // The pattern allows these only.
    rest: rest as Parameter['rest'],
    optional: mark !== undefined || value !== undefined,
  };
}

/** The offset of the equals sign before a default. */
function valueAt(masked: string, from: number, end: number): number | undefined {
  let depth = 0;
  for (let at = from; at < end; at++) {
    const character = masked.charAt(at);
    if ('([{<'.includes(character)) depth++;
    if (')]}'.includes(character) || (character === '>' && !'=-'.includes(masked.charAt(at - 1)))) depth--;
    if (character === '=' && depth <= 0 && masked.charAt(at + 1) !== '>') return at;
  }
  return undefined;
}

/** `name Type`. */
function spaced({ masked, text }: Source, start: number, end: number, shape: RegExp): Parameter | undefined {
  const match = shape.exec(masked.slice(start, end));
  if (match === null) return undefined;
  const [, name = '', rest = '', type] = match;
  const nameEnd = start + name.length;
  return {
    name,
    start,
    end,
    nameEnd,
    type: type === undefined ? undefined : text.slice(end - type.length, end),
    value: undefined,
    rest: rest === '...' ? '...' : '',
    optional: false,
  };
}

/** `Type name`, `Type name[3]`, `name: Type` and `$name = value` in the languages that are told apart by nothing else. */
function typeFirst(source: Source, start: number, end: number): Parameter | undefined {
  const { masked, text } = source;
  const part = masked.slice(start, end);
  if (/^(?:(?:vararg|val|var|final|override)\s+)*\w+\s*:(?!:)/.test(part)) return colonFirst(source, start, end);
  const value = valueAt(masked, start, end);
  const head = masked.slice(start, value ?? end).trimEnd();
  const pointer = /\(\s*[*^]\s*(\w+)\s*\)\s*\([\s\S]*\)$/.exec(head);
  const match = pointer ?? /(\$?[A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)*$/.exec(head);
  const name = match?.[1] ?? '';
  const before = head.slice(0, match?.index ?? 0).trim();
  if (name === '' || name === 'void' || (before === '' && source.syntax.family === 'c')) return undefined;
  const suffix = pointer === null ? head.slice((match?.index ?? 0) + name.length).trim() : '';
  const type =
    pointer === null ? text.slice(start, start + (match?.index ?? 0)).trim() + suffix : text.slice(start, end);
  return {
    name,
    start,
    end,
    nameEnd: start + (match?.index ?? 0) + name.length,
    type: type === '' ? undefined : type,
    value: value === undefined ? undefined : text.slice(value + 1, end).trim(),
    rest: before.endsWith('...') ? '...' : '',
    optional: value !== undefined,
  };
}

/** In `a, b int` the type belongs to both. */
function withTypesOfGroups(parameters: readonly Parameter[]): readonly Parameter[] {
  let type: string | undefined;
  return parameters
    .toReversed()
    .map((parameter) => {
      type = parameter.type ?? type;
      return { ...parameter, type };
    })
    .toReversed();
}
