/** Answers a follow-up question: by what it names in the code, and by what it asks about. */

import { maskOf } from '../text/mask.ts';
import type { Facts, Part, Seen } from './facts.ts';
import type { SentCode } from './sentCode.ts';
import { deedsOf, sentenceOf } from './sentences.ts';
import { isTelling, type SightingKind } from './sightings.ts';
import { bullets, capitalised, code, listed, placeOf, withLines } from './wording.ts';

export function followUp(question: string, sent: SentCode, facts: Facts): readonly string[] {
  const named = facts.parts.filter(({ name }) => mentions(question, name));
  const about = named.map((part) => sentenceOf(part, `${code(part.name)}${placeOf(part)}`));
  const answer = [...about, ...topicsOf(question, named.length > 0 ? named : [...facts.parts, facts.rest])];
  const places = placesOf(question, sent, new Set(named.map(({ name }) => name)));
  if (answer.length === 0 && places.length === 0) {
    return [
      'The rules find nothing in the code that the question points at.',
      `They can tell about branches, loops, results, errors, calls and names${
        facts.parts.length === 0
          ? ''
          : `, for example ${listed(
              facts.parts.map(({ name }) => code(name)),
              6,
            )}`
      }.`,
    ];
  }
  return [bullets([...answer, ...places])];
}

const topics: readonly (readonly [RegExp, SightingKind])[] = [
  [/error|throw|rais|fail|exception|crash|invalid/i, 'throw'],
  [/error|catch|handl|recover/i, 'catch'],
  [/loop|repeat|iterat|each|complex|slow|fast/i, 'loop'],
  [/return|result|output|give/i, 'return'],
  [/\bif\b|when|condition|branch|case|edge|check/i, 'branch'],
  [/async|await|wait|concurren|parallel/i, 'wait'],
  [/call|use|depend/i, 'call'],
];

const absences: Readonly<Record<SightingKind, string>> = {
  throw: 'Nothing here raises an error by a keyword.',
  catch: 'Nothing here catches an error.',
  loop: 'There is no loop here.',
  return: 'Nothing is returned here.',
  branch: 'There is no branch here.',
  wait: 'Nothing is waited for here.',
  call: 'Nothing is called here.',
};

function topicsOf(question: string, parts: readonly Part[]): readonly string[] {
  return topics
    .filter(([words]) => words.test(question))
    .flatMap(([, kind]) => {
      const deeds = parts.flatMap((part) =>
        deedsOf({ ...part, seen: only(part, kind) }, 4).map((deed) => phraseFor(part, deed)),
      );
      return deeds.length === 0 ? [absences[kind]] : deeds;
    });
}

function phraseFor({ name }: Part, deed: string): string {
  return name === '' ? `${capitalised(deed)}.` : `${code(name)} ${deed}.`;
}

function only({ seen }: Part, kind: SightingKind): Part['seen'] {
  const nothing = { branch: [], loop: [], return: [], throw: [], catch: [], wait: [], call: [] };
  return { ...nothing, [kind]: seen[kind] };
}

function mentions(question: string, name: string): boolean {
  return question.includes(name) && wordsOf(question).has(name);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/(?<![\w$])[A-Za-z_$][\w$]*/g) ?? []);
}

const mostPlaces = 6;

/** Where the code says a word of the question: "`cursor` stands in `let cursor = 0` (line 3) and `cursor++` (line 7)". */
function placesOf(
  question: string,
  { text, firstLine, language }: SentCode,
  known: ReadonlySet<string>,
): readonly string[] {
  const lines = text.split('\n');
  const masked = maskOf(text, language).split('\n').map(wordsOf);
  const holding = (word: string): readonly Seen[] =>
    masked.flatMap((words, index) =>
      words.has(word) ? [{ what: (lines[index] ?? '').trim(), line: firstLine + index }] : [],
    );
  return [...wordsOf(question)]
    .filter((word) => word.length > 3 && !known.has(word) && !isTelling(word))
    .map((word) => ({ word, at: holding(word) }))
    .filter(({ at }) => at.length > 0)
    .slice(0, mostPlaces)
    .map(({ word, at }) => `${code(word)} stands in ${withLines(at, mostPlaces)}.`);
}
