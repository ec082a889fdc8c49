/** Takes out statements that only log, each of them whole. */
import { counted } from '../wording.ts';
import type { Change } from './changes.ts';
import { functionFor } from './errors.ts';
import type { Job, Outcome } from './job.ts';
import { indentOf, isBlank, type Source } from './source.ts';

export function removeLogging(job: Job): Outcome {
  const { source, from, to } = job;
  const only = from === to ? functionFor(job) : undefined;
  const [first, last] = only === undefined ? [from, to] : [only.firstLine, only.lastLine];
  const found: Change[] = [];
  for (let line = first; line <= last && line < source.lines.length; line++) {
    const end = logEnd(source, line);
    if (end === undefined) continue;
    found.push({ from: line, to: end + 1, lines: [] });
    line = end;
  }
  if (found.length === 0) return { text: 'The rules find no statement here that only logs.' };
  const changes = source.syntax.byIndent ? withoutEmptyBlocks(source, found) : found;
  return { text: `Without ${counted(found.length, 'statement')} that only logged.`, changes };
}

/** In Python a block must not be empty: where all of one goes, `pass` stays. */
function withoutEmptyBlocks(source: Source, removals: readonly Change[]): readonly Change[] {
  const gone = new Set(
    removals.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)),
  );
  const isNothing = (line: number) => gone.has(line) || isBlank(source.maskedLine(line));
  return removals.map((removal) => {
    const text = source.lines[removal.from] ?? '';
    let above = removal.from - 1;
    while (above >= 0 && isNothing(above)) above--;
    let below = removal.to;
    while (below < source.lines.length && isNothing(below)) below++;
    const isFirst = !removals.some(({ from }) => from > above && from < removal.from);
    const isEmpty =
      /:\s*$/.test(source.maskedLine(above)) && indentOf(source.lines[below] ?? '').length < indentOf(text).length;
    return isFirst && isEmpty ? { ...removal, lines: [`${indentOf(text)}pass`] } : removal;
  });
}

const logs: Readonly<Record<string, RegExp>> = {
  script: /^\s*console\.(?:log|debug|info|warn|error|trace|dir|table)\(/,
  python: /^\s*(?:print|(?:logging|logger|log)\.(?:debug|info|warning|error|exception|critical))\(/,
  go: /^\s*(?:log\.(?:Print|Printf|Println)|fmt\.(?:Print|Printf|Println))\(/,
  rust: /^\s*(?:e?println!|e?print!|dbg!|(?:log::)?(?:debug|info|warn|error|trace)!)\(/,
  c: /^\s*(?:printf|puts|fprintf\(\s*stderr\b)(?=\s*[(,])/,
  java: /^\s*(?:System\.(?:out|err)\.print(?:ln|f)?|Console\.Write(?:Line)?|println|print|(?:log|logger|LOG|LOGGER)\.(?:debug|info|warn|error|trace))\(/,
};

/** The last line of the statement that begins here, where it is one of these and stands alone. */
function logEnd(source: Source, line: number): number | undefined {
  const pattern = logs[source.syntax.family];
  const masked = source.maskedLine(line);
  if (pattern?.test(masked) !== true || source.layers[line]?.inString === true || isRuledOver(source, line))
    return undefined;
  const open = source.startOf(line) + masked.indexOf('(');
  const close = source.partner(open);
  if (close < 0) return undefined;
  const end = source.lineAt(close);
  const rest = source.maskedLine(end).slice(close - source.startOf(end) + 1);
  return /^\s*;?\s*$/.test(rest) && !/^\s*[.?[(+*/-]/.test(source.maskedLine(end + 1)) ? end : undefined;
}

/** Below a head without braces it is all that there is. */
function isRuledOver(source: Source, line: number): boolean {
  let above = line - 1;
  while (above >= 0 && isBlank(source.maskedLine(above))) above--;
  const before = source.maskedLine(above).trim();
  if (/=>$|[,([=&|?+]$/.test(before)) return true;
  return (
    !source.syntax.byIndent &&
    (/\b(?:else|do)$/.test(before) || /^(?:\}\s*)?(?:else\s+)?(?:if|for|while)\b.*\)$/.test(before))
  );
}
