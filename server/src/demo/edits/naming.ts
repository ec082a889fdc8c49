/** Names a stretch of code by what it does: its comment, its first call that is a deed, what it loops over, what it makes. */
import type { Job, Outcome } from './job.ts';
import { occurrencesOf } from './occurrences.ts';
import type { Source } from './source.ts';
import { type Case, inCase, isVerb, wordsOf } from './words.ts';

/** Of the editor itself: a name for a function that it has just extracted. */
export function nameAction({ source, from, to }: Job): Outcome {
  return { name: nameFor(source, from, to), text: '' };
}

/** A name that the file does not have yet. */
export function nameFor(source: Source, from: number, to: number): string {
  const form = formFor(source);
  const words = deedOf(source, from, to);
  const longer = words.at(-1) === 'part' ? words : [...words, 'part'];
  for (let count = 0; ; count++) {
    const candidate = inCase(count === 0 ? words : longer, form) + (count < 2 ? '' : String(count));
    if (count > mostTries || !isKnown(source, candidate)) return candidate;
  }
}

const mostTries = 50;

function isKnown(source: Source, name: string): boolean {
  return occurrencesOf(source, name).length > 0 || source.text.includes(`.${name}(`);
}

/** As functions are written in the language. */
function formFor({ syntax }: Source): Case {
  if (syntax.family === 'python' || syntax.family === 'rust' || syntax.family === 'c' || syntax.language === 'ruby')
    return 'snake';
  return syntax.language === 'csharp' ? 'pascal' : 'camel';
}

/** Characters that are read. */
const longest = 20_000;
const mostWords = 3;

function deedOf(source: Source, from: number, to: number): readonly string[] {
  const start = source.startOf(from);
  const masked = source.masked.slice(start, Math.min(source.startOf(to + 1), start + longest));
  return byComment(source, from) ?? byCall(masked) ?? byLoop(masked) ?? byValue(masked) ?? ['extracted', 'part'];
}

/** "// Apply the discount" names it. */
function byComment(source: Source, from: number): readonly string[] | undefined {
  const layer = source.layers[from];
  const text = layer === undefined || layer.comment < 0 ? '' : (source.lines[from] ?? '').slice(layer.comment);
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  const small = new Set(['the', 'a', 'an', 'all', 'of', 'to']);
  const told = words.map((word) => (isVerb(word) ? word : word.replace(/s$/, ''))).filter((word) => !small.has(word));
  return isVerb(told[0] ?? '') && told.length > 1 ? told.slice(0, mostWords) : undefined;
}

const vague = new Set(
  'map filter find reduce slice join split sort push pop append get set call log print return match replace trim test format append'.split(
    ' ',
  ),
);

function byCall(masked: string): readonly string[] | undefined {
  const calls = [...masked.matchAll(/(?<![\w$])(?:([A-Za-z_$][\w$]*)\??\.)?([A-Za-z_$][\w$]*)\(/g)].slice(0, 200);
  const deeds = calls
    .map(([, owner, called = '']) => ({ owner, words: wordsOf(called) }))
    .filter(({ words }) => isVerb(words[0] ?? ''));
  const clear = deeds.find(({ words }) => words.length > 1) ?? deeds.find(({ words }) => !vague.has(words[0] ?? ''));
  const deed = clear ?? deeds.find(({ owner }) => owner !== undefined && owner.length > 1);
  if (deed === undefined) return undefined;
  const object =
    deed.words.length > 1 || deed.owner === undefined || /^(?:this|self|console|Math|fmt|log)$/.test(deed.owner)
      ? []
      : wordsOf(deed.owner);
  const words = [...deed.words, ...object].slice(0, mostWords);
  return words.length > 1 ? words : [...words, 'part'];
}

function byLoop(masked: string): readonly string[] | undefined {
  const over = /\bfor\b[^\n]*?\b(?:of|in|range)\s+([\w$.]+)/.exec(masked)?.[1]?.split('.').at(-1);
  const words = over === undefined || /^\d|^range$/.test(over) ? [] : wordsOf(over);
  return words.length === 0 ? undefined : ['process', ...words.slice(0, 2)];
}

/** By the first thing that gets a value. */
function byValue(masked: string): readonly string[] | undefined {
  const made = /(?<![\w$.])([A-Za-z_$][\w$]*)\s*(?::[^=\n]{1,60})?(?:[-+*/]?=(?![=>])|:=)/.exec(masked)?.[1];
  return made === undefined ? undefined : ['compute', ...wordsOf(made).slice(0, 2)];
}
