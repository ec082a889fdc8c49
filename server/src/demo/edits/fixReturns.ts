/** A function that ends without the result that it owes: its last expression is returned, or it says loudly that there is none. */
import type { Change } from './changes.ts';
import { type CodeFunction, functionAround, functionsOf } from './functions.ts';
import { lineChange } from './job.ts';
import { indentOf, isBlank, type Source } from './source.ts';
import { quoted, styleOf } from './style.ts';
import type { Trouble } from './trouble.ts';

const messages =
  /must return a value|lacks ending return statement|not all code paths return a value|^missing return|does not return a value|non-void function does not return|control reaches end of non-void|expected to return a value|inconsistent-return|should return a value|Array(?:\.prototype)?\.\w+\(\) expects a (?:return )?value/i;

export function fixReturns({ source, line, message }: Trouble): readonly Change[] {
  if (!messages.test(message)) return [];
  const code = functionsOf(source).findLast(({ firstLine }) => firstLine === line) ?? functionAround(source, line);
  if (code?.body === undefined || code.body.behind <= code.body.first) return [];
  const last = lastLine(source, code.body.first, code.body.behind);
  if (last === undefined) return [];
  const masked = source.maskedLine(last);
  const text = source.lines[last] ?? '';
  const indent = indentOf(source.lines[code.body.first] ?? '') || source.unit;
  if (indentOf(text) === indent && isExpression(masked))
    return [lineChange(last, `${indent}return ${text.trimStart()}`)];
  const ending = endingFor(source, code);
  return ending === undefined ? [] : [{ from: code.body.behind, to: code.body.behind, lines: [indent + ending] }];
}

function lastLine(source: Source, first: number, behind: number): number | undefined {
  for (let line = behind - 1; line >= first; line--) if (!isBlank(source.maskedLine(line))) return line;
  return undefined;
}

/** One statement on one line that is nothing but a value. */
function isExpression(masked: string): boolean {
  const code = masked.trim().replace(/;$/, '');
  if (/[;{}]/.test(code) || /^[)\].,?:&|]/.test(code)) return false;
  if (
    /^(?:return|throw|raise|if|for|while|switch|do|try|const|let|var|break|continue|pass|assert|import|del|yield|defer|go|goto|else|case)\b/.test(
      code,
    )
  )
    return false;
  if (/(?<![=!<>])=(?![=>])|:=|\+\+|--/.test(code)) return false;
  return /^[\w$"'([!-]/.test(code) && !/^[A-Za-z_]\w* +[A-Za-z_]\w*/.test(code);
}

function endingFor(source: Source, { name, result = '' }: CodeFunction): string | undefined {
  const says = `${name} has no result here`;
  switch (source.syntax.family) {
    case 'script':
      return `throw new Error(${quoted(source, says)})${styleOf(source).end}`;
    case 'python':
      return 'return None';
    case 'go':
      return `panic("${says}")`;
    case 'c':
      return result.endsWith('*') ? 'return 0;' : /^(?:struct|union)\b/.test(result) ? undefined : 'return 0;';
    default:
      return undefined;
  }
}
