/** The demo backend's rules: an answer made of what can be read from the sent code without understanding it. */
import { outlineOf } from '../text/outline.ts';
import { type Facts, factsOf, type Sighting } from './facts.ts';
import { type SentCode, sentCodeIn } from './sentCode.ts';

const disclaimer = '*Demo: rules wrote this, no model is running.*';

export function rulesAnswer(turns: readonly { readonly role: string; readonly content: unknown }[]): string {
  const sent = sentCodeIn(turns);
  if (sent.text.trim() === '') return `There is no code in the question. ${disclaimer}`;
  const facts = factsOf(sent);
  return sent.question === undefined ? explanation(sent, facts) : followUp(sent.question, facts);
}

function explanation(sent: SentCode, facts: Facts): string {
  switch (sent.level) {
    case 'line':
      return `${opening(facts)} ${disclaimer}`;
    case 'normal':
      return [opening(facts), list(points(facts)), disclaimer].filter((part) => part !== '').join('\n\n');
    case 'deep':
      return [opening(facts), list(points(facts)), ...details(facts), walkThrough(sent), disclaimer]
        .filter((part) => part !== '')
        .join('\n\n');
  }
}

function opening({ lines, firstLine, declared }: Facts): string {
  const span = lines === 1 ? `Line ${firstLine}` : `Lines ${firstLine}-${firstLine + lines - 1}`;
  const [first, ...others] = declared;
  if (first === undefined) return `${span} declare no function or class of their own.`;
  const more = others.length === 0 ? '' : `, and inside or after it ${names(others)}`;
  return `${span} declare ${first.kind} ${code(first.name)}${first.parameters.length === 0 ? '' : `, which takes ${first.parameters.map(code).join(', ')}`}${more}.`;
}

function points(facts: Facts): readonly string[] {
  const count = (found: readonly Sighting[], one: string, many: string) =>
    found.length === 0 ? [] : [`${found.length} ${found.length === 1 ? one : many}: ${sightings(found)}`];
  return [
    ...count(facts.branches, 'branch', 'branches'),
    ...count(facts.loops, 'loop', 'loops'),
    ...count(facts.returns, 'place that returns', 'places that return'),
    ...count(facts.errors, 'place that raises or catches an error', 'places that raise or catch an error'),
    ...(facts.calls.length === 0 ? [] : [`It calls ${names(facts.calls)}`]),
  ].map((point) => `${point}.`);
}

function details({ declared, awaits }: Facts): readonly string[] {
  const functions = declared.filter(({ parameters }) => parameters.length > 0);
  const takes = functions.map(
    ({ name, parameters, line }) => `${code(name)} (line ${line}) takes ${parameters.map(code).join(', ')}.`,
  );
  return [
    takes.length === 0 ? '' : `**Parameters**\n\n${list(takes)}`,
    awaits.length === 0 ? '' : `**Waiting**\n\nIt waits for something asynchronous at ${sightings(awaits)}.`,
  ];
}

function walkThrough({ text, firstLine, language }: SentCode): string {
  const steps = outlineOf(text, language)
    .slice(0, 30)
    .map(({ name, range }) => {
      const [from, to] = [range.start.line + firstLine, range.end.line + firstLine];
      return `${code(name)}: ${from === to ? `line ${from}` : `lines ${from}-${to}`}.`;
    });
  return steps.length === 0 ? '' : `**From top to bottom**\n\n${list(steps)}`;
}

function followUp(question: string, facts: Facts): string {
  const about = [...facts.declared.map(({ name }) => name), ...facts.calls.map(({ name }) => name)].filter((name) =>
    new RegExp(`\\b${escaped(name)}\\b`).test(question),
  );
  const known = /error|throw|fail|exception/i.test(question)
    ? facts.errors
    : /loop|repeat|iterat/i.test(question)
      ? facts.loops
      : /return|result/i.test(question)
        ? facts.returns
        : facts.branches;
  const seen =
    known.length === 0
      ? 'The rules find nothing in the code that the question points at.'
      : `What the rules find in the code: ${sightings(known)}.`;
  const named = about.length === 0 ? '' : ` The question names ${about.map(code).join(', ')}.`;
  return `${seen}${named}\n\n${disclaimer}`;
}

const mostListed = 8;

function sightings(found: readonly Sighting[]): string {
  const listed = found.slice(0, mostListed).map(({ name, line }) => `${code(name)} in line ${line}`);
  return listed.join(', ') + (found.length > mostListed ? ` and ${found.length - mostListed} more` : '');
}

function names(found: readonly { readonly name: string }[]): string {
  const unique = [...new Set(found.map(({ name }) => name))];
  return unique.slice(0, 30).map(code).join(', ') + (unique.length > 30 ? ` and ${unique.length - 30} more` : '');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Inline code that the text cannot end. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const mark = '`'.repeat(longest + 1);
  return longest === 0 ? `${mark}${text}${mark}` : `${mark} ${text} ${mark}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
