/** Adds the types that the code shows: annotations in TypeScript and Python, JSDoc in JavaScript. */
import type { Change } from './changes.ts';
import { type CodeFunction, functionsIn } from './functions.ts';
import { type Insertion, insertedAt } from './insertions.ts';
import type { Job, Outcome } from './job.ts';
import type { Parameter } from './parameters.ts';
import type { Source } from './source.ts';
import { isTyped } from './syntax.ts';
import { parameterHint, resultHint } from './typeHints.ts';
import { typesInJsdoc } from './typesJsdoc.ts';

export function types({ source, from, to }: Job): Outcome {
  const { family } = source.syntax;
  if (family !== 'script' && family !== 'python')
    return { text: 'The rules add types to TypeScript, JavaScript and Python only.' };
  const functions = functionsIn(source, from, to);
  const changes =
    family === 'script' && !isTyped(source.syntax)
      ? functions.flatMap((code) => typesInJsdoc(source, code) ?? [])
      : annotations(source, functions);
  if (changes.length === 0) return { text: 'The rules find nothing here that lacks a type.' };
  return { text: `Types as far as the code shows them; ${fallback(source)} where it does not.`, changes };
}

function annotations(source: Source, functions: readonly CodeFunction[]): readonly Change[] {
  const insertions = functions.flatMap((code) => [
    ...code.parameters.flatMap((parameter) => parameterType(source, code, parameter)),
    ...resultType(source, code),
  ]);
  return insertedAt(source, insertions);
}

function fallback({ syntax }: Source): string {
  return syntax.byIndent ? '`object`' : '`unknown`';
}

export function parameterType(source: Source, code: CodeFunction, parameter: Parameter): readonly Insertion[] {
  const { name, type, nameEnd, start, rest, value } = parameter;
  if (type !== undefined) return [];
  if (name === '') return patternType(source, parameter);
  const isScript = source.syntax.family === 'script';
  const other = isScript ? (rest === '' ? 'unknown' : 'unknown[]') : value === 'None' ? 'object | None' : 'object';
  const hint = parameterHint(source, code, parameter) ?? other;
  // In Python, `name=1` becomes `name: int = 1`.
  const spaced = !isScript && value !== undefined && source.masked.charAt(nameEnd) === '=' ? ` = ${value}` : '';
  const annotation = { at: nameEnd, text: `: ${hint}${spaced}`, drop: spaced === '' ? 0 : parameter.end - nameEnd };
  if (code.open >= 0) return [annotation];
  return [
    { at: start, text: '(', drop: 0 },
    { ...annotation, text: `${annotation.text})` },
  ];
}

/** `{ a, b }` gets a type with the same names; patterns with more in them are left. */
function patternType(source: Source, { start, nameEnd, value }: Parameter): readonly Insertion[] {
  const pattern = source.masked.slice(start, nameEnd);
  const names = /^\{\s*([\w$]+(?:\s*,\s*[\w$]+)*)\s*,?\s*\}$/.exec(pattern)?.[1]?.split(/\s*,\s*/);
  if (names === undefined) return [];
  return [
    {
      at: nameEnd,
      text: `: { ${names.map((name) => `${name}${value === '{}' ? '?' : ''}: unknown`).join('; ')} }`,
      drop: 0,
    },
  ];
}

/** Where nothing shows the result is left to the compiler, which knows more. */
function resultType(source: Source, code: CodeFunction): readonly Insertion[] {
  const { name, result, symbol, close, open } = code;
  const head = source.masked.slice(code.start, Math.max(code.start, open));
  const isSetter = /\bset\s+\S+\s*$/.test(head);
  if (result !== undefined || symbol.kind === 9 || name === 'constructor' || isSetter) return [];
  const hint = name === '__init__' ? 'None' : resultHint(source, code);
  if (hint === undefined) return [];
  // Without brackets the one for the parameter goes before it.
  return [{ at: close + 1, text: source.syntax.byIndent ? ` -> ${hint}` : `: ${hint}`, drop: 0 }];
}
