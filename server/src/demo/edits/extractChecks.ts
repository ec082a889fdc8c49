/** Says why lines cannot become a function of their own; undefined where they can. */
import { functionsOf, isCallable } from './functions.ts';
import { indentOf, isBlank, type Source } from './source.ts';

export interface Stretch {
  /** First and last line. */
  readonly first: number;
  readonly last: number;
  /** Offsets, the second one behind the last character. */
  readonly start: number;
  readonly end: number;
  readonly indent: string;
}

/** Without blank lines at the ends and comments behind; undefined where nothing is left. */
export function stretchOf(source: Source, from: number, to: number): Stretch | undefined {
  let [first, last] = [from, Math.min(to, source.lines.length - 1)];
  while (first <= last && isBlank(source.lines[first] ?? '')) first++;
  // A comment at the end is about what follows.
  while (last > first && isBlank(source.maskedLine(last)) && source.layers[last]?.inString !== true) last--;
  if (first > last || isBlank(source.masked.slice(source.startOf(first), source.startOf(last + 1)))) return undefined;
  const start = source.startOf(first);
  return {
    first,
    last,
    start,
    end: source.startOf(last) + (source.lines[last] ?? '').length,
    indent: indentOf(source.lines[first] ?? ''),
  };
}

export function refusalFor(source: Source, stretch: Stretch): string | undefined {
  if (!isBalanced(source, stretch) || !areStatements(source, stretch))
    return 'The selected lines are not whole statements, so the rules cannot move them.';
  const masked = source.masked.slice(stretch.start, stretch.end);
  if (/(?:^|[;}])[ \t]*(?:(?:export|import|from|package|use)[ \t]+[\w{*"]|#[ \t]*include\b)/m.test(masked))
    return 'The selected lines import or export, which stands outside of functions only.';
  if (/(?<![\w$.])(?:yield|super|arguments|nonlocal|global|goto|defer|fallthrough)\b/.test(masked))
    return 'The selected lines use what only works in their own function, so the rules leave them.';
  if (source.syntax.family === 'rust' && /[\w)\]]\?/.test(masked))
    return 'The selected lines hand errors on with `?`, so the rules leave them.';
  if (holdsCases(source, stretch)) return 'The selected lines are a part of a switch, so the rules cannot move them.';
  if (leavesLoop(source, stretch))
    return 'The selected lines leave a loop that is outside of them, so the rules cannot move them.';
  return undefined;
}

/** Labels of a switch that is outside of the lines. */
function holdsCases({ masked, syntax }: Source, { start, end }: Stretch): boolean {
  if (syntax.byIndent) return false;
  let depth = 0;
  for (const { 0: word } of masked.slice(start, end).matchAll(/[{}]|(?<![\w$.])(?:case\b|default\s*:)/g)) {
    if (word === '{') depth++;
    else if (word === '}') depth--;
    else if (depth === 0) return true;
  }
  return false;
}

/** In a class or its like, or in the head of a function: not where statements stand. */
export function isAmongMembers(source: Source, { first, last, start, end }: Stretch): boolean {
  const holder = source.symbols.findLast(
    ({ range }) =>
      range.start.line <= first && range.end.line >= last && !(range.start.line === first && range.end.line === last),
  );
  if (holder === undefined) return false;
  const body = functionsOf(source).find(({ symbol }) => symbol === holder)?.body;
  if (isCallable(holder)) return body === undefined || body.from > start || end > body.to;
  return [5, 10, 11, 19, 23, 26].includes(holder.kind);
}

function isBalanced(source: Source, { start, end }: Stretch): boolean {
  for (let at = start; at < end; at++) {
    if (!'()[]{}'.includes(source.masked.charAt(at))) continue;
    const partner = source.partner(at);
    if (partner < start || partner >= end) return false;
  }
  return true;
}

function areStatements(source: Source, stretch: Stretch): boolean {
  const { masked } = source;
  const [above, below] = [source.layers[stretch.first], source.layers[stretch.last + 1]];
  if ([above, below].some((layer) => layer?.inString === true || layer?.inComment === true)) return false;
  if (isInValue(source, stretch)) return false;
  const own = masked.slice(stretch.start, stretch.end).trim();
  if (
    /^(?:else|elif|except|finally|catch|case|default|while\s*\([^;]*\);?$)/.test(own) ||
    /^[.,:?)\]}=&|*/<>]/.test(own)
  )
    return false;
  const behind = masked.slice(stretch.end, stretch.end + 400).trimStart();
  if (/^(?:else|elif|except|finally|catch)\b/.test(behind)) return false;
  if (source.syntax.byIndent) return isWholeBlock(source, stretch);
  if (/[,([=?&|+*/<-]$|=>$/.test(own) || /^(?:[.,?:&|*)\]]|[+/<-](?![+-]))/.test(behind)) return false;
  if (
    source.syntax.family === 'script' &&
    /^(?:async\s+)?[\w$"]+\s*(?::(?!:)|\([^()]*\)\s*\{)/.test(own) &&
    !/^(?:if|for|while|switch|do|try|return)\b/.test(own)
  )
    return false;
  const before = masked.slice(Math.max(0, stretch.start - 2_000), stretch.start).trimEnd();
  return !/[,([=?&|+*/<-]$|=>$/.test(before) && !isBraceless(before);
}

/** Between brackets that hold values, not statements. */
function isInValue({ masked, syntax }: Source, { start }: Stretch): boolean {
  const open: string[] = [];
  for (let at = 0; at < start; at++) {
    const character = masked.charAt(at);
    if ('([{'.includes(character)) open.push(character);
    else if (')]}'.includes(character)) open.pop();
  }
  const innermost = open.at(-1);
  return innermost !== undefined && (innermost !== '{' || syntax.byIndent);
}

/** A head without braces rules over the first selected line only. */
function isBraceless(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1).trim();
  return /^(?:\}\s*)?(?:else|do)$/.test(line) || /^(?:\}\s*else\s+)?(?:if|for|while)\b.*\)$/.test(line);
}

/** No line further out than the first, and none behind that belongs to the last. */
function isWholeBlock(source: Source, { first, last, indent }: Stretch): boolean {
  for (let line = first; line <= last; line++) {
    const text = source.lines[line] ?? '';
    if (!isBlank(text) && source.layers[line]?.inString !== true && !text.startsWith(indent)) return false;
  }
  for (let line = last + 1; line < source.lines.length; line++) {
    const text = source.lines[line] ?? '';
    if (!isBlank(source.maskedLine(line))) return indentOf(text).length <= indent.length;
  }
  return true;
}

interface Inner {
  readonly isLoop: boolean;
  readonly isFunction: boolean;
}

const keywords = /(?<![\w$.])(?:return|break|continue)\b|[{}]/g;

/** The jumps that are not held by a loop or function inside of the stretch. */
export function openJumps(source: Source, { start, end, first, last }: Stretch): readonly string[] {
  const masked = source.masked.slice(start, end);
  if (source.syntax.byIndent) return indentedJumps(source, first, last);
  const found: string[] = [];
  const blocks: Inner[] = [];
  for (const match of masked.matchAll(keywords)) {
    const word = match[0];
    if (word === '{') blocks.push(blockAt(masked, match.index));
    else if (word === '}') blocks.pop();
    else if (!blocks.some(({ isLoop, isFunction }) => isFunction || (word !== 'return' && isLoop))) found.push(word);
  }
  return found;
}

function blockAt(masked: string, brace: number): Inner {
  const before = masked.slice(Math.max(0, brace - 300), brace);
  const head = before.slice(Math.max(before.lastIndexOf(';'), before.lastIndexOf('{'), before.lastIndexOf('}')) + 1);
  const isLoop = /\b(?:for|while|do|switch|loop|select|foreach)\b/.test(
    /\bfor\b/.test(before) && /\([^()]*$|\([^()]*\)\s*$/.test(before) ? before.slice(before.lastIndexOf('for')) : head,
  );
  const isFunction =
    /=>\s*$|\bfunc(?:tion)?\b[^;{}]*$|\|[^|\n]*\|\s*(?:->[^{]*)?$/.test(head) ||
    /^\s*(?:async\s+)?(?!if|for|while|switch|catch)[\w$]+\s*\([^()]*\)\s*$/.test(head);
  return { isLoop, isFunction };
}

function indentedJumps(source: Source, first: number, last: number): readonly string[] {
  const found: string[] = [];
  const open: { readonly indent: number; readonly isLoop: boolean; readonly isFunction: boolean }[] = [];
  for (let line = first; line <= last; line++) {
    const text = source.maskedLine(line);
    if (isBlank(text)) continue;
    const indent = indentOf(text).length;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const word = /(?<![\w.])(return|break|continue)\b/.exec(text)?.[1];
    if (word !== undefined && !open.some(({ isLoop, isFunction }) => isFunction || (word !== 'return' && isLoop)))
      found.push(word);
    open.push({
      indent,
      isLoop: /^\s*(?:async\s+)?(?:for|while)\b/.test(text),
      isFunction: /^\s*(?:async\s+)?def\b/.test(text),
    });
  }
  return found;
}

function leavesLoop(source: Source, stretch: Stretch): boolean {
  return openJumps(source, stretch).some((word) => word !== 'return');
}
