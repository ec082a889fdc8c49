/** The type of a local name, as far as its declaration shows it. Languages without types, and names that show none, get undefined. */
import type { Declaration } from './declarations.ts';
import type { CodeFunction } from './functions.ts';
import type { Source } from './source.ts';
import { isTyped } from './syntax.ts';
import { kindOf } from './typeHints.ts';

export function typeOfName(
  source: Source,
  around: CodeFunction | undefined,
  name: string,
  declaration: Declaration | undefined,
): string | undefined {
  const { family } = source.syntax;
  const parameter = around?.parameters.find((each) => each.name === name);
  const isParameter = declaration?.word === 'parameter' && parameter !== undefined;
  const type = isParameter ? parameter.type : declaration?.type;
  const value = isParameter ? parameter.value : declaration?.value;
  if (type !== undefined && type !== 'auto' && type !== 'var')
    return isParameter && parameter.rest === '...' && family === 'go' ? `[]${type}` : type;
  switch (family) {
    case 'script':
      return isTyped(source.syntax) ? scriptType(source, value) : undefined;
    case 'go':
      return name === 'err' ? 'error' : goType(value ?? '');
    case 'rust':
      return rustType(value ?? '');
    default:
      return undefined;
  }
}

function scriptType(source: Source, value: string | undefined): string | undefined {
  const kind = value === undefined ? undefined : kindOf(value, source);
  if (kind === 'number' || kind === 'float') return 'number';
  if (kind === 'string' || kind === 'boolean') return kind;
  return kind?.startsWith('class ') === true ? kind.slice('class '.length) : undefined;
}

const goShapes: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^-?\d+$/, () => 'int'],
  [/^-?\d*\.\d+$/, () => 'float64'],
  [/^(?:".*"|`.*`)$/, () => 'string'],
  [/^(?:true|false)$/, () => 'bool'],
  [/^(?:len|cap|copy)\(/, () => 'int'],
  [/^make\(((?:\[\]|map\[\w+\]|chan )[\w.*]+)/, (match) => match[1] ?? ''],
  [/^((?:\[\]|map\[\w+\])[\w.*]+)\{/, (match) => match[1] ?? ''],
  [/^&([A-Z][\w.]*|\w+\.[A-Z]\w*)\{/, (match) => `*${match[1]}`],
  [/^([A-Z]\w*|\w+\.[A-Z]\w*)\{/, (match) => match[1] ?? ''],
  [/^((?:u?int|float|complex)\d*|string|byte|rune|bool)\([^()]*\)$/, (match) => match[1] ?? ''],
  [/^(?:errors\.New|fmt\.Errorf)\(/, () => 'error'],
  [/^(?:fmt\.Sprintf?|strings\.(?:Trim\w*|To\w+|Replace\w*|Join|Repeat)|strconv\.Itoa)\(/, () => 'string'],
  [/^time\.Now\(\)$/, () => 'time.Time'],
  [/^strings\.(?:Split\w*|Fields)\(/, () => '[]string'],
  [/^[^"`]* (?:==|!=|<=?|>=?) [^"`&|]*$/, () => 'bool'],
];

function goType(value: string): string | undefined {
  return byShape(value, goShapes);
}

const rustShapes: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^-?\d[\d_]*$/, () => 'i32'],
  [/^-?\d[\d_]*\.\d*$/, () => 'f64'],
  [/^-?\d[\d_.]*([iuf](?:8|16|32|64|128|size))$/, (match) => match[1] ?? ''],
  [/^".*"$/, () => '&str'],
  [/^(?:true|false)$/, () => 'bool'],
  [/^'.*'$/, () => 'char'],
  [/^[\w.]+\.(?:len|count)\(\)$/, () => 'usize'],
  [/^(?:String::(?:new|from|with_capacity)\(.*\)|format!\(.*\)|.*\.(?:to_string|to_owned)\(\))$/, () => 'String'],
  [/^.* as ([iuf](?:8|16|32|64|128|size))$/, (match) => match[1] ?? ''],
];

function rustType(value: string): string | undefined {
  return byShape(value, rustShapes);
}

function byShape(
  value: string,
  shapes: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[],
): string | undefined {
  for (const [shape, type] of shapes) {
    const match = shape.exec(value.slice(0, 300));
    if (match !== null) return type(match);
  }
  return undefined;
}
