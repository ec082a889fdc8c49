/** The opposite of a condition, in the words of its language, and exactly: what may be no number is not turned around. */
import { maskOf } from '../../text/mask.ts';
import type { Syntax } from './syntax.ts';

/** Undefined where it binds names, or is too long for one line. */
export function negated(condition: string, syntax: Syntax): string | undefined {
  const text = unwrapped(condition.trim(), syntax);
  const masked = maskOf(text, syntax.language);
  if (/[\n;]/.test(text) || /(?:^|&&|\|\|)\s*let\b|:=/.test(masked) || text === '') return undefined;
  const opposite = oppositeOf(text, masked, syntax);
  if (opposite !== undefined) return opposite;
  return syntax.byIndent ? `not (${text})` : `!(${text})`;
}

/** A value that is true or false by its form: comparisons, negations, questions by name. */
export function isBoolean(condition: string, syntax: Syntax): boolean {
  const text = unwrapped(condition.trim(), syntax);
  const masked = maskOf(text, syntax.language);
  const parts = splitBy(masked, syntax.byIndent ? / (?:and|or) /y : /\s*(?:&&|\|\|)\s*/y);
  return parts.every(({ start, end }) => isBooleanPart(text.slice(start, end).trim(), syntax));
}

function isBooleanPart(part: string, syntax: Syntax): boolean {
  const masked = maskOf(part, syntax.language);
  if (/^!|^not /.test(masked) || /^(?:true|false|True|False)$/.test(masked)) return true;
  if (isPlain(masked)) {
    const last = /([A-Za-z_$]\w*)\s*(?:\([^()]*\))?$/.exec(masked)?.[1] ?? '';
    return /^(?:is|has|can|should)(?:[A-Z_]|$)|^(?:includes|startsWith|endsWith|test|some|every|startswith|endswith|isdigit|isEmpty)$/.test(
      last,
    );
  }
  return (
    splitBy(masked, /\s*(?:[=!]==?|<=|>=|(?<![<=-])[<>](?![<>])|\b(?:not in|is not|in|is|instanceof)\b)\s*/y).length ===
    2
  );
}

function unwrapped(text: string, syntax: Syntax): string {
  const masked = maskOf(text, syntax.language);
  return masked.startsWith('(') && closesAt(masked, 0) === masked.length - 1
    ? unwrapped(text.slice(1, -1).trim(), syntax)
    : text;
}

function closesAt(masked: string, open: number): number {
  let depth = 0;
  for (let at = open; at < masked.length; at++) {
    if ('([{'.includes(masked.charAt(at))) depth++;
    else if (')]}'.includes(masked.charAt(at)) && --depth === 0) return at;
  }
  return -1;
}

/** Undefined where only brackets around the whole help. */
function oppositeOf(text: string, masked: string, syntax: Syntax): string | undefined {
  const { byIndent } = syntax;
  if (splitBy(masked, /\?\??|=(?![=>])(?<![=!<>]=)|,|\bif\b/y).length > 1) return undefined;
  const [and, or] = byIndent ? [/ and /y, / or /y] : [/\s*&&\s*/y, /\s*\|\|\s*/y];
  for (const [own, other, joint] of [
    [and, or, byIndent ? ' or ' : ' || '] as const,
    [or, and, byIndent ? ' and ' : ' && '] as const,
  ]) {
    const parts = splitBy(masked, own);
    if (parts.length === 1) continue;
    if (splitBy(masked, other).length > 1 || parts.length > 3) return undefined;
    const opposites = parts.map(({ start, end }) =>
      oppositeOfPart(text.slice(start, end), masked.slice(start, end), syntax),
    );
    return opposites.includes(undefined) ? undefined : opposites.join(joint);
  }
  return oppositeOfPart(text, masked, syntax);
}

const opposites: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
  is: 'is not',
  'is not': 'is',
  in: 'not in',
  'not in': 'in',
};

const ordered: Readonly<Record<string, string>> = { '<': '>=', '>': '<=', '<=': '>', '>=': '<' };

function oppositeOfPart(text: string, masked: string, syntax: Syntax): string | undefined {
  const not = syntax.byIndent ? 'not ' : '!';
  if (masked.startsWith(not)) {
    const rest = text.slice(not.length);
    return isPlain(masked.slice(not.length)) ? rest : undefined;
  }
  const equality = syntax.byIndent ? /\s*(?:[=!]=|\b(?:is not|not in|is|in)\b)\s*/y : /\s*[=!]==?\s*/y;
  const equal = swapped(text, masked, equality, opposites);
  if (equal !== undefined) return equal;
  // A length is a number that can be compared; anything else might be none.
  if (/(?:\.(?:length|size|count)|\blen\([^()]*\)|\.len\(\))\s*(?:[<>]=?)/.test(masked))
    return swapped(text, masked, /\s*(?:<=|>=|[<>])\s*/y, ordered);
  return isPlain(masked) ? `${not}${text}` : undefined;
}

/** Two sides and one sign between them. */
function swapped(
  text: string,
  masked: string,
  sign: RegExp,
  table: Readonly<Record<string, string>>,
): string | undefined {
  const [left, right, ...more] = splitBy(masked, sign);
  if (left === undefined || right === undefined || more.length > 0) return undefined;
  if (/\b(?:instanceof|not)\b|[<>&|^]/.test(masked.slice(left.start, left.end) + masked.slice(right.start, right.end)))
    return undefined;
  const own = text.slice(left.end, right.start);
  const other = table[own.trim().replace(/\s+/g, ' ')];
  return other === undefined
    ? undefined
    : `${text.slice(0, left.end)}${own.replace(own.trim(), other)}${text.slice(right.start)}`;
}

/** A name with what is taken from it or called on it: nothing that binds less than a negation. */
function isPlain(masked: string): boolean {
  let at = /^(?:[A-Za-z_$][\w$]*|"+)/.exec(masked)?.[0].length ?? 0;
  if (at === 0 || /^(?:await|typeof|new|not|lambda|yield)\b/.test(masked)) return false;
  while (at < masked.length) {
    const step = /^(?:(?:\?\.|\.|::|->)[A-Za-z_$][\w$]*[!?]?|\?\.(?=[([])|!(?=[.[]))/.exec(
      masked.slice(at, at + 200),
    )?.[0];
    if (step !== undefined) at += step.length;
    else if ('(['.includes(masked.charAt(at))) {
      const close = closesAt(masked, at);
      if (close < 0) return false;
      at = close + 1;
    } else return false;
  }
  return true;
}

/** The stretches between separators that stand outside of brackets. */
export function splitBy(
  masked: string,
  separator: RegExp,
): readonly { readonly start: number; readonly end: number }[] {
  const parts: { start: number; end: number }[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < masked.length; ) {
    const character = masked.charAt(at);
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    separator.lastIndex = at;
    const match = depth === 0 ? separator.exec(masked) : null;
    if (match === null || match[0] === '') {
      at++;
      continue;
    }
    parts.push({ start, end: at });
    at += match[0].length;
    start = at;
  }
  return [...parts, { start, end: masked.length }];
}
