/** JSON while it comes in: its value so far, with every character read once. */
import { Growth } from './growing.ts';
import { isWholeNumber, type NumberState, numberAfter } from './jsonNumber.ts';
import { JsonString } from './jsonString.ts';
import { PartialTree } from './partialTree.ts';

/** Why a text is not JSON. */
export interface JsonProblem {
  /** Characters (UTF-16) before the one that cannot stand where it does. */
  readonly at: number;
  /** What was found, as part of a sentence. */
  readonly reason: string;
}

/** What comes next, or what is under way. */
type Expected =
  | 'value'
  | 'value or end'
  | 'key'
  | 'key or end'
  | 'colon'
  | 'comma or end'
  | 'nothing'
  | 'rest of key'
  | 'rest of string'
  | 'rest of number'
  | 'rest of word';

const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * Reads JSON in pieces that are cut anywhere. What it accepts, and the value at the end, is what `JSON.parse` says,
 * save that values nested more than 64 levels deep are refused.
 *
 * On the way `value` holds what is certain: an unfinished string as far as its characters are; numbers, `true`,
 * `false` and `null` when they are whole; a member when its value has begun. Objects and arrays grow in place.
 */
export class PartialJson {
  /** `complete` may still become `invalid`, when more than blanks follow. */
  state: 'open' | 'complete' | 'invalid' = 'open';
  /** What is wrong, when the state is `invalid`. */
  problem: JsonProblem | undefined;
  readonly #tree = new PartialTree();
  #expected: Expected = 'value';
  #string = new JsonString();
  #number: NumberState = 'zero';
  /** What there is of a number or word. */
  #token = '';
  #growth = new Growth();
  /** Characters in the pieces before this one. */
  #before = 0;

  /** The value so far; undefined before it begins. */
  get value(): unknown {
    return this.#tree.value;
  }

  /**
   * Whether `JSON.stringify` of the value gives the same JSON, apart from blanks and the way characters are escaped.
   * Not so for keys that come twice or that JavaScript sorts, and for numbers that it writes otherwise (`1.0`, `-0`).
   */
  get exact(): boolean {
    return this.#tree.isExact;
  }

  push(piece: string): void {
    let at = 0;
    while (at < piece.length && this.state !== 'invalid') at = this.#read(piece, at);
    if (this.#expected === 'rest of string') this.#tree.replace(this.#string.text);
    this.#before += piece.length;
  }

  /** There is no more: what is not complete by now is invalid. */
  end(): void {
    if (this.state === 'open' && this.#expected === 'rest of number') this.#endNumber(0);
    if (this.state === 'open') this.#fail(0, 'the end where more is due');
  }

  /** Reads on from here; returns where it goes on. */
  #read(piece: string, at: number): number {
    switch (this.#expected) {
      case 'rest of string':
      case 'rest of key':
        return this.#readString(piece, at);
      case 'rest of number':
        return this.#readNumber(piece, at);
      case 'rest of word':
        return this.#readWord(piece, at);
      default:
        if (!isBlank(piece.charCodeAt(at))) this.#readToken(piece.charAt(at), at);
        return at + 1;
    }
  }

  #readToken(token: string, at: number): void {
    const expected = this.#expected;
    if (expected === 'comma or end') this.#goOn(token, at);
    else if (expected === 'key or end' && token === '}') this.#close();
    else if (expected === 'value or end' && token === ']') this.#close();
    else if (expected === 'value' || expected === 'value or end') this.#beginValue(token, at);
    else if ((expected === 'key' || expected === 'key or end') && token === '"') this.#beginString('rest of key');
    else if (expected === 'colon' && token === ':') this.#expected = 'value';
    else this.#unexpected(token, at);
  }

  #beginString(expected: Expected): void {
    this.#string = new JsonString();
    this.#expected = expected;
  }

  #beginValue(token: string, at: number): void {
    if (this.#tree.isTooDeep) {
      this.#fail(at, 'a value nested too deep');
    } else if (token === '{') {
      this.#tree.open({});
      this.#expected = 'key or end';
    } else if (token === '[') {
      this.#tree.open([]);
      this.#expected = 'value or end';
    } else if (token === '"') {
      this.#tree.add('');
      this.#beginString('rest of string');
    } else {
      this.#beginOther(token, at);
    }
  }

  #beginOther(token: string, at: number): void {
    const number = numberAfter(undefined, token);
    this.#token = token;
    if (number !== undefined) {
      this.#number = number;
      this.#growth = new Growth();
      this.#expected = 'rest of number';
    } else if (token === 't' || token === 'f' || token === 'n') {
      this.#expected = 'rest of word';
    } else {
      this.#unexpected(token, at);
    }
  }

  #goOn(token: string, at: number): void {
    const { inside } = this.#tree;
    if (token === ',') this.#expected = inside === 'object' ? 'key' : 'value';
    else if (token === (inside === 'object' ? '}' : ']')) this.#close();
    else this.#unexpected(token, at);
  }

  #close(): void {
    this.#tree.close();
    this.#endValue();
  }

  #endValue(): void {
    const isWhole = this.#tree.inside === 'nothing';
    this.#expected = isWhole ? 'nothing' : 'comma or end';
    if (isWhole) this.state = 'complete';
  }

  #readString(piece: string, start: number): number {
    const string = this.#string;
    const at = string.read(piece, start);
    if (string.problem !== undefined) this.#fail(at, string.problem);
    if (!string.closed) return at;
    if (this.#expected === 'rest of key') {
      this.#tree.key(string.text);
      this.#expected = 'colon';
    } else {
      this.#tree.replace(string.text);
      this.#endValue();
    }
    return at;
  }

  #readNumber(piece: string, start: number): number {
    let at = start;
    for (; at < piece.length; at++) {
      const next = numberAfter(this.#number, piece.charAt(at));
      if (next === undefined) break;
      this.#number = next;
    }
    this.#token = this.#growth.add(this.#token, piece.slice(start, at));
    // What ends the number is read as what it is itself.
    if (at < piece.length) this.#endNumber(at, piece.charAt(at));
    return at;
  }

  #endNumber(at: number, follower = ''): void {
    if (isWholeNumber(this.#number) && ',]} \n\r\t'.includes(follower)) {
      this.#tree.addNumber(this.#token);
      this.#endValue();
    } else {
      this.#fail(at, follower === '' ? 'the end inside a number' : `${JSON.stringify(follower)} inside a number`);
    }
  }

  #readWord(piece: string, at: number): number {
    this.#token += piece.charAt(at);
    const word = this.#token;
    if (words.has(word)) {
      this.#tree.add(words.get(word));
      this.#endValue();
    } else if (![...words.keys()].some((whole) => whole.startsWith(word))) {
      this.#fail(at, 'a word that JSON does not have');
    }
    return at + 1;
  }

  #unexpected(token: string, at: number): void {
    this.#fail(at, `${JSON.stringify(token)} where ${this.#expected} is due`);
  }

  #fail(at: number, reason: string): void {
    this.state = 'invalid';
    this.problem = { at: this.#before + at, reason };
  }
}

/** Space, tab, line feed, carriage return. */
function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}
