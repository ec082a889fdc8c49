/** Guards in Go: functions that return an error return one for what is missing. */
import type { Change } from './changes.ts';
import type { CodeFunction } from './functions.ts';
import { indentOf, type Source } from './source.ts';
import { wordsOf } from './words.ts';

export function goGuards(source: Source, code: CodeFunction): readonly string[] {
  const results = resultTypes(code.result ?? '');
  if (results.at(-1) !== 'error') return [];
  const zeros = valuesBesideError(source, code) ?? results.slice(0, -1).map(zeroOf);
  const inputs = [
    ...receiverOf(source, code),
    ...code.parameters.map(({ name, type = '', rest }) => ({ name, type: rest === '' ? type : '...', says: name })),
  ];
  const unit = source.unit;
  return inputs
    .flatMap(({ name, type, says }) => {
      const check = checkOf(name, type);
      return check === undefined || isChecked(source, code, check) ? [] : [{ check, says }];
    })
    .slice(0, 4)
    .flatMap(({ check, says }) => [
      `if ${check} {`,
      `${unit}return ${[...zeros, errorOf(source, `${code.name}: ${says} is missing`)].join(', ')}`,
      '}',
    ]);
}

/** What the guards call must be imported; the list of imports gets it in its order. */
export function importOfErrors(source: Source, guards: readonly string[]): readonly Change[] {
  return guards.some((line) => line.includes('errors.New(')) ? goImport(source, 'errors') : [];
}

/** Nothing when it is there. */
export function goImport(source: Source, name: string): readonly Change[] {
  const { lines } = source;
  const quoted = `"${name}"`;
  if (lines.some((line) => new RegExp(`^\\s*(?:import\\s+)?(?:\\w+\\s+)?${quoted}\\s*$`).test(line))) return [];
  const group = lines.findIndex((line) => /^import \(\s*$/.test(line));
  if (group >= 0) {
    let at = group + 1;
    while (at < lines.length && /^\s*"/.test(lines[at] ?? '') && (lines[at] ?? '').trim() < quoted) at++;
    return [{ from: at, to: at, lines: [`${indentOf(lines[group + 1] ?? '') || '\t'}${quoted}`] }];
  }
  const single = lines.findIndex((line) => /^import\s+(?:\w+\s+)?"/.test(line));
  if (single >= 0) return [{ from: single, to: single, lines: [`import ${quoted}`] }];
  const clause = lines.findIndex((line) => /^package\s/.test(line));
  return clause < 0 ? [] : [{ from: clause + 1, to: clause + 1, lines: ['', `import ${quoted}`] }];
}

/** `(time.Duration, error)`, `(n int, err error)`, `error`. */
function resultTypes(result: string): readonly string[] {
  const inner = result.replace(/^\(([\s\S]*)\)$/, '$1').trim();
  if (inner === '') return [];
  const parts = inner.split(/,(?![^([{]*[)\]}])/).map((part) => part.trim());
  const areNamed =
    result.startsWith('(') &&
    parts.some((part) => /^[a-z_]\w* +[^\s]/.test(part) && !/^(?:func|chan|map|struct|interface)\b/.test(part));
  if (!areNamed) return parts;
  let type = '';
  return parts
    .toReversed()
    .map((part) => {
      const own = /^\w+\s+([\s\S]+)$/.exec(part)?.[1];
      type = own ?? type;
      return type;
    })
    .toReversed();
}

/** What the function itself returns beside an error elsewhere. */
function valuesBesideError(source: Source, { body }: CodeFunction): readonly string[] | undefined {
  const own = source.text.slice(body?.from, body?.to);
  const match = /\breturn ((?:(?:nil|0|""|false|[\w.]+\{\}), )+)(?!nil\b)(?:err\b|Err\w*|errors\.|fmt\.Errorf)/.exec(
    own,
  );
  return match?.[1]?.split(', ').slice(0, -1);
}

function zeroOf(type: string): string {
  if (/^(?:\*|\[\]|map\[|chan\b|func\b|interface\b|any$|error$)/.test(type)) return 'nil';
  if (/^(?:u?int\d*|float\d+|byte|rune|uintptr|complex\d+)$/.test(type)) return '0';
  if (type === 'string') return '""';
  return type === 'bool' ? 'false' : `*new(${type})`;
}

function receiverOf(source: Source, { start, open }: CodeFunction) {
  const match = /^func\s*\(\s*(\w+)\s+\*\s*(\w+)/.exec(source.masked.slice(start, open));
  return match === null ? [] : [{ name: match[1] ?? '', type: '*', says: wordsOf(match[2] ?? '').join(' ') }];
}

function checkOf(name: string, type: string): string | undefined {
  if (name === '' || name === '_' || type === '...') return undefined;
  if (type === 'string') return `${name} == ""`;
  return /^(?:\*|\[\]|map\[|chan\b|func\b|interface\b|any$|context\.Context$|io\.\w+er$)/.test(type)
    ? `${name} == nil`
    : undefined;
}

function isChecked(source: Source, { body }: CodeFunction, check: string): boolean {
  const [name = ''] = check.split(' ');
  return new RegExp(`\\b${name} (?:==|!=) (?:nil|"")|len\\(${name}\\) [=<>!]`).test(
    source.text.slice(body?.from, body?.to),
  );
}

function errorOf(source: Source, message: string): string {
  const has = (name: string) => new RegExp(`^\\s*(?:import\\s+)?"${name}"\\s*$`, 'm').test(source.text);
  return has('fmt') && !has('errors') ? `fmt.Errorf("${message}")` : `errors.New("${message}")`;
}
