/** How an extracted function and its call are written in each language. */
import type { Stretch } from './extractChecks.ts';
import type { CodeFunction } from './functions.ts';
import { indentOf, isBlank, type Source } from './source.ts';
import { styleOf } from './style.ts';
import { isTyped } from './syntax.ts';

export interface Value {
  readonly name: string;
  readonly type: string | undefined;
  /** How it was declared. */
  readonly word: string;
  /** Declared by the lines themselves. */
  readonly isNew: boolean;
  /** Gets another value in the lines. */
  readonly changes: boolean;
}

export interface Extraction {
  readonly name: string;
  readonly stretch: Stretch;
  readonly around: CodeFunction | undefined;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** The lines end by returning from the function. */
  readonly returns: boolean;
  readonly isAsync: boolean;
  /** `this` or `self` stands in the lines. */
  readonly usesSelf: boolean;
}

export interface Form {
  /** The new function, as it stands in the file. */
  readonly lines: readonly string[];
  /** Without the indentation of where the lines were. */
  readonly call: readonly string[];
}

/** Undefined where the language is not known, or where a type is needed and does not show. */
export function written(source: Source, extraction: Extraction): Form | undefined {
  switch (source.syntax.family) {
    case 'script':
      return scriptForm(source, extraction);
    case 'python':
      return pythonForm(source, extraction);
    case 'go':
      return goForm(source, extraction);
    case 'rust':
      return rustForm(source, extraction);
    case 'c':
      return cForm(source, extraction);
    case 'java':
      return ['java', 'csharp'].includes(source.syntax.language) ? cForm(source, extraction) : undefined;
    default:
      return undefined;
  }
}

/** The lines, moved to where the body of the new function is. */
function bodyOf(source: Source, { stretch }: Extraction, indent: string): readonly string[] {
  return source.lines.slice(stretch.first, stretch.last + 1).map((text, index) => {
    const isText = source.layers[stretch.first + index]?.inString === true;
    return isText || isBlank(text) || !text.startsWith(stretch.indent)
      ? text
      : indent + text.slice(stretch.indent.length);
  });
}

function outerIndent(source: Source, around: CodeFunction | undefined): string {
  return around === undefined ? '' : indentOf(source.lines[around.firstLine] ?? '');
}

function names(values: readonly Value[]): string {
  return values.map(({ name }) => name).join(', ');
}

function isMethod({ around }: Extraction): boolean {
  return around !== undefined && (around.symbol.kind === 6 || around.symbol.kind === 9);
}

/** The modifiers before the name of the function that the lines come from. */
function headOf(source: Source, { around }: Extraction): string {
  return around === undefined ? '' : source.masked.slice(around.start, around.open < 0 ? around.close : around.open);
}

function scriptForm(source: Source, extraction: Extraction): Form | undefined {
  const { name, inputs, outputs, returns, isAsync, usesSelf, around } = extraction;
  if (usesSelf && !isMethod(extraction)) return undefined;
  const { end } = styleOf(source);
  const indent = outerIndent(source, around);
  const isStatic = /\bstatic\b/.test(headOf(source, extraction));
  const method = `${isTyped(source.syntax) ? 'private ' : ''}${isStatic ? 'static ' : ''}`;
  const parameters = inputs.map((input) =>
    isTyped(source.syntax) ? `${input.name}: ${input.type ?? 'any'}` : input.name,
  );
  const generics = /<[^()]*>\s*$/.exec(headOf(source, extraction))?.[0].trim() ?? '';
  const head = `${isMethod(extraction) ? method : ''}${isAsync ? 'async ' : ''}${isMethod(extraction) ? '' : 'function '}${name}${generics}(${parameters.join(', ')}) {`;
  // Without it the compiler would take all of them for one type.
  const list = outputs.length > 1 ? `[${names(outputs)}]${isTyped(source.syntax) ? ' as const' : ''}` : names(outputs);
  const back = outputs.length === 0 ? [] : [`${indent}${source.unit}return ${list}${end}`];
  const called = `${isAsync ? 'await ' : ''}${isMethod(extraction) ? 'this.' : ''}${name}(${names(inputs)})`;
  return {
    lines: [`${indent}${head}`, ...bodyOf(source, extraction, indent + source.unit), ...back, `${indent}}`],
    call: scriptCall(returns, outputs, called, end),
  };
}

function scriptCall(returns: boolean, outputs: readonly Value[], called: string, end: string): readonly string[] {
  if (returns) return [`return ${called}${end}`];
  const [only] = outputs;
  if (only === undefined) return [`${called}${end}`];
  const made = outputs.filter(({ isNew }) => isNew);
  const word = made.some((value) => value.word !== 'const') ? 'let' : 'const';
  const target = outputs.length === 1 ? only.name : `[${names(outputs)}]`;
  if (made.length === outputs.length) return [`${word} ${target} = ${called}${end}`];
  const declared = made.map((value) => `let ${value.name}${end}`);
  const guard = end === '' && target.startsWith('[') ? ';' : '';
  return [...declared, `${guard}${target} = ${called}${end}`];
}

function pythonForm(source: Source, extraction: Extraction): Form | undefined {
  const { name, inputs, outputs, returns, isAsync, around } = extraction;
  const first = isMethod(extraction)
    ? /^\(\s*(self|cls)\b/.exec(source.masked.slice(around?.open, (around?.open ?? 0) + 40))?.[1]
    : undefined;
  if (first === 'cls' || (extraction.usesSelf && first === undefined)) return undefined;
  const indent = outerIndent(source, around);
  const own = first === undefined ? name : `_${name}`;
  const head = `${indent}${isAsync ? 'async ' : ''}def ${own}(${[...(first === undefined ? [] : [first]), ...inputs.map((input) => input.name)].join(', ')}):`;
  const back = outputs.length === 0 ? [] : [`${indent}${source.unit}return ${names(outputs)}`];
  const called = `${isAsync ? 'await ' : ''}${first === undefined ? '' : `${first}.`}${own}(${names(inputs)})`;
  const call = returns ? `return ${called}` : outputs.length === 0 ? called : `${names(outputs)} = ${called}`;
  return { lines: [head, ...bodyOf(source, extraction, indent + source.unit), ...back], call: [call] };
}

function goForm(source: Source, extraction: Extraction): Form | undefined {
  const { name, outputs, returns, around, inputs } = extraction;
  const receiver = inputs.find(({ word }) => word === 'receiver');
  const given = inputs.filter((input) => input !== receiver);
  if ([...given, ...outputs].some(({ type }) => type === undefined)) return undefined;
  const result = returns ? (around?.result ?? '') : goResult(outputs);
  const head = `func ${receiver === undefined ? '' : `(${receiver.name} ${receiver.type}) `}${name}(${given.map((input) => `${input.name} ${input.type}`).join(', ')})${result === '' ? '' : ` ${result}`} {`;
  const back = outputs.length === 0 ? [] : [`${source.unit}return ${names(outputs)}`];
  const called = `${receiver === undefined ? '' : `${receiver.name}.`}${name}(${names(given)})`;
  const made = outputs.filter(({ isNew }) => isNew);
  const isAllNew = made.length === outputs.length;
  const declared = isAllNew ? [] : made.map((value) => `var ${value.name} ${value.type}`);
  const isReturn = returns && result !== '';
  const call = isReturn
    ? [`return ${called}`]
    : returns
      ? [called, 'return']
      : outputs.length === 0
        ? [called]
        : [...declared, `${names(outputs)} ${isAllNew ? ':=' : '='} ${called}`];
  return { lines: [head, ...bodyOf(source, extraction, source.unit), ...back, '}'], call };
}

function goResult(outputs: readonly Value[]): string {
  const types = outputs.map(({ type }) => type ?? '');
  return types.length > 1 ? `(${types.join(', ')})` : types.join('');
}

/** Only values that are copied: the rules know nothing of who owns what. */
function rustForm(source: Source, extraction: Extraction): Form | undefined {
  const { name, inputs, outputs, returns, around, usesSelf, isAsync } = extraction;
  const isCopied = ({ type = '' }: Value) => /^(?:[iuf](?:8|16|32|64|128|size)|bool|char|&(?!mut)[\s\S]+)$/.test(type);
  const self = usesSelf
    ? /\(\s*(&(?:'\w+\s+)?(?:mut\s+)?self)\b/.exec(source.masked.slice(around?.open, (around?.open ?? 0) + 60))?.[1]
    : undefined;
  if (!inputs.every(isCopied) || outputs.some(({ type }) => type === undefined) || (usesSelf && self === undefined))
    return undefined;
  const generics = /<[^()]*>\s*$/.exec(headOf(source, extraction))?.[0].trim() ?? '';
  const indent = outerIndent(source, around);
  const types = outputs.map(({ type }) => type ?? '');
  const result = returns ? (around?.result ?? '') : types.length > 1 ? `(${types.join(', ')})` : types.join('');
  const given = [
    ...(self === undefined ? [] : [self]),
    ...inputs.map((input) => `${input.changes ? 'mut ' : ''}${input.name}: ${input.type}`),
  ];
  const head = `${indent}${isAsync ? 'async ' : ''}fn ${name}${generics}(${given.join(', ')})${result === '' ? '' : ` -> ${result}`} {`;
  const list = outputs.length > 1 ? `(${names(outputs)})` : names(outputs);
  const owner = isMethod(extraction) ? (self === undefined ? 'Self::' : 'self.') : '';
  const called = `${owner}${name}(${names(inputs)})${isAsync ? '.await' : ''}`;
  const made = outputs.filter(({ isNew }) => isNew);
  const isAllNew = made.length === outputs.length && outputs.length > 0;
  const pattern =
    outputs.length > 1 ? `(${outputs.map((value) => `mut ${value.name}`).join(', ')})` : `mut ${names(outputs)}`;
  const call = returns
    ? [`return ${called};`]
    : outputs.length === 0
      ? [`${called};`]
      : isAllNew
        ? [`let ${pattern} = ${called};`]
        : [...made.map((value) => `let ${value.name};`), `${list} = ${called};`];
  const back = outputs.length === 0 ? [] : [`${indent}${source.unit}${list}`];
  return {
    lines: [`${indent}${head.trimStart()}`, ...bodyOf(source, extraction, indent + source.unit), ...back, `${indent}}`],
    call,
  };
}

/** One value comes back at most. */
function cForm(source: Source, extraction: Extraction): Form | undefined {
  const { name, inputs, outputs, returns, around, usesSelf } = extraction;
  const isClass = source.syntax.family === 'java';
  const head = headOf(source, extraction);
  if (outputs.length > 1 || [...inputs, ...outputs].some(({ type }) => type === undefined)) return undefined;
  if (!isClass && (isMethod(extraction) || usesSelf || /::/.test(head) || /\btemplate\b/.test(head))) return undefined;
  const indent = outerIndent(source, around);
  const type = (value: Value) => (value.type ?? '').trim();
  const joined = (value: Value) =>
    type(value).endsWith('*') ? `${type(value)}${value.name}` : `${type(value)} ${value.name}`;
  const result = returns ? (around?.result ?? 'void') : outputs.map(type).join('') || 'void';
  const words = isClass ? `private ${/\bstatic\b/.test(head) ? 'static ' : ''}` : 'static ';
  const back = outputs.length === 0 ? [] : [`${indent}${source.unit}return ${names(outputs)};`];
  const called = `${name}(${names(inputs)});`;
  const [only] = outputs;
  const isReturn = returns && result !== 'void';
  const call = isReturn
    ? [`return ${called}`]
    : returns
      ? [called, 'return;']
      : only === undefined
        ? [called]
        : [`${only.isNew ? joined(only) : only.name} = ${called}`];
  const parameters = inputs.map(joined).join(', ') || (source.syntax.language === 'c' ? 'void' : '');
  const open = `${indent}${words}${result.endsWith('*') ? result : `${result} `}${name}(${parameters}) {`;
  return { lines: [open, ...bodyOf(source, extraction, indent + source.unit), ...back, `${indent}}`], call };
}
