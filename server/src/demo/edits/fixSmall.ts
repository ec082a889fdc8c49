/** Small things that a message says exactly: a semicolon, a `const`, a `?.`, a colon, a type. */
import type { Change } from './changes.ts';
import { functionsOf } from './functions.ts';
import { insertedAt } from './insertions.ts';
import { lineChange } from './job.ts';
import { occurrencesOf } from './occurrences.ts';
import type { Source } from './source.ts';
import type { Trouble } from './trouble.ts';
import { parameterType } from './types.ts';

export function fixSmall(trouble: Trouble): readonly Change[] {
  const { source, line, message } = trouble;
  if (/Missing semicolon|^['"]?;['"]? expected|expected ['"`‘]?;['"`’]?(?:\s|,|$)|expected `;`/i.test(message))
    return endedWith(source, line, ';');
  if (/expected ['"]?:['"]?$|Expected ":"/.test(message) && source.syntax.byIndent) return endedWith(source, line, ':');
  const constant =
    /'([\w$]+)' is never reassigned|let declares a variable (?:that is|which is) (?:only assigned once|never reassigned)|(?:variable|binding) [`'"]?([\w$]+)?[`'"]? is (?:only assigned once|never reassigned)/i.exec(
      message,
    );
  if (constant !== null) return asConstant(source, line);
  if (/variable does not need to be mutable/.test(message)) return withoutMut(source, line);
  const possibly = /['"]([\w$.?[\]]+)['"] is possibly ['"]?(?:undefined|null)/.exec(message)?.[1];
  if (possibly !== undefined) return optional(source, line, possibly);
  const untyped = /(?:Parameter|parameter) ['"]([\w$]+)['"] implicitly has an? /.exec(message)?.[1];
  return untyped === undefined ? [] : typed(source, line, untyped);
}

/** Behind the code of the line, before its comment. */
function endedWith(source: Source, line: number, mark: string): readonly Change[] {
  // The place is told as where something else was met: often the line behind.
  const at =
    isEnded(source.maskedLine(line), mark) && line > 0 && !isEnded(source.maskedLine(line - 1), mark) ? line - 1 : line;
  const code = source.maskedLine(at).trimEnd();
  const text = source.lines[at] ?? '';
  return isEnded(code, mark) ? [] : [lineChange(at, text.slice(0, code.length) + mark + text.slice(code.length))];
}

function isEnded(masked: string, mark: string): boolean {
  const code = masked.trimEnd();
  if (code === '' || code.endsWith(mark)) return true;
  return mark === ';'
    ? /[{}([,;:=+*/&|<-]$|=>$/.test(code)
    : !/^\s*(?:if|elif|else|for|while|def|class|try|except|finally|with|async)\b/.test(code);
}

function asConstant(source: Source, line: number): readonly Change[] {
  const text = source.lines[line] ?? '';
  const at = /(?<![\w$.])let\b/.exec(source.maskedLine(line))?.index;
  return at === undefined ? [] : [lineChange(line, `${text.slice(0, at)}const${text.slice(at + 3)}`)];
}

function withoutMut(source: Source, line: number): readonly Change[] {
  const text = source.lines[line] ?? '';
  const at = /\bmut\s+/.exec(source.maskedLine(line));
  return at === null ? [] : [lineChange(line, text.slice(0, at.index) + text.slice(at.index + at[0].length))];
}

/** `a.b` becomes `a?.b`, but not where something is put into it. */
function optional(source: Source, line: number, name: string): readonly Change[] {
  const masked = source.maskedLine(line);
  const text = source.lines[line] ?? '';
  const own = name.replace(/[$.?[\]]/g, '\\$&');
  const match = new RegExp(`(?<![\\w$.])${own}(?=\\.(?!\\.)|\\[|\\()`).exec(masked);
  if (match === null) return [];
  const end = match.index + match[0].length;
  const chain = /^(?:\.[\w$]+|\[[^\]]*\]|\([^()]*\))+/.exec(masked.slice(end))?.[0] ?? '';
  if (/^\s*(?:[-+*/%&|^]|\?\?)?=(?![=>])|^\s*(?:\+\+|--)/.test(masked.slice(end + chain.length))) return [];
  const mark = masked.charAt(end) === '.' ? '?' : '?.';
  return [lineChange(line, text.slice(0, end) + mark + text.slice(end))];
}

/** The type that the `types` action would give to the parameter. */
function typed(source: Source, line: number, name: string): readonly Change[] {
  const places = new Set(occurrencesOf(source, name).filter((at) => source.lineAt(at) === line));
  for (const code of functionsOf(source)) {
    const parameter = code.parameters.find((each) => each.name === name && places.has(each.nameEnd - name.length));
    if (parameter !== undefined) return insertedAt(source, parameterType(source, code, parameter));
  }
  return [];
}
