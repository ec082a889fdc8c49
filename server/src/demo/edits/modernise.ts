/** Replaces outdated constructs where that certainly changes nothing else. */
import type { Change } from './changes.ts';
import { applied, tidied } from './changes.ts';
import { inserted } from './insertions.ts';
import type { Job, Outcome } from './job.ts';
import { arrowFunctions } from './modernArrows.ts';
import { formattedStrings } from './modernPython.ts';
import { templateLiterals } from './modernStrings.ts';
import { blockVariables } from './modernVariables.ts';
import { createSource, isLong, type Source } from './source.ts';

interface Step {
  /** As it is told. */
  readonly name: string;
  readonly run: (source: Source, from: number, to: number) => readonly Change[];
}

/** Each step keeps the number of lines, so that the next one finds its lines. */
export function modernise({ source, from, to }: Job): Outcome {
  let current = source;
  const done: string[] = [];
  for (const { name, run } of stepsFor(source)) {
    const changes = tidied(current.lines, run(current, from, to), Number.POSITIVE_INFINITY);
    const lines = applied(current.lines, changes);
    if (changes.length === 0 || lines.length !== source.lines.length) continue;
    done.push(name);
    current = createSource(source.path, source.syntax.language, lines);
  }
  if (done.length === 0) return { text: 'The rules find nothing here that is out of date.' };
  const changes = source.lines.flatMap((line, index) => {
    const own = current.lines[index] ?? '';
    return own === line ? [] : [{ from: index, to: index + 1, lines: [own] }];
  });
  return { text: `Newer ways of saying the same: ${done.join(', ')}.`, changes };
}

function stepsFor({ syntax }: Source): readonly Step[] {
  switch (syntax.family) {
    case 'script':
      return [
        { name: '`const` and `let`', run: blockVariables },
        { name: 'template literals', run: templateLiterals },
        { name: 'arrow functions', run: arrowFunctions },
      ];
    case 'python':
      return [
        { name: 'f-strings', run: formattedStrings },
        { name: 'classes without `object`', run: byPattern(/^(\s*class \w+)\(object\):/, '$1:') },
      ];
    case 'go':
      return [{ name: '`any`', run: byPattern(/\binterface\{\}/g, 'any') }];
    case 'rust':
      return [{ name: 'the `?` operator', run: byPattern(/\btry!\(([\w.:&]*(?:\([\w.:&, ]*\))?)\)/g, '$1?') }];
    case 'c':
      return syntax.language === 'c'
        ? [
            {
              name: 'prototypes',
              run: byPattern(
                /^((?:static |extern |inline |const |unsigned |struct )*\w+[ *]+\w+)\(\)(?=\s*(?:\{|;)?\s*$)/,
                '$1(void)',
              ),
            },
          ]
        : [{ name: '`nullptr`', run: byPattern(/\bNULL\b/g, 'nullptr') }];
    default:
      return [];
  }
}

/** In code only: where comments and strings are, nothing is replaced. */
function byPattern(pattern: RegExp, to: string): Step['run'] {
  return (source, from, to_) => {
    const changes: Change[] = [];
    for (let line = from; line <= to_ && line < source.lines.length; line++) {
      const masked = source.maskedLine(line);
      const text = source.lines[line] ?? '';
      if (isLong(text)) continue;
      const simpler = replacedInCode(text, masked, pattern, to);
      if (simpler !== text) changes.push({ from: line, to: line + 1, lines: [simpler] });
    }
    return changes;
  };
}

function replacedInCode(text: string, masked: string, pattern: RegExp, to: string): string {
  const all = new RegExp(pattern, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`);
  const insertions = [...masked.matchAll(all)].flatMap(({ 0: whole, index }) =>
    text.slice(index, index + whole.length) === whole
      ? [{ at: index, text: whole.replace(pattern, to), drop: whole.length }]
      : [],
  );
  return inserted(text, insertions);
}
