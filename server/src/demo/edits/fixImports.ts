/** Takes a name out of the import that brings it in, and all of the import when nothing else is left. */
import type { Change } from './changes.ts';
import type { Source } from './source.ts';

/** @param name - What is not used; undefined for all of the import. Nothing comes back where the line imports something else. */
export function removedImport(source: Source, line: number, name: string | undefined): readonly Change[] {
  const statement = statementAt(source, line);
  if (statement === undefined) return [];
  const { first, last } = statement;
  const lines = source.lines.slice(first, last + 1);
  if (name === undefined) return [{ from: first, to: last + 1, lines: [] }];
  const own = withoutName(source, lines.join('\n'), name);
  return own === undefined ? [] : [{ from: first, to: last + 1, lines: own === '' ? [] : own.split('\n') }];
}

const longest = 60;

/** The lines of an import, from its first word to its end. */
function statementAt(source: Source, line: number) {
  const { family } = source.syntax;
  if (family === 'go')
    return /^\s*(?:import\s+)?(?:[\w.]+\s+)?"[^"]+"\s*$/.test(source.lines[line] ?? '')
      ? { first: line, last: line }
      : undefined;
  const opening =
    family === 'rust'
      ? /^\s*(?:pub(?:\([^)]*\))?\s+)?use\b/
      : family === 'c'
        ? /^\s*#\s*include\b/
        : /^\s*(?:import|from|using|use)\b/;
  let first = line;
  while (first > line - longest && first >= 0 && !opening.test(source.lines[first] ?? '')) {
    if (/;\s*$|^\s*$|[{]\s*$/.test(source.lines[first - 1] ?? '') && !opening.test(source.lines[first - 1] ?? ''))
      return undefined;
    first--;
  }
  if (first < 0 || !opening.test(source.lines[first] ?? '')) return undefined;
  let last = first;
  for (let depth = 0; last < source.lines.length && last < first + longest; last++) {
    for (const character of source.maskedLine(last))
      depth += '({'.includes(character) ? 1 : ')}'.includes(character) ? -1 : 0;
    if (depth <= 0) break;
  }
  return last >= line ? { first, last } : undefined;
}

/** Empty when nothing is left; undefined where the name does not stand in it. */
function withoutName({ syntax }: Source, text: string, name: string): string | undefined {
  const last =
    name
      .split(/\.|::|\//)
      .at(-1)
      ?.replace(/ as .*$/, '') ?? name;
  switch (syntax.family) {
    case 'go':
      return new RegExp(`"(?:[^"]*/)?${plain(last)}"|^\\s*(?:import\\s+)?${plain(last)}\\s`).test(text)
        ? ''
        : undefined;
    case 'c':
      return text.includes(name) ? '' : undefined;
    case 'python':
      return pythonImport(text, last, name);
    case 'rust':
      return (
        listed(text, last, /\{[\s\S]*\}/) ??
        (new RegExp(`(?<!\\w)${plain(last)}\\s*;?\\s*$`).test(text) && !text.includes('{') ? '' : undefined)
      );
    default:
      return scriptImport(text, name);
  }
}

function plain(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}

function scriptImport(text: string, name: string): string | undefined {
  const own = plain(name);
  if (new RegExp(`^\\s*import\\s+(?:type\\s+)?(?:${own}|\\*\\s*as\\s+${own})\\s+from\\b`).test(text)) return '';
  const rest = new RegExp(`^(\\s*import\\s+(?:type\\s+)?)${own}\\s*,\\s*`).exec(text);
  if (rest !== null) return (rest[1] ?? '') + text.slice(rest[0].length);
  const kept = listed(text, name, /\{[^{}]*\}/);
  if (kept !== '') return kept;
  // The default may still be used.
  const base = /^(\s*import\s+(?:type\s+)?[\w$]+)\s*,\s*\{[^{}]*\}/.exec(text);
  return base === null ? '' : (base[1] ?? '') + text.slice(base[0].length);
}

/** Without the item, in braces or brackets. Items with a line of their own take it with them. */
function listed(text: string, name: string, shape: RegExp): string | undefined {
  const list = shape.exec(text);
  if (list === null) return undefined;
  const inner = list[0].slice(1, -1);
  const items = inner
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const isIt = (item: string) =>
    item
      .replace(/^type\s+/, '')
      .split(/\s+as\s+/)
      .at(-1) === name || item.split(/\s+as\s+|::/).at(-1) === name;
  const kept = items.filter((item) => !isIt(item));
  if (kept.length === items.length) return undefined;
  if (kept.length === 0) return '';
  const [open, close] = [list[0].charAt(0), list[0].charAt(list[0].length - 1)];
  if (!inner.includes('\n')) {
    const space = /^\s/.test(inner) ? ' ' : '';
    return (
      text.slice(0, list.index) +
      open +
      space +
      kept.join(', ') +
      space +
      close +
      text.slice(list.index + list[0].length)
    );
  }
  const lines = list[0].split('\n').filter((line) => !isIt(line.trim().replace(/,$/, '')));
  return lines.length === list[0].split('\n').length
    ? undefined
    : text.slice(0, list.index) + lines.join('\n') + text.slice(list.index + list[0].length);
}

function pythonImport(text: string, name: string, whole: string): string | undefined {
  const brackets = listed(text, name, /\([\s\S]*\)/);
  if (brackets !== undefined) return brackets;
  const match = /^(\s*(?:from\s+\S+\s+)?import\s+)([^#(]+?)(\s*#.*)?$/.exec(text);
  if (match === null) return undefined;
  const [, head = '', list = '', comment = ''] = match;
  const items = list.split(',').map((item) => item.trim());
  const kept = items.filter((item) => item !== whole && item.split(/\s+as\s+/).at(-1) !== name && item !== name);
  if (kept.length === items.length) return undefined;
  return kept.length === 0 ? '' : `${head}${kept.join(', ')}${comment}`;
}
