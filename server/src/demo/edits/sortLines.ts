/** Sorts imports within their groups, or selected lines that are a list. */
import type { Change } from './changes.ts';
import type { Job, Outcome } from './job.ts';
import { indentOf, isBlank, type Source } from './source.ts';

export function sortLines({ source, from, to }: Job, wish: string): Outcome {
  const isImports = /\bimports?\b|\bincludes?\b|\buses?\b/i.test(wish);
  const changes = isImports ? sortedImports(source) : sortedList(source, from, to);
  if (changes.length > 0)
    return { text: isImports ? 'The imports are in order, group by group.' : 'The lines are in order.', changes };
  return {
    text: isImports
      ? 'The rules find no imports here that are out of order.'
      : 'The rules sort imports, and lists with one item on each line.',
  };
}

const imports: Readonly<Record<string, RegExp>> = {
  script: /^import\s.*?['"]([^'"]+)['"];?\s*$/,
  python: /^(?:from|import)\s+([\w.]+).*[^\\(]$/,
  go: /^\s+(?:[\w.]+\s+)?"([^"]+)"\s*$/,
  rust: /^(?:pub\s+)?use\s+([^;{]*.*);\s*$/,
  c: /^#\s*include\s+([<"].*[>"])\s*$/,
  java: /^(?:import|using)\s+(?:static\s+)?([\w.*]+)\s*;?\s*$/,
};

/** Far from the top there are no imports. */
const linesSearched = 400;

function sortedImports(source: Source): readonly Change[] {
  const pattern = imports[source.syntax.family];
  if (pattern === undefined) return [];
  const changes: Change[] = [];
  for (let line = 0; line < Math.min(source.lines.length, linesSearched); line++) {
    let end = line;
    while (end < source.lines.length && pathOf(source, end, pattern) !== undefined) end++;
    if (end - line > 1)
      changes.push({
        from: line,
        to: end,
        lines: sorted(source.lines.slice(line, end), (text) => ranked(source, pattern.exec(text)?.[1] ?? '')),
      });
    line = Math.max(line, end);
  }
  return changes.filter(({ from, to, lines }) => lines.join('\n') !== source.lines.slice(from, to).join('\n'));
}

/** In scripts from far to near: Node, packages, aliases, folders above, the own folder. */
function ranked({ syntax }: Source, path: string): string {
  if (syntax.family !== 'script') return path;
  const rank = [/^node:/, /^[\w@](?!\/)/, /^[#@~]/, /^\.\.\//].findIndex((shape) => shape.test(path));
  return `${rank < 0 ? 9 : rank} ${path}`;
}

/** An import for what it does alone keeps its place: order may matter to it. */
function pathOf(source: Source, line: number, pattern: RegExp): string | undefined {
  const text = source.lines[line] ?? '';
  if (isBlank(source.maskedLine(line)) && source.syntax.family !== 'c') return undefined;
  if (/^import\s+['"]/.test(text) || source.layers[line]?.inString === true) return undefined;
  return pattern.exec(text)?.[1];
}

function sorted(lines: readonly string[], keyOf: (line: string) => string): readonly string[] {
  const keys = lines.map((line) => ({ line, key: keyOf(line).toLowerCase() }));
  return keys
    .toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ line }) => line);
}

/** Lines that each hold one item and a comma, with the same indentation. */
function sortedList(source: Source, from: number, to: number): readonly Change[] {
  const lines = source.lines.slice(from, to + 1);
  const indent = indentOf(lines[0] ?? '');
  const areItems = lines.every((line, index) => {
    const masked = source.maskedLine(from + index);
    const balance = (masked.match(/[([{]/g)?.length ?? 0) - (masked.match(/[)\]}]/g)?.length ?? 0);
    return indentOf(line) === indent && /,\s*$/.test(masked) && balance === 0 && !/^\s*[)\]}]/.test(masked);
  });
  const own = areItems ? sorted(lines, (line) => line.trim()) : lines;
  return own.join('\n') === lines.join('\n') ? [] : [{ from, to: from + lines.length, lines: own }];
}
