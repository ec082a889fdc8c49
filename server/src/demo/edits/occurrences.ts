/** Where each name of a file stands in its code, code inside of strings included. */
import type { Source } from './source.ts';

const views = new WeakMap<Source, string>();
const indexes = new WeakMap<Source, ReadonlyMap<string, readonly number[]>>();

/** The masked code, with what stands in the holes of template literals and f-strings. As long as the text. */
export function codeView(source: Source): string {
  const view = views.get(source) ?? withHoles(source);
  views.set(source, view);
  return view;
}

/** Offsets, rising. What is taken from an object (`a.name`) is another name. */
export function occurrencesOf(source: Source, name: string): readonly number[] {
  const index = indexes.get(source) ?? indexOf(codeView(source));
  indexes.set(source, index);
  return index.get(name) ?? [];
}

/** All names in order of their first occurrence. */
export function namesOf(source: Source): readonly string[] {
  occurrencesOf(source, '');
  return [...(indexes.get(source)?.keys() ?? [])];
}

function withHoles({ text, masked, syntax }: Source): string {
  const hole = syntax.family === 'script' ? /\$\{([^{}]*)\}/g : /\{([^{}\n]*)\}/g;
  if (syntax.family !== 'script' && !['python', 'rust', 'java'].includes(syntax.family)) return masked;
  const pieces: string[] = [];
  let at = 0;
  for (const match of text.matchAll(hole)) {
    const start = match.index + match[0].length - 1 - (match[1] ?? '').length;
    const end = match.index + match[0].length - 1;
    if (masked.slice(start, end) === text.slice(start, end)) continue;
    // A format behind a colon is no code.
    const code = syntax.family === 'script' ? (match[1] ?? '') : (match[1] ?? '').replace(/[!:].*$/, '');
    pieces.push(masked.slice(at, start), code);
    at = start + code.length;
  }
  pieces.push(masked.slice(at));
  return pieces.join('');
}

function indexOf(view: string): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  for (const match of view.matchAll(/[A-Za-z_$\u00aa-\uffff][\w$\u00aa-\uffff]*/g)) {
    const before = view.charAt(match.index - 1);
    const isMember = before === '.' && view.charAt(match.index - 2) !== '.';
    if (isMember || /\d/.test(before)) continue;
    const own = index.get(match[0]);
    if (own === undefined) index.set(match[0], [match.index]);
    else own.push(match.index);
  }
  return index;
}
