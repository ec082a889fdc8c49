/** Puts a name into words: what a function does by its own name, in both forms of its verb. */
import type { OutlineSymbol } from '../../text/outline.ts';
import type { CodeFunction } from './functions.ts';
import { isQuestion, isVerb, thirdPerson, wordsOf } from './words.ts';

export interface Phrase {
  /** "return", "add"; empty for what is no deed. */
  readonly verb: string;
  /** What follows the verb, or the whole. */
  readonly rest: string;
}

interface Named {
  readonly symbol: OutlineSymbol;
  readonly code: CodeFunction | undefined;
  /** Of the class that holds it. */
  readonly owner: string | undefined;
  readonly givesValue: boolean;
}

export function phraseOf({ symbol, code, owner, givesValue }: Named): Phrase {
  if (code === undefined) return { verb: '', rest: withArticle(wordsOf(symbol.name)) };
  const words = wordsOf(symbol.name);
  const [first = '', ...rest] = words;
  const object = objectOf(first, code, owner);
  if (isConstructor(symbol, owner)) return { verb: 'make', rest: `a new ${wordsOf(owner ?? '').join(' ')}` };
  if (isQuestion(first)) return { verb: 'tell', rest: `whether ${question(first, rest, object)}` };
  if (first === 'on') return { verb: 'handle', rest: the(rest) || 'what comes' };
  if (first === 'to' || first === 'as') return { verb: 'turn', rest: `${object || 'it'} into ${rest.join(' ')}` };
  if (/^from$/.test(first)) return { verb: 'make', rest: `one from ${rest.join(' ') || object}` };
  if (first === 'get') return { verb: 'return', rest: the(rest) || object };
  if (isVerb(first)) return { verb: first, rest: the(rest) || object };
  if (joints.has(words.at(-1) ?? '')) return { verb: 'return', rest: `the ${words.join(' ')} ${object || 'it'}` };
  if (givesValue) return { verb: 'return', rest: `the ${words.join(' ')}` };
  return { verb: first, rest: the(rest) || object };
}

export function sentenceFor({ verb, rest }: Phrase, form: 'returns' | 'return'): string {
  const said = verb === '' ? rest : `${form === 'returns' ? thirdPerson(verb) : verb} ${rest}`.trim();
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

/** "the end of day", "the user id". */
export function the(words: readonly string[]): string {
  if (words.length === 0) return '';
  return joints.has(words[0] ?? '') || /^(?:all|any|each|every|both)$/.test(words[0] ?? '')
    ? words.join(' ')
    : `the ${words.join(' ')}`;
}

const joints = new Set('of in at from by with for to as into on per'.split(' '));

function withArticle(words: readonly string[]): string {
  const text = words.join(' ');
  return `${/^[aeiou]/.test(text) ? 'an' : 'a'} ${text}`;
}

function isConstructor({ name, kind }: OutlineSymbol, owner: string | undefined): boolean {
  return (
    kind === 9 ||
    name === 'constructor' ||
    name === '__init__' ||
    (owner !== undefined && (name === owner || name === 'new'))
  );
}

/** Of methods with these names the parameters are the object; of others it is what they belong to. */
const taking = new Set(
  'add append attach delete emit find fetch get handle insert load map parse push put register remove send set write'.split(
    ' ',
  ),
);

/** What the verb is about where the name does not say. */
function objectOf(verb: string, { parameters }: CodeFunction, owner: string | undefined): string {
  const names = parameters.flatMap(({ name }) => (name === '' ? [] : [the(wordsOf(name))])).slice(0, 2);
  if (owner !== undefined && (names.length === 0 || !taking.has(verb))) return the(wordsOf(owner));
  return names.join(' and ');
}

function question(first: string, rest: readonly string[], object: string): string {
  const subject = object.split(' and ')[0] || 'it';
  if (rest.length === 0) return `${subject} ${first}`;
  return `${subject} ${first} ${rest.join(' ')}`;
}
