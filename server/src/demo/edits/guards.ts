/** Turns nesting into guard clauses: what leaves comes first, and what goes on is not indented for it. */
import { type Arm, blockEnd, type Conditional } from './conditionals.ts';
import { negated } from './conditions.ts';
import { type CodeFunction, functionsOf } from './functions.ts';
import { occurrencesOf } from './occurrences.ts';
import type { Rewrite } from './rewrite.ts';
import { indentOf, isBlank, type Source } from './source.ts';
import { styleOf } from './style.ts';

export function guardRewrite(source: Source, conditional: Conditional): Rewrite | undefined {
  return invertedGuard(source, conditional) ?? withoutElse(source, conditional) ?? trailingGuard(source, conditional);
}

const exits = /^(?:return|throw|raise|continue|break|panic!?|process\.exit|os\.Exit|sys\.exit)\b/;
/** Longer alternatives are no guard clauses. */
const longestGuard = 3;

/** `if (a) { much } else { return }` becomes `if (!a) { return }` and much. */
function invertedGuard(source: Source, { indent, line, end, arms }: Conditional): Rewrite | undefined {
  const [then, otherwise, ...more] = arms;
  if (then?.condition === undefined || otherwise === undefined || otherwise.condition !== undefined || more.length > 0)
    return undefined;
  const [long, short] = [then.to - then.from, otherwise.to - otherwise.from];
  if (short > longestGuard || long <= short || !leaves(source, otherwise)) return undefined;
  const condition = negated(then.condition, source.syntax);
  if (condition === undefined || !canMove(source, then, line)) return undefined;
  const guard = guardLines(source, indent, condition, source.lines.slice(otherwise.from, otherwise.to));
  return { kind: 'guard', from: line, to: end, lines: [...guard, ...outdented(source, then, indent)] };
}

/** `if (a) { return } else { more }` becomes `if (a) { return }` and more. */
function withoutElse(source: Source, { indent, line, end, arms }: Conditional): Rewrite | undefined {
  const last = arms.at(-1);
  const before = arms.slice(0, -1);
  if (last === undefined || before.length === 0 || !before.every((arm) => leaves(source, arm))) return undefined;
  if (last.condition === undefined && !canMove(source, last, line)) return undefined;
  if (/;/.test(source.masked.slice(source.startOf(line), source.startOf(line + 1)).split('{')[0] ?? ''))
    return undefined;
  const close = source.syntax.byIndent ? [] : [`${indent}}`];
  const blocks = arms.flatMap((arm) => {
    if (arm.condition === undefined) return outdented(source, arm, indent);
    const head = source.lines.slice(arm.line, arm.from).join('\n');
    const own = head.replace(/^[\s\S]*?\bif\b|^\s*elif\b/, `${indent}if`);
    return [...own.split('\n'), ...source.lines.slice(arm.from, arm.to), ...close];
  });
  return { kind: 'else', from: line, to: end, lines: blocks };
}

/** The last thing in a function or loop is a long `if`: what does not pass leaves at once. */
function trailingGuard(source: Source, { indent, line, end, arms }: Conditional): Rewrite | undefined {
  const [only, ...more] = arms;
  if (only?.condition === undefined || more.length > 0 || only.to - only.from < 3) return undefined;
  const word = leavingWord(source, line, end, indent);
  const condition = word === undefined ? undefined : negated(only.condition, source.syntax);
  if (word === undefined || condition === undefined || !canMove(source, only, line)) return undefined;
  const guard = guardLines(source, indent, condition, [`${indent}${source.unit}${word}${styleOf(source).end}`]);
  return { kind: 'guard', from: line, to: end, lines: [...guard, ...outdented(source, only, indent)] };
}

/** `return` or `continue`, where nothing comes behind the conditional in its function or loop. */
function leavingWord(source: Source, line: number, end: number, indent: string): string | undefined {
  if (source.syntax.byIndent) return indentedLeaving(source, line, end, indent);
  const close = /\S/.exec(source.masked.slice(source.startOf(end)));
  const at = source.startOf(end) + (close?.index ?? 0);
  const open = close?.[0] === '}' ? source.partner(at) : -1;
  if (open < 0) return undefined;
  const head = source.maskedLine(source.lineAt(open));
  if (/^\s*(?:'?\w+:\s*)?(?:for|while|loop|foreach)\b/.test(head)) return 'continue';
  const owner = functionsOf(source).findLast(({ body }) => body?.from === open + 1);
  return owner !== undefined && mayReturnNothing(source, owner) ? 'return' : undefined;
}

function indentedLeaving(source: Source, line: number, end: number, indent: string): string | undefined {
  for (let at = line - 1; at >= 0; at--) {
    const text = source.maskedLine(at);
    if (isBlank(text) || source.layers[at]?.inString === true || indentOf(text).length >= indent.length) continue;
    if (blockEnd(source, at + 1, indentOf(text)) !== end) return undefined;
    if (/^\s*(?:async\s+)?(?:for|while)\b/.test(text)) return 'continue';
    return functionsOf(source).some(({ body }) => body?.first === at + 1) ? 'return' : undefined;
  }
  return undefined;
}

function mayReturnNothing({ syntax, text }: Source, { result, body }: CodeFunction): boolean {
  if (syntax.family === 'c' || syntax.family === 'java')
    return /^(?:void|Unit)$/.test(result ?? '') || syntax.language === 'php';
  if (syntax.family === 'script' && result === undefined) {
    // A value in one place and none in another is not simpler.
    return !/\breturn\s+[^;\s}]/.test(text.slice(body?.from, body?.to));
  }
  return result === undefined || (syntax.family === 'script' && /^(?:void|Promise<void>)$/.test(result));
}

function guardLines(source: Source, indent: string, condition: string, body: readonly string[]): readonly string[] {
  const { syntax } = source;
  const head = syntax.hasParens ? `${indent}if (${condition})` : `${indent}if ${condition}`;
  if (syntax.byIndent) return [`${head}:`, ...body];
  const [only = ''] = body;
  const isShort = body.length === 1 && syntax.hasParens && hasShortGuards(source) && !only.includes('//');
  if (isShort && head.length + only.trim().length < 100) return [`${head} ${only.trim()}`];
  return [`${head} {`, ...body, `${indent}}`];
}

const shortGuards = new WeakMap<Source, boolean>();

function hasShortGuards(source: Source): boolean {
  const has = shortGuards.get(source) ?? /^[ \t]*if \(.*\) (?:return|throw|continue|break)\b/m.test(source.masked);
  shortGuards.set(source, has);
  return has;
}

/** Whether the last statement of a body leaves what is around it. */
function leaves(source: Source, { from, to }: Arm): boolean {
  let indent: string | undefined;
  let last = '';
  for (let line = from; line < to; line++) {
    const text = source.maskedLine(line);
    if (isBlank(text) || source.layers[line]?.inString === true) continue;
    indent ??= indentOf(text);
    if (indentOf(text) === indent && !/^\s*[)\]}.?:&|+*/<>=-]/.test(text)) last = text.trim();
  }
  return exits.test(last) && !/\b(?:if|for|while)\b.*[)\]]\s*(?:return|throw|continue|break)/.test(last);
}

/** What the body declares must not meet the same name outside; in Rust and C++ its end may matter. */
function canMove(source: Source, { from, to }: Arm, line: number): boolean {
  const { masked, syntax } = source;
  if (syntax.byIndent) return true;
  const body = masked.slice(source.startOf(from), source.startOf(to));
  const lists = [...body.matchAll(declarations)].map(([, ...groups]) => groups.find((names) => names !== undefined));
  const declared = new Set(lists.flatMap((names = '') => names.match(/[A-Za-z_$][\w$]*/g) ?? []));
  if (declared.size === 0) return true;
  const [start, end] = [source.startOf(from), source.startOf(to)];
  const owner = functionsOf(source).findLast((code) => code.start <= start && end <= code.end);
  const isAround = (at: number) =>
    (at >= (owner?.start ?? 0) && at < source.startOf(line)) || (at >= end && at < (owner?.end ?? masked.length));
  return ![...declared].some((name) => occurrencesOf(source, name).some(isAround));
}

const declarations =
  /\b(?:const|let|var|class|function|val)\s+(?:mut\s+)?(\{[^}]*\}|\[[^\]]*\]|[\w$]+)|^[ \t]*([\w, ]+?)\s*:=|^[ \t]*(?!(?:return|goto|else|throw|delete|case|await|new|typeof|yield)\b)(?:(?:const|unsigned|static|struct|final)\s+)*[A-Za-z_][\w:<>]*[\s*&]+([A-Za-z_]\w*)\s*(?:=[^=]|;|\[)/gm;

/** The body's lines, moved out to `indent`. Lines inside of strings stay. */
function outdented(source: Source, { from, to }: Omit<Arm, 'condition' | 'line'>, indent: string): readonly string[] {
  const first = source.lines.slice(from, to).find((text) => !isBlank(text)) ?? '';
  const own = indentOf(first);
  return source.lines.slice(from, to).map((text, index) => {
    const isText = source.layers[from + index]?.inString === true;
    return isText || !text.startsWith(own) ? text : indent + text.slice(own.length);
  });
}
