/** Finds a clearer name: abbreviations are written out, single letters are named by their type or use. */
import { abbreviations, clear, letters } from './abbreviations.ts';
import type { Job, Outcome } from './job.ts';
import { occurrencesOf } from './occurrences.ts';
import type { Source } from './source.ts';
import { caseOf, inCase, singular, wordsOf } from './words.ts';

export function rename({ source, task, from }: Job): Outcome {
  const name = task.symbol ?? '';
  const clearer = clearerName(source, name, from);
  const text =
    clearer === name ? 'The name is as clear as the rules can make it.' : 'Written out by a table of abbreviations.';
  return { name: clearer, text };
}

/** The name itself where nothing clearer is known, or where that is taken. */
function clearerName(source: Source, name: string, line: number): string {
  const [, lead = '', bare = ''] = /^([_$#@]*)(.*?)_*$/.exec(name) ?? [];
  const words = bare.length === 1 ? letterWords(source, bare, line) : wordsOf(bare).flatMap(writtenOut);
  if (words.length === 0) return name;
  const form = caseOf(bare);
  const pythonic = source.syntax.byIndent || source.syntax.family === 'rust' || source.syntax.family === 'c';
  const single = bare.length > 1 && /^[A-Z]/.test(bare) ? 'pascal' : pythonic ? 'snake' : 'camel';
  const clearer = lead + inCase(words, form === 'single' || bare.length === 1 ? single : form);
  const isTaken = clearer !== name && (reserved.has(clearer) || isUsed(source, clearer));
  return isTaken ? name : clearer;
}

/** The tag of a struct is no name that a variable could take away. */
function isUsed(source: Source, name: string): boolean {
  return occurrencesOf(source, name).some((at) => !/\bstruct\s+$/.test(source.masked.slice(Math.max(0, at - 12), at)));
}

/** Words that can be no name in one language or another. */
export const reserved = new Set(
  'arguments break case catch char class const continue default delete do double else enum export extends false final float for function if import in int interface let long match module move mut new null object package private property public range return self short static string struct super switch this throw true try type typeof use var void while with yield'.split(
    ' ',
  ),
);

function writtenOut(word: string): readonly string[] {
  if (clear.has(word)) return [word];
  return [abbreviations.get(word) ?? word];
}

/** By what it is declared as near the line, else by what single letters usually are. */
function letterWords(source: Source, letter: string, line: number): readonly string[] {
  const near = nearest(occurrencesOf(source, letter), source.startOf(line));
  const before = source.masked.slice(Math.max(0, near - 120), near);
  const behind = source.masked.slice(near + letter.length, near + 160);
  const type =
    /^\s*\??\s*:\s*(?:readonly\s+|&(?:'\w+\s+)?(?:mut\s+)?)?([A-Za-z_]\w*)(\[\])?/.exec(behind) ??
    goType(source, behind) ??
    cType(source, before);
  const isMany = (type?.[2] ?? '') !== '';
  const byType = type === undefined || type === null ? [] : wordsOf(type[1] ?? '');
  if (byType.length > 0 && !plainTypes.has(byType.join(' ')))
    return isMany ? [...byType.slice(0, -1), `${byType.at(-1)}s`] : byType;
  const collection = /^\s+(?:of|in)\s+([\w$.]+)/.exec(behind)?.[1]?.split('.').at(-1);
  if (/\b(?:for|forEach)\b[^\n]*$/.test(before) && collection !== undefined && collection.length > 1)
    return wordsOf(singular(collection));
  const called = /([\w$]+)\.(?:map|filter|forEach|some|every|find|flatMap)\(\(?$/.exec(before)?.[1];
  if (called !== undefined && called.length > 1 && singular(called) !== called) return wordsOf(singular(called));
  if (/\bcatch\s*\(\s*$|\bexcept\b.*\bas\s+$/.test(before)) return ['error'];
  const usual = byType.length > 0 ? plainTypes.get(byType.join(' ')) : undefined;
  return wordsOf(usual ?? letters.get(letter.toLowerCase()) ?? letter);
}

/** Types that say nothing of what they are used for, and a word for a value of them. */
const plainTypes: ReadonlyMap<string, string> = new Map(
  'string=text str=text number=count int=count float=amount float64=amount f64=amount i32=count u32=count usize=count size t=size boolean=flag bool=flag array=items list=items vec=items object=value any=value unknown=value dict=entries map=entries record=entries function=callback error=error date=date'
    .split(/ (?=\w+(?: \w+)?=)/)
    .map((entry) => entry.split('='))
    .map(([type = '', word = '']) => [type, word] as const),
);

function nearest(places: readonly number[], at: number): number {
  return places.find((place) => place >= at) ?? places.at(-1) ?? 0;
}

function goType({ syntax }: Source, behind: string): RegExpExecArray | null {
  return syntax.family === 'go' ? /^ +(?:\*|\[\])*(?:\w+\.)?([A-Za-z]\w+)()(?=\s*[,)={])/.exec(behind) : null;
}

function cType({ syntax }: Source, before: string): RegExpExecArray | undefined {
  if (syntax.family !== 'c' && syntax.family !== 'java') return undefined;
  return /(?:struct\s+)?([A-Za-z_]\w+)[\s*&]+$/.exec(before) ?? undefined;
}
