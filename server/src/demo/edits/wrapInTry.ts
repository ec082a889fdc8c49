/** Wraps lines into a block that catches errors, says where they came from, and passes them on. */
import { declarationsIn } from './declarations.ts';
import { isAmongMembers, refusalFor, type Stretch, stretchOf } from './extractChecks.ts';
import { functionsOf } from './functions.ts';
import type { Job, Outcome } from './job.ts';
import { occurrencesOf } from './occurrences.ts';
import { isBlank, type Source } from './source.ts';
import { quoted, styleOf } from './style.ts';

export function wrapInTry(job: Job): Outcome {
  const { source } = job;
  const lines = linesToWrap(job);
  const stretch = lines === undefined ? undefined : stretchOf(source, lines.from, lines.to);
  if (stretch === undefined) return { text: 'The rules find no lines here that can be wrapped.' };
  if (isAmongMembers(source, stretch)) return { text: 'The rules find no lines here that can be wrapped.' };
  const form = formFor(source, lines?.name ?? 'This');
  if (form === undefined) return { text: 'This language has no try block that the rules know.' };
  const refusal = refusalFor(source, stretch);
  const isUnbalanced = /whole statements|import or export/.test(refusal ?? '');
  const end =
    functionsOf(source).findLast(({ start, end: last }) => start <= stretch.start && stretch.end <= last)?.end ??
    source.masked.length;
  const isSeen = !source.syntax.byIndent && namesSeenBehind(source, stretch, end);
  if (isUnbalanced || isSeen)
    return { text: 'The lines declare what is used behind them, or are no whole statements: the rules leave them.' };
  const body = source.lines
    .slice(stretch.first, stretch.last + 1)
    .map((text, index) =>
      isBlank(text) || source.layers[stretch.first + index]?.inString === true ? text : source.unit + text,
    );
  const wrapped = [stretch.indent + form.open, ...body, ...form.close.map((line) => stretch.indent + line)];
  return {
    text: 'Errors of these lines now say where they came from, and go on.',
    changes: [{ from: stretch.first, to: stretch.last + 1, lines: wrapped }],
  };
}

/** Whether a name that the lines declare stands behind them, up to `end`. */
function namesSeenBehind(source: Source, stretch: Stretch, end: number): boolean {
  const declared = declarationsIn(source, stretch.start, stretch.end).filter(({ word }) => word !== 'var');
  const names = new Set(declared.map(({ name }) => name));
  return [...names].some((name) => occurrencesOf(source, name).some((at) => at >= stretch.end && at < end));
}

/** The inside of the function where its head is selected as well. */
function linesToWrap({ source, from, to }: Job) {
  const whole = functionsOf(source).find(
    ({ firstLine, body }) => firstLine >= from && firstLine <= to && body !== undefined && body.behind > body.first,
  );
  if (whole?.body === undefined) {
    const around = functionsOf(source).findLast(({ firstLine, lastLine }) => firstLine <= from && to <= lastLine);
    return { from, to, name: around?.name ?? 'This' };
  }
  const { first, behind } = whole.body;
  const start = source.syntax.byIndent ? behindDocstring(source, first, behind) : first;
  return start >= behind ? undefined : { from: start, to: behind - 1, name: whole.name };
}

function behindDocstring(source: Source, first: number, behind: number): number {
  const quote = /^\s*[rRuU]?("""|''')/.exec(source.lines[first] ?? '')?.[1];
  if (quote === undefined) return first;
  let line = first;
  if ((source.lines[first] ?? '').split(quote).length <= 2)
    for (line++; line < behind && !(source.lines[line] ?? '').includes(quote); line++);
  return line + 1;
}

function formFor(
  source: Source,
  name: string,
): { readonly open: string; readonly close: readonly string[] } | undefined {
  const { unit, syntax } = source;
  const { end } = styleOf(source);
  const says = quoted(source, `${name} failed`);
  switch (syntax.family) {
    case 'script':
      return {
        open: 'try {',
        close: ['} catch (error) {', `${unit}throw new Error(${says}, { cause: error })${end}`, '}'],
      };
    case 'python':
      return { open: 'try:', close: ['except Exception as error:', `${unit}raise RuntimeError(${says}) from error`] };
    case 'c':
      return syntax.language === 'cpp'
        ? { open: 'try {', close: ['} catch (...) {', `${unit}throw;`, '}'] }
        : undefined;
    case 'java':
      return javaForm(syntax.language, unit, says);
    default:
      return undefined;
  }
}

function javaForm(language: string, unit: string, says: string) {
  switch (language) {
    case 'java':
      return {
        open: 'try {',
        close: ['} catch (RuntimeException error) {', `${unit}throw new RuntimeException(${says}, error);`, '}'],
      };
    case 'csharp':
      return {
        open: 'try {',
        close: ['} catch (Exception error) {', `${unit}throw new InvalidOperationException(${says}, error);`, '}'],
      };
    case 'php':
      return {
        open: 'try {',
        close: ['} catch (Throwable $error) {', `${unit}throw new RuntimeException(${says}, 0, $error);`, '}'],
      };
    case 'kotlin':
      return {
        open: 'try {',
        close: ['} catch (error: Exception) {', `${unit}throw RuntimeException(${says}, error)`, '}'],
      };
    default:
      return undefined;
  }
}
