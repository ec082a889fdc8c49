/** The demo backend's rules: an answer made of what can be read from the sent code without understanding it. */
import { type CitedText, textsOf } from './cited.ts';
import { type Facts, factsOf, type Part } from './facts.ts';
import { followUp } from './followUp.ts';
import { type SentCode, sentCodeIn, type Turn } from './sentCode.ts';
import { deedsOf, sentenceOf, shapeOf } from './sentences.ts';
import type { SightingKind } from './sightings.ts';
import {
  bullets,
  capitalised,
  code,
  counted,
  disclaimer,
  joined,
  linesOf,
  linesThat,
  listed,
  place,
  placeOf,
} from './wording.ts';

/** Markdown in English, ending in one sentence that says that no model is running; with citations where the code can be cited. */
export function rulesTexts(turns: readonly Turn[]): readonly CitedText[] {
  const sent = sentCodeIn(turns);
  return textsOf(answerTo(sent), sent.document);
}

/** The same as plain text. */
export function rulesAnswer(turns: readonly Turn[]): string {
  return textsOf(answerTo(sentCodeIn(turns)), undefined)
    .map(({ text }) => text)
    .join('');
}

function answerTo(sent: SentCode): string {
  if (sent.text.trim() === '') return `There is no code in the question.\n\n${disclaimer}`;
  const facts = factsOf(sent);
  const parts = sent.question === undefined ? explanation(sent, facts) : followUp(sent.question, sent, facts);
  return [...parts.filter((part) => part !== ''), disclaimer].join(
    sent.level === 'line' && sent.question === undefined ? ' ' : '\n\n',
  );
}

function explanation({ level }: SentCode, facts: Facts): readonly string[] {
  if (facts.isProse)
    return [`${linesThat(facts, 'read')} like prose, not like code: the rules find nothing to explain.`];
  switch (level) {
    case 'line':
      return [oneLine(facts)];
    case 'normal':
      return [opening(facts), bullets(points(facts))];
    case 'deep':
      return [
        opening(facts),
        ...facts.parts.slice(0, mostSections).map((part) => section(part, facts)),
        others(facts),
        outside(facts),
        numbers(facts),
      ];
  }
}

/** Names in one sentence; the bullets behind it name all. */
const mostInSentence = 8;

function outermost({ parts }: Facts): readonly Part[] {
  return parts.filter(({ depth }) => depth === 0);
}

function oneLine(facts: Facts): string {
  const [first, ...others] = outermost(facts);
  if (first === undefined) return sentenceOf(facts.rest, `The code in ${linesOf(facts)}`);
  if (others.length === 0) return sentenceOf(first, code(first.name));
  return opening(facts);
}

function opening(facts: Facts): string {
  const tops = outermost(facts);
  const [first] = tops;
  if (first === undefined) return `${linesThat(facts, 'declare')} no function or type.`;
  if (tops.length === 1) return `${code(first.name)} is ${shapeOf(first, facts)}${place('', first.firstLine)}.`;
  return `${linesThat(facts, 'declare')} ${counted(tops.length, 'thing')}: ${listed(
    tops.map(({ noun, name }) => `the ${noun} ${code(name)}`),
    mostInSentence,
  )}.`;
}

/** With one function what it does, point by point; with several one point for each. */
function points(facts: Facts): readonly string[] {
  const { parts, rest } = facts;
  const [only] = parts;
  if (only === undefined) return deedsOf(rest, 6).map((deed) => `${capitalised(deed)}.`);
  if (parts.length === 1) return deedsOf(only, 6).map((deed) => `It ${deed}.`);
  return [
    ...parts.slice(0, mostSections).map((part) => sentenceOf(part, `${code(part.name)}${placeOf(part)}`)),
    ...(parts.length > mostSections ? [others(facts)] : []),
    ...(deedsOf(rest, 3).length > 0 ? [sentenceOf(rest, 'The code outside of these')] : []),
  ];
}

/** Further declarations are only named. */
const mostSections = 60;

function others({ parts }: Facts): string {
  const names = parts.slice(mostSections).map(({ name }) => code(name));
  return names.length === 0 ? '' : `Further down: ${joined(names)}.`;
}

function section(part: Part, facts: Facts): string {
  const takes = part.parameters.length === 0 ? [] : [`takes ${listed(part.parameters.map(code), 12)}`];
  const deeds = [...takes, ...deedsOf(part, 12)].map((deed) => `${capitalised(deed)}.`);
  const heading = `#### The ${part.noun} ${code(part.name)}${place(`, ${linesOf(part)}`, part.firstLine, part.lastLine)}`;
  return `${heading}\n\n${deeds.length === 0 ? `${code(part.name)} is ${shapeOf(part, facts)}.` : bullets(deeds)}`;
}

function outside({ parts, rest }: Facts): string {
  const deeds = deedsOf(rest, 12).map((deed) => `${capitalised(deed)}.`);
  if (deeds.length === 0) return '';
  return parts.length === 0 ? bullets(deeds) : `#### Outside of these\n\n${bullets(deeds)}`;
}

function numbers({ firstLine, lastLine, parts, rest }: Facts): string {
  const all = [...parts, rest];
  const count = (kind: SightingKind) => all.reduce((sum, { seen }) => sum + seen[kind].length, 0);
  const counts: readonly (readonly [number, string, string])[] = [
    [lastLine - firstLine + 1, 'line', 'lines'],
    [parts.length, 'declaration', 'declarations'],
    [count('branch'), 'branch', 'branches'],
    [count('loop'), 'loop', 'loops'],
    [count('return'), 'place that returns', 'places that return'],
    [count('throw'), 'error raised', 'errors raised'],
    [count('call'), 'call', 'calls'],
  ];
  return `In numbers: ${joined(counts.filter(([number]) => number > 0).map(([number, one, many]) => counted(number, one, many)))}.`;
}
