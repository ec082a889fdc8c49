/** Says with the condition itself what is said by two returns, or by comparing with a truth value. */
import { isBoolean, negated } from './conditions.ts';
import { functionAround } from './functions.ts';
import { inserted } from './insertions.ts';
import type { Rewrite } from './rewrite.ts';
import { indentOf, isLong, type Source } from './source.ts';
import { isTyped } from './syntax.ts';

export function booleanRewrites(source: Source, from: number, to: number): readonly Rewrite[] {
  const found: Rewrite[] = [];
  for (let line = from; line <= to && line < source.lines.length; line++) {
    const rewrite = returnsAt(source, line) ?? comparisonAt(source, line);
    if (rewrite !== undefined) found.push(rewrite);
  }
  return found;
}

const both =
  /^\s*(\{?)\s*return\s+(true|false)\s*;?\s*(\}?)\s*(else\s*)?(\{?)\s*return\s+(true|false)\s*;?[ \t]*(?:\n\s*(\})|(\}))?/;
const bothIndented = /^:\s*return\s+(True|False)\s*\n(\s*)(else\s*:\s*)?return\s+(True|False)[ \t]*(?=\n|$)/;
const bothAsValues = /^\s*\{\s*(true|false)\s*\}\s*else\s*\{\s*(true|false)\s*\}/;
/** Characters behind a condition that are read. */
const longest = 400;

/** `if (a) return true; else return false;`, over as many lines as it likes. */
function returnsAt(source: Source, line: number): Rewrite | undefined {
  const { masked, text, syntax } = source;
  const masking = source.maskedLine(line);
  const head = /^(\s*)if\b\s*/.exec(masking);
  if (head === null) return undefined;
  const start = source.startOf(line) + head[0].length;
  const end = conditionEnd(source, start);
  if (end === undefined) return undefined;
  const behind = masked.slice(end, end + longest);
  const match = syntax.byIndent ? indented(behind, head[1] ?? '') : braced(behind, syntax.family === 'rust');
  if (match === undefined || text.slice(end, end + match.length) !== masked.slice(end, end + match.length))
    return undefined;
  const condition = syntax.hasParens ? text.slice(start + 1, end - 1) : text.slice(start, end);
  const value = truthOf(source, line, condition.trim(), match.isTrue);
  const last = source.lineAt(end + match.length - 1);
  const rest = text.slice(end + match.length, source.startOf(last) + (source.lines[last]?.length ?? 0));
  if (value === undefined || rest.trim() !== '') return undefined;
  const lines = [`${head[1]}${match.isValue ? '' : 'return '}${value}${match.semicolon}`];
  return { kind: 'boolean', from: line, to: last + 1, lines };
}

interface Returns {
  /** Characters behind the condition. */
  readonly length: number;
  /** What is returned when the condition holds. */
  readonly isTrue: boolean;
  readonly semicolon: string;
  /** The last expression of a block, not a statement. */
  readonly isValue: boolean;
}

function braced(behind: string, isRust: boolean): Returns | undefined {
  const value = isRust ? bothAsValues.exec(behind) : null;
  if (value !== null)
    return value[1] === value[2]
      ? undefined
      : { length: value[0].length, isTrue: value[1] === 'true', semicolon: '', isValue: true };
  const match = both.exec(behind);
  if (match === null) return undefined;
  const [whole, open = '', first, close = '', otherwise, openElse = '', second] = match;
  const closeElse = match[7] ?? match[8];
  const isClosed = (open === '') === (close === '') && (otherwise !== undefined || openElse === '');
  if (!isClosed || first === second) return undefined;
  // A brace that the second half did not open belongs to what is around.
  const length = openElse !== '' || closeElse === undefined ? whole.length : whole.lastIndexOf('}');
  if (openElse !== '' && closeElse === undefined) return undefined;
  const kept = whole.slice(0, length).trimEnd();
  return { length: kept.length, isTrue: first === 'true', semicolon: kept.includes(';') ? ';' : '', isValue: false };
}

function indented(behind: string, indent: string): Returns | undefined {
  const match = bothIndented.exec(behind);
  if (match === null || match[1] === match[4] || match[2]?.replace(/^[\s\S]*\n/, '') !== indent) return undefined;
  return { length: match[0].trimEnd().length, isTrue: match[1] === 'True', semicolon: '', isValue: false };
}

function conditionEnd(source: Source, start: number): number | undefined {
  const { masked, syntax } = source;
  if (syntax.hasParens) {
    const close = masked.charAt(start) === '(' ? source.partner(start) : -1;
    return close < 0 ? undefined : close + 1;
  }
  const stop = syntax.byIndent ? ':' : '{';
  for (let at = start; at < masked.length && masked.charAt(at) !== '\n'; at++) {
    const close = '(['.includes(masked.charAt(at)) ? source.partner(at) : -1;
    if (masked.charAt(at) === stop) return at;
    if (close > at) at = close;
  }
  return undefined;
}

/** Exactly a truth value, where the condition might be something else. */
function truthOf(source: Source, line: number, condition: string, isTrue: boolean): string | undefined {
  const { syntax } = source;
  if (!isTrue) return negated(condition, syntax);
  if (/\n/.test(condition) || /^let\b|:=/.test(condition)) return undefined;
  const isCertain = !['script', 'python', 'c'].includes(syntax.family) || syntax.language === 'cpp';
  if (isCertain || isBoolean(condition, syntax) || isDeclaredBoolean(source, line, condition)) return condition;
  // What is compared binds more than most of what may stand in a condition.
  if (syntax.family === 'c')
    return /^\w+(?:(?:\.|->)\w+)*(?:\(\w*\))?$/.test(condition) ? `${condition} != 0` : `(${condition}) != 0`;
  return syntax.byIndent ? `bool(${condition})` : `Boolean(${condition})`;
}

function isDeclaredBoolean(source: Source, line: number, name: string): boolean {
  const parameter = functionAround(source, line)?.parameters.find((each) => each.name === name);
  return (
    parameter?.type === 'boolean' ||
    parameter?.type === 'bool' ||
    /^(?:true|false|True|False)$/.test(parameter?.value ?? '')
  );
}

/** `if (a === true)`; `== false` only where the language knows that it is a truth value. */
function comparisonAt(source: Source, line: number): Rewrite | undefined {
  const masked = source.maskedLine(line);
  const text = source.lines[line] ?? '';
  if (isLong(text) || !/^\s*(?:\}\s*)?(?:else\s+)?(?:if|elif|while|return)\b/.test(masked)) return undefined;
  const { family } = source.syntax;
  const knows = family === 'go' || family === 'rust' || family === 'java';
  const pattern =
    /(?<=(?:[(&|]|\b(?:if|elif|while|and|or|return))\s*)([A-Za-z_$][\w$.]*(?:\([\w$, .]*\))?) (?:===?|is) (true|True|false|False)\b(?! *[<>=+*/.-])/g;
  const isReturn = /^\s*return\b/.test(masked);
  const simpler = replacedIn(text, masked, pattern, (name, value) => {
    if (isReturn && !knows) return undefined;
    if (/^[tT]/.test(value)) return name;
    return knows ? `!${name}` : undefined;
  });
  const isSafe =
    indentOf(simpler) === indentOf(text) && (family !== 'script' || isTyped(source.syntax) || /===? true/.test(masked));
  return simpler !== text && isSafe ? { kind: 'comparison', from: line, to: line + 1, lines: [simpler] } : undefined;
}

function replacedIn(
  text: string,
  masked: string,
  pattern: RegExp,
  to: (name: string, value: string) => string | undefined,
): string {
  const insertions = [...masked.matchAll(pattern)].flatMap((match) => {
    const [whole, , value = ''] = match;
    const simpler = to(text.slice(match.index, match.index + (match[1] ?? '').length), value);
    return simpler === undefined ? [] : [{ at: match.index, text: simpler, drop: whole.length }];
  });
  return inserted(text, insertions);
}
