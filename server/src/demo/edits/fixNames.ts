/** Names that are not known: replaced by the one that was meant, or imported where the workspace or the language has them. */
import { posix } from 'node:path';
import { importsOf } from '../../text/imports.ts';
import type { Change } from './changes.ts';
import { goImport } from './errorsGo.ts';
import { inserted } from './insertions.ts';
import { lineChange } from './job.ts';
import { knownHome } from './knownNames.ts';
import { codeView, namesOf, occurrencesOf } from './occurrences.ts';
import type { Source } from './source.ts';
import { quoted, styleOf } from './style.ts';
import type { Trouble } from './trouble.ts';

const meant =
  /['"`‘]([\w$]+)['"`’][\s\S]*?(?:did you mean(?: to use)?|a similar name exists|similar name exists(?: in (?:scope|the module))?|help:[^`]*exists)[^'"`‘\w]*['"`‘]([\w$]+)['"`’]/i;

const unknown: readonly RegExp[] = [
  /Cannot find name ['"]([\w$]+)['"]/,
  /cannot find (?:value|function|macro|type|struct|trait)[^`]*`([\w$]+)`/,
  /use of undeclared (?:type|identifier|crate or module) [`'‘]([\w$]+)/,
  /^undefined: (\w+)/,
  /^undeclared name: (\w+)/,
  /[`'"]([\w$]+)[`'"] is not defined/,
  /[uU]ndefined (?:name|variable) [`'"]?([\w$]+)/,
  /implicit declaration of function [`'‘]([\w$]+)/,
  /implicitly declaring library function [`'‘]([\w$]+)/,
  /unknown type name [`'‘]([\w$]+)/,
  /[`'‘]([\w$]+)[`'’] undeclared/,
];

export function fixNames({ source, line, message, neighbours }: Trouble): readonly Change[] {
  const [, wrong, right] = meant.exec(message) ?? [];
  if (wrong !== undefined && right !== undefined) return replacedOn(source, line, wrong, right);
  const name = unknown.map((pattern) => pattern.exec(message)?.[1]).find((found) => found !== undefined);
  if (name === undefined) return [];
  const home = importFor(source, name, neighbours);
  if (home.length > 0) return home;
  const close = closestTo(source, name);
  return close === undefined ? [] : replacedOn(source, line, name, close);
}

/** Every place of the line where the word stands in code. */
function replacedOn(source: Source, line: number, wrong: string, right: string): readonly Change[] {
  const text = source.lines[line] ?? '';
  const start = source.startOf(line);
  const view = codeView(source).slice(start, start + text.length);
  const pattern = new RegExp(`(?<![\\w$])${wrong.replaceAll('$', '\\$')}(?![\\w$])`, 'g');
  const insertions = [...view.matchAll(pattern)].map(({ index }) => ({ at: index, text: right, drop: wrong.length }));
  const own = inserted(text, insertions);
  return own === text ? [] : [lineChange(line, own)];
}

const builtIn =
  'console Math JSON Object Array String Number Boolean Promise Map Set Date Error TypeError undefined document window process print len range str int float list dict set tuple enumerate zip sorted isinstance append printf strlen malloc println format'.split(
    ' ',
  );

/** One letter wrong in short names, two in longer ones; undefined where several are as close. */
function closestTo(source: Source, name: string): string | undefined {
  const most = name.length <= 4 ? 1 : 2;
  const candidates = new Set([...namesOf(source), ...builtIn]);
  candidates.delete(name);
  let best: string | undefined;
  let least = most + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > most || candidate.length < 2) continue;
    const steps = distance(name, candidate, most);
    if (steps > least) continue;
    best = steps < least ? candidate : undefined;
    least = steps;
  }
  return least > most ? undefined : best;
}

/** Letters put in, taken out, changed or swapped with the next; above `most` it does not matter how many. */
function distance(one: string, other: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + same);
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwap) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      current.push(least);
    }
    if (Math.min(...current) > most) return most + 1;
    before = last;
    last = current;
  }
  return last.at(-1) ?? most + 1;
}

function importFor(source: Source, name: string, neighbours: readonly string[]): readonly Change[] {
  if (occurrencesOf(source, name).length === 0) return [];
  switch (source.syntax.family) {
    case 'script':
      return scriptImport(source, name, neighbours);
    case 'python':
      return pythonImport(source, name, neighbours);
    case 'go': {
      const path = knownHome('go', name);
      return path === undefined ? [] : goImport(source, path);
    }
    case 'rust':
    case 'c': {
      const home = knownHome(source.syntax.family, name);
      if (home === undefined) return [];
      return added(source, source.syntax.family === 'rust' ? `use ${home};` : `#include <${home}>`);
    }
    default:
      return [];
  }
}

/** From the file that has the name, in the way in which the file imports others. */
function scriptImport(source: Source, name: string, neighbours: readonly string[]): readonly Change[] {
  const file = neighbours
    .find(
      (path) =>
        new RegExp(`(?:^|/)${name.replaceAll('$', '\\$')}\\.[cm]?[jt]sx?$`, 'i').test(path.trim()) &&
        path.trim() !== source.path,
    )
    ?.trim();
  const { end } = styleOf(source);
  const module = knownHome('script', name);
  if (file === undefined)
    return module === undefined ? [] : added(source, `import ${name} from ${quoted(source, module)}${end}`);
  const path = posix.relative(posix.dirname(source.path), file);
  const relative = path.startsWith('.') ? path : `./${path}`;
  const style = /from ['"]\.[^'"]*?(\.[cm]?[jt]sx?)?['"]/.exec(source.text);
  const ending = style === null ? (/\.tsx?$/.test(file) ? '.ts' : '.js') : (style[1] ?? '');
  const target = relative.replace(/\.[cm]?[jt]sx?$/, ending);
  return added(source, `import { ${name} } from ${quoted(source, target)}${end}`);
}

function pythonImport(source: Source, name: string, neighbours: readonly string[]): readonly Change[] {
  const known = knownHome('python', name);
  if (known !== undefined) return added(source, known);
  const file = neighbours
    .find(
      (path) => posix.basename(path.trim()).toLowerCase() === `${name.toLowerCase()}.py` && path.trim() !== source.path,
    )
    ?.trim();
  if (file === undefined) return [];
  const module =
    posix.dirname(file) === posix.dirname(source.path)
      ? posix.basename(file, '.py')
      : file.replace(/\.py$/, '').replaceAll('/', '.');
  return added(source, module.endsWith(name) ? `import ${module}` : `from ${module} import ${name}`);
}

/** Behind the last import; at the top where there is none. */
function added(source: Source, statement: string): readonly Change[] {
  if (source.lines.includes(statement)) return [];
  const last = importsOf(source.lines).at(-1);
  if (last !== undefined) return [{ from: last.line + 1, to: last.line + 1, lines: [statement] }];
  const top = source.lines.findIndex(
    (line, index) => !/^#!|^['"]use strict|^# -\*-/.test(line) && !isHeading(source, index),
  );
  const at = Math.max(0, top);
  return [{ from: at, to: at, lines: [statement, ...(source.lines[at]?.trim() === '' ? [] : [''])] }];
}

/** The comment or docstring at the top of a file stays there. */
function isHeading(source: Source, line: number): boolean {
  const layer = source.layers[line];
  const isComment = (layer?.comment ?? -1) >= 0 && source.maskedLine(line).trim() === '';
  return (
    isComment ||
    layer?.inString === true ||
    (source.syntax.byIndent && line < 3 && /^"""/.test(source.lines[line] ?? ''))
  );
}
