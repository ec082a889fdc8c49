/** Puts guards for missing input at the top of a function, in the way of its language. */
import { code as inCode } from '../wording.ts';
import type { Change } from './changes.ts';
import { cGuards, rustGuards } from './errorsCompiled.ts';
import { goGuards, importOfErrors } from './errorsGo.ts';
import { type CodeFunction, functionAround, functionsOf } from './functions.ts';
import type { Job, Outcome } from './job.ts';
import type { Parameter } from './parameters.ts';
import { indentOf, isBlank, type Source } from './source.ts';
import { quoted, styleOf } from './style.ts';

export function errors(job: Job): Outcome {
  const { source } = job;
  const code = functionFor(job);
  if (code === undefined) return { text: 'The rules find no function here whose input they could check.' };
  if (code.body === undefined || code.body.behind <= code.body.first)
    return { text: `${inCode(code.name)} has no body on lines of its own that the rules could add a check to.` };
  const guards = guardsFor(source, code);
  if (guards.length === 0)
    return { text: `The rules find no input of ${inCode(code.name)} that could be missing and is not checked.` };
  const at = bodyStart(source, code.body.first, code.body.behind);
  const indent = indentOf(source.lines[at] ?? '') || `${indentOf(source.lines[code.firstLine] ?? '')}${source.unit}`;
  const change: Change = { from: at, to: at, lines: guards.map((line) => indent + line) };
  return {
    text: `${inCode(code.name)} says at once when its input is missing.`,
    changes: [change, ...importOfErrors(source, guards)],
  };
}

/** The function that is named, that begins in the lines, or that holds them. */
export function functionFor({ source, task, from, to }: Job): CodeFunction | undefined {
  const all = functionsOf(source);
  const name = task.symbol;
  return (
    all.find((code) => code.name === name && code.firstLine <= to && code.lastLine >= from) ??
    all.find(({ firstLine }) => firstLine >= from && firstLine <= to) ??
    functionAround(source, from)
  );
}

/** More than these are not checked in one answer. */
const mostGuards = 4;

function guardsFor(source: Source, code: CodeFunction): readonly string[] {
  const { syntax } = source;
  const missing = code.parameters.filter((parameter) => mayMiss(source, code, parameter)).slice(0, mostGuards);
  switch (syntax.family) {
    case 'script':
      return missing.map(
        ({ name }) =>
          `if (${name} == null) throw new TypeError(${quoted(source, `${code.name}: ${name} is missing`)})${styleOf(source).end}`,
      );
    case 'python':
      return missing.flatMap(({ name }) => [
        `if ${name} is None:`,
        `${source.unit}raise ValueError(${quoted(source, `${name} is missing`)})`,
      ]);
    case 'go':
      return goGuards(source, code);
    case 'rust':
      return rustGuards(source, code);
    case 'c':
      return cGuards(source, code);
    case 'java':
      return missing.filter(({ type }) => !isPrimitive(type)).flatMap(({ name }) => checkIn(syntax.language, name));
    default:
      return [];
  }
}

function checkIn(language: string, name: string): readonly string[] {
  switch (language) {
    case 'java':
    case 'groovy':
      return [`java.util.Objects.requireNonNull(${name}, "${name} is missing");`];
    case 'csharp':
      return [`ArgumentNullException.ThrowIfNull(${name});`];
    case 'php':
      return [`if (${name} === null) throw new InvalidArgumentException('${name.replace('$', '')} is missing');`];
    default:
      return [];
  }
}

function isPrimitive(type: string | undefined): boolean {
  return /^(?:final\s+)?(?:int|long|short|byte|char|float|double|boolean|bool|u?int\d*|decimal)$/.test(type ?? '');
}

/** Given by the caller, not allowed to be absent by its type, and not looked at in this way by the code. */
function mayMiss({ masked }: Source, { body }: CodeFunction, { name, type, rest, optional }: Parameter): boolean {
  if (
    name === '' ||
    optional ||
    rest !== '' ||
    /\bnull\b|\bundefined\b|\bNone\b|\bOptional\b|\?$|\bunknown\b|\bany\b|\bboolean\b|^bool$/.test(type ?? '')
  )
    return false;
  const own = masked.slice(body?.from, body?.to);
  const escaped = name.replaceAll('$', '\\$');
  return !new RegExp(
    `!${escaped}(?![\\w$.(])|(?<![\\w$.])${escaped} (?:===?|!==?|is(?: not)?) (?:null|undefined|None|nil)\\b|not ${escaped}(?![\\w.])|typeof ${escaped}(?![\\w$.])|${escaped}\\?\\.|${escaped} \\?\\?|ThrowIfNull\\(${escaped}|requireNonNull\\(${escaped}|isinstance\\(${escaped}`,
  ).test(own);
}

/** Behind a docstring and directives; a call of `super` goes first. */
function bodyStart(source: Source, first: number, behind: number): number {
  let line = first;
  while (line < behind - 1 && isBlank(source.lines[line] ?? '')) line++;
  const opening = /^\s*(?:[rRuUbB]{0,2}("""|'''))/.exec(source.lines[line] ?? '')?.[1];
  if (opening !== undefined && source.syntax.byIndent) {
    const rest = (source.lines[line] ?? '').split(opening).length > 2;
    if (!rest) for (line++; line < behind && !(source.lines[line] ?? '').includes(opening); line++);
    return Math.min(behind, line + 1);
  }
  const isText = /^\s*["']/.test(source.lines[line] ?? '') && /^\s*"+;?\s*$/.test(source.maskedLine(line));
  const isSuper = /^\s*super\(.*\);?\s*$/.test(source.maskedLine(line));
  return isText || isSuper ? Math.min(behind, line + 1) : first;
}
