/** Finds the conditionals of a file that stand on lines of their own: heads, bodies, and what follows them. */
import { indentOf, isBlank, type Source } from './source.ts';

export interface Arm {
  /** Undefined for the last `else`. */
  readonly condition: string | undefined;
  /** Line of the head's first word. */
  readonly line: number;
  /** Lines of the body, the second one behind it. */
  readonly from: number;
  readonly to: number;
}

export interface Conditional {
  readonly indent: string;
  readonly line: number;
  /** The line behind all of it. */
  readonly end: number;
  readonly arms: readonly Arm[];
}

/** Those that begin in the lines. In each of them every head and every closing bracket has its line to itself. */
export function conditionalsIn(source: Source, from: number, to: number): readonly Conditional[] {
  const found: Conditional[] = [];
  for (let line = from; line <= to && line < source.lines.length; line++) {
    if (!/^\s*if\b/.test(source.maskedLine(line))) continue;
    const conditional = source.syntax.byIndent ? indentedAt(source, line) : bracedAt(source, line);
    if (conditional !== undefined) found.push(conditional);
  }
  return found;
}

function bracedAt(source: Source, line: number): Conditional | undefined {
  const { masked, lines } = source;
  const indent = indentOf(lines[line] ?? '');
  let at = source.startOf(line) + indent.length;
  if (!isStatement(source, at)) return undefined;
  const arms: Arm[] = [];
  for (;;) {
    const armLine = arms.length === 0 ? line : source.lineAt(at);
    const isIf = masked.startsWith('if', at);
    const head = isIf ? conditionAt(source, at + 2) : { condition: undefined, brace: at };
    const body = head === undefined ? undefined : bodyAt(source, head.brace);
    if (head === undefined || body === undefined) return undefined;
    arms.push({ condition: head.condition, line: armLine, from: body.from, to: body.to });
    const next = elseAfter(source, body.close);
    if (next === undefined || !isIf) {
      const isAlone = isBlank((lines[body.to] ?? '').slice(body.close - source.startOf(body.to) + 1));
      return isAlone && next === undefined ? { indent, line, end: body.to + 1, arms } : undefined;
    }
    at = next;
  }
}

/** Not in the middle of an expression, and not the only thing that a head without braces rules over. */
function isStatement(source: Source, at: number): boolean {
  const { masked } = source;
  let before = at - 1;
  while (before >= 0 && masked.charCodeAt(before) <= 32) before--;
  if (before < 0 || ';{}'.includes(masked.charAt(before))) return true;
  const line = masked.slice(source.startOf(source.lineAt(before)), before + 1);
  if (masked.charAt(before) === ':') return /^\s*(?:case|default)\b/.test(line);
  if (/[,([=?&|+*/%<>.-]$/.test(line)) return false;
  return (
    !/^\s*(?:\}\s*)?(?:else|do|for|while|if|with)\b/.test(line) &&
    /[\w)\]"'`]$/.test(line) &&
    !/\belse$|\breturn$/.test(line)
  );
}

/** What stands between the keyword and the brace of the body. */
function conditionAt(source: Source, from: number) {
  const { masked, text, syntax } = source;
  let at = from;
  while (masked.charCodeAt(at) <= 32) at++;
  if (syntax.hasParens) {
    const close = masked.charAt(at) === '(' ? source.partner(at) : -1;
    const brace = close < 0 ? -1 : nextCode(masked, close + 1);
    return masked.charAt(brace) === '{' ? { condition: text.slice(at + 1, close).trim(), brace } : undefined;
  }
  for (let brace = at; brace < masked.length && brace < at + 2_000; brace++) {
    const character = masked.charAt(brace);
    if (character === '{') return { condition: text.slice(at, brace).trim(), brace };
    if (character === '}') return undefined;
    const close = character === '(' || character === '[' ? source.partner(brace) : -1;
    if (close > brace) brace = close;
  }
  return undefined;
}

/** The lines between the braces; undefined where these share their lines with anything, comments included. */
function bodyAt(source: Source, brace: number) {
  const close = source.partner(brace);
  if (close < brace) return undefined;
  const [open, end] = [source.lineAt(brace), source.lineAt(close)];
  const behind = source.lines[open]?.slice(brace - source.startOf(open) + 1) ?? '';
  const before = source.lines[end]?.slice(0, close - source.startOf(end)) ?? '';
  return isBlank(behind) && isBlank(before) && end > open ? { from: open + 1, to: end, close } : undefined;
}

/** The offset of `if` or of the brace behind `else`; undefined where there is none. */
function elseAfter({ masked }: Source, close: number): number | undefined {
  const at = nextCode(masked, close + 1);
  if (!/^else\b/.test(masked.slice(at, at + 5))) return undefined;
  return nextCode(masked, at + 4);
}

function nextCode(masked: string, from: number): number {
  let at = from;
  while (at < masked.length && masked.charCodeAt(at) <= 32) at++;
  return at;
}

function indentedAt(source: Source, line: number): Conditional | undefined {
  const indent = indentOf(source.lines[line] ?? '');
  const arms: Arm[] = [];
  let at = line;
  for (;;) {
    const head = /^\s*(?:if|elif)\b(.*):\s*$|^\s*else\s*:\s*$/.exec(source.maskedLine(at));
    const raw = source.lines[at] ?? '';
    // A comment behind the colon would be lost.
    if (head === null || !/:\s*$/.test(raw)) return undefined;
    const isElse = head[1] === undefined;
    const condition = isElse ? undefined : raw.trim().replace(/^(?:el)?if\b\s*|\s*:$/g, '');
    const to = blockEnd(source, at + 1, indent);
    if (to === at + 1) return undefined;
    arms.push({ condition, line: at, from: at + 1, to });
    const next = source.maskedLine(to);
    const goesOn = indentOf(next) === indent && /^\s*(?:elif|else)\b/.test(next);
    if (isElse || !goesOn) return { indent, line, end: to, arms };
    at = to;
  }
}

/** Behind the last line that is indented further. Blank lines at the end are not part of it. */
export function blockEnd(source: Source, from: number, indent: string): number {
  let end = from;
  for (let line = from; line < source.lines.length; line++) {
    const text = source.lines[line] ?? '';
    const layer = source.layers[line];
    if (isBlank(text)) continue;
    if (layer?.inString !== true && layer?.comment !== indentOf(text).length && indentOf(text).length <= indent.length)
      break;
    if (layer?.inString === true || indentOf(text).length > indent.length) end = line + 1;
  }
  return end;
}
