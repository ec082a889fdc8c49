/** Takes out what is imported or declared and never used. What a value does when it is computed is kept. */
import type { Change } from './changes.ts';
import { removedImport } from './fixImports.ts';
import { lineChange } from './job.ts';
import { occurrencesOf } from './occurrences.ts';
import { indentOf, type Source } from './source.ts';
import type { Trouble } from './trouble.ts';

const messages: readonly RegExp[] = [
  /'([^']+)' is (?:declared but (?:its value is never|never) (?:read|used)|defined but never used|assigned a value but (?:never|only) used)/,
  /"([^"]+)" is not accessed/,
  /"([^"]+)" imported and not used/,
  /[`'"]([^`'"]+)[`'"] imported but unused/,
  /local variable [`'"](\w+)[`'"] is assigned to but never used/i,
  /declared and not used: (\w+)/,
  /^(\w+) declared (?:and|but) not used/,
  /(?:Included header|include of) ['"<]?([\w./]+)['">]? is not used/i,
  /unused imports?:? [`'"‘]?([\w:.{}, *]+?)[`'"’]?(?:$|[\s(])/i,
  /unused (?:local )?(?:variable|parameter|argument|binding):? [`'"‘]?([\w$]+)/i,
  /(?:import|variable|parameter|binding) [`'"‘]?([\w$]+)[`'"’]? is (?:unused|never used)/i,
];

export function fixUnused({ source, line, message }: Trouble): readonly Change[] {
  if (/All imports in import declaration are unused/.test(message)) return removedImport(source, line, undefined);
  const name = messages.map((pattern) => pattern.exec(message)?.[1]).find((found) => found !== undefined);
  if (name === undefined) return /\bThis import is unused/.test(message) ? removedImport(source, line, undefined) : [];
  const imported = removedImport(source, line, name);
  if (imported.length > 0) return imported;
  return /^[\w$]+$/.test(name) ? removedVariable(source, line, name) : [];
}

function removedVariable(source: Source, line: number, name: string): readonly Change[] {
  const text = source.lines[line] ?? '';
  // With a second use it is not this line's declaration that is unused.
  if (occurrencesOf(source, name).filter((at) => source.lineAt(at) === line).length !== 1) return [];
  switch (source.syntax.family) {
    case 'script':
      return scriptVariable(source, line, text, name);
    case 'python':
      return pythonVariable(source, line, text, name);
    case 'rust':
      return named(text, name).map((own) => lineChange(line, own));
    case 'go':
      return goVariable(line, text, name);
    default:
      return declaredInC(source, line, text, name);
  }
}

function escaped(name: string): string {
  return name.replaceAll('$', '\\$');
}

/** Only a value that is on the line as a whole. */
function isWhole(masked: string): boolean {
  let depth = 0;
  for (const character of masked) {
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    if (depth < 0) return false;
  }
  return depth === 0 && !/[,=+*/&|?:.(-]$/.test(masked.trimEnd());
}

function removal(line: number): readonly Change[] {
  return [{ from: line, to: line + 1, lines: [] }];
}

/** A call may do something: it stays, its result goes. */
function withoutName(source: Source, line: number, value: string, text: string): readonly Change[] {
  if (!isWhole(source.maskedLine(line))) return [];
  const doesSomething =
    /[\w)\]]\s*\(|\bawait\b|\bnew\b|\+\+|--|`/.test(value) &&
    !/^(?:async\s*)?(?:\([^()]*\)|[\w$]+)\s*=>|^function\b/.test(value);
  return doesSomething ? [lineChange(line, `${indentOf(text)}${value}`)] : removal(line);
}

function scriptVariable(source: Source, line: number, text: string, name: string): readonly Change[] {
  const single = new RegExp(
    `^\\s*(?:const|let|var)\\s+${escaped(name)}\\s*(?::[^=]*)?(?:=(?![=>])\\s*(.*?))?;?\\s*$`,
  ).exec(text);
  if (single !== null)
    return single[1] === undefined
      ? removal(line)
      : withoutName(source, line, single[1] + (text.trimEnd().endsWith(';') ? ';' : ''), text);
  const pattern = /^\s*(?:const|let|var)\s+\{([^{}]*)\}\s*=/.exec(text)?.[1];
  if (pattern !== undefined && !pattern.includes('...')) {
    const items = pattern.split(',').map((item) => item.trim());
    const kept = items.filter(
      (item) => item !== '' && !new RegExp(`^(?:[\\w$]+\\s*:\\s*)?${escaped(name)}(?:\\s*=.*)?$`).test(item),
    );
    if (kept.length === 0) return [];
    return [lineChange(line, text.replace(`{${pattern}}`, `{ ${kept.join(', ')} }`))];
  }
  const caught = text.replace(new RegExp(`catch\\s*\\(\\s*${escaped(name)}\\s*(?::\\s*\\w+\\s*)?\\)`), 'catch');
  return caught === text ? parameterNamed(source, line, text, name) : [lineChange(line, caught)];
}

/** A parameter keeps its place and says by its name that it is not used. */
function parameterNamed(source: Source, line: number, text: string, name: string): readonly Change[] {
  const isParameter = /[(,]\s*(?:\.\.\.)?$/.test(
    source.masked.slice(0, occurrencesOf(source, name).find((at) => source.lineAt(at) === line) ?? 0).slice(-200),
  );
  return isParameter ? named(text, name).map((own) => lineChange(line, own)) : [];
}

function named(text: string, name: string): readonly string[] {
  const own = text.replace(new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`), `_${name}`);
  return name.startsWith('_') || own === text ? [] : [own];
}

function pythonVariable(source: Source, line: number, text: string, name: string): readonly Change[] {
  const handler = new RegExp(`\\s+as\\s+${name}(?=\\s*:)`);
  if (/^\s*(?:except|with)\b/.test(text) && handler.test(text)) return [lineChange(line, text.replace(handler, ''))];
  const single = new RegExp(`^\\s*${name}\\s*(?::[^=]*)?=(?!=)\\s*(.*?)\\s*$`).exec(text);
  if (single === null)
    return named(text, name)
      .filter(() => /^\s*for\b/.test(text))
      .map((own) => lineChange(line, own));
  const changes = withoutName(source, line, single[1] ?? '', text);
  // A block must not be empty.
  return changes.map((change) =>
    change.lines.length === 0 && isOnlyLine(source, line) ? lineChange(line, `${indentOf(text)}pass`) : change,
  );
}

function isOnlyLine(source: Source, line: number): boolean {
  const indent = indentOf(source.lines[line] ?? '').length;
  const isOpener = /:\s*$/.test(source.maskedLine(line - 1));
  return isOpener && indentOf(source.lines[line + 1] ?? '').length < indent;
}

function goVariable(line: number, text: string, name: string): readonly Change[] {
  const declared = new RegExp(`^\\s*var\\s+${name}\\s+[^=]+$`).test(text);
  if (declared) return removal(line);
  const single = new RegExp(`^(\\s*)${name}\\s*:=`).exec(text);
  if (single !== null) return [lineChange(line, text.replace(single[0], `${single[1]}_ =`))];
  const list = /^\s*((?:\w+\s*,\s*)+\w+)\s*:=/.exec(text)?.[1];
  const names = list?.split(/\s*,\s*/) ?? [];
  const left = names.map((each) => (each === name ? '_' : each));
  if (list === undefined || !names.includes(name)) return [];
  const isNew = left.some((each) => each !== '_');
  return [lineChange(line, text.replace(list, left.join(', ')).replace(isNew ? /$^/ : ':=', '='))];
}

function declaredInC(source: Source, line: number, text: string, name: string): readonly Change[] {
  const single = new RegExp(
    `^\\s*(?:const\\s+|static\\s+|final\\s+|unsigned\\s+|struct\\s+)*[A-Za-z_][\\w<>:]*[\\s*&]+${escaped(name)}(?:\\[[^\\]]*\\])?\\s*(?:=(?!=)\\s*(.*?))?;\\s*$`,
  ).exec(text);
  if (single === null || /^\s*(?:return|goto|case)\b/.test(text)) return [];
  return single[1] === undefined ? removal(line) : withoutName(source, line, `${single[1]};`, text);
}
