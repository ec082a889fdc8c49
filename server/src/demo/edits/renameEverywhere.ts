/** Renames a name in all the code of the file; strings, comments and the properties of other objects stay. */
import { counted, code as inCode } from '../wording.ts';
import { type Insertion, insertedAt } from './insertions.ts';
import type { Job, Outcome } from './job.ts';
import { codeView, occurrencesOf } from './occurrences.ts';
import { reserved } from './rename.ts';
import type { Source } from './source.ts';

export function renameEverywhere({ source }: Job, from: string, to: string): Outcome {
  if (from === to) return { text: `${inCode(from)} has this name already.` };
  if (occurrencesOf(source, to).length > 0)
    return { text: `${inCode(to)} is a name in this file already, so the rules rename nothing.` };
  if (reserved.has(from) || reserved.has(to))
    return { text: 'The language has that word already, so the rules rename nothing.' };
  const insertions = placesOf(source, from, to);
  if (insertions.length === 0) return { text: `The rules find no ${inCode(from)} in this file.` };
  const places = counted(insertions.length, 'place');
  return {
    text: `${inCode(from)} is now ${inCode(to)} in ${places} of this file; the rules do not look at others.`,
    changes: insertedAt(source, insertions),
  };
}

function placesOf(source: Source, from: string, to: string): readonly Insertion[] {
  const view = codeView(source);
  const isMember = source.symbols.some(({ name, kind }) => name === from && kind === 6);
  const found: Insertion[] = [];
  const open: string[] = [];
  const pattern = new RegExp(`(?<![\\w$])${from.replaceAll('$', '\\$')}(?![\\w$])|[()[\\]{}]`, 'g');
  for (const { 0: word, index } of view.matchAll(pattern)) {
    if ('([{'.includes(word)) open.push(word);
    else if (')]}'.includes(word)) open.pop();
    else {
      const text = wordAt(source, index, from, to, { isMember, bracket: open.at(-1) ?? '' });
      if (text !== undefined) found.push({ at: index, text, drop: from.length });
    }
  }
  return found;
}

/** What stands there then; undefined where it is another name. */
function wordAt(
  source: Source,
  at: number,
  from: string,
  to: string,
  { isMember, bracket }: { readonly isMember: boolean; readonly bracket: string },
): string | undefined {
  const { masked, syntax } = source;
  const before = masked.slice(Math.max(0, at - 60), at).trimEnd();
  const behind = masked.slice(at + from.length, at + from.length + 60).trimStart();
  const isTaken = /[^.]\.$|\?\.$|->$/.test(before);
  if (isTaken && !isMember) return undefined;
  if (syntax.family !== 'script' || bracket !== '{' || isMember) return to;
  const opens = /[{,]$/.test(before);
  if (opens && /^:(?!:)/.test(behind)) return undefined;
  if (!opens || !/^[,}]/.test(behind)) return to;
  // A short property keeps its name.
  const statement = masked.slice(Math.max(0, at - 2_000), at);
  const word = /\b(import|export)\b[^;{}]*\{[^{}]*$/.exec(statement)?.[1];
  if (/^import$/.test(word ?? '')) return `${from} as ${to}`;
  return word === 'export' ? `${to} as ${from}` : `${from}: ${to}`;
}
