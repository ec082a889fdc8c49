/** One string of JSON, piece by piece: as much of its text as is certain, however it is cut. */
import { Growth } from './growing.ts';

const quote = 34;
const backslash = 92;
const firstPlain = 32;

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** A string from behind its opening quote. */
export class JsonString {
  /** What is certain: never half of an escape, nor half of a surrogate pair as long as the other half may come. */
  text = '';
  closed = false;
  /** What is wrong; then the character at which `read` stopped is not part of any string. */
  problem: string | undefined;
  /** A first half of a surrogate pair that waits for what follows. */
  #half = '';
  /** What there is of an escape, behind its backslash; undefined outside of one. */
  #escape: string | undefined;
  readonly #growth = new Growth();

  /** Reads on; returns where it stopped: behind the closing quote, at what is wrong, or at the end of the piece. */
  read(piece: string, start: number): number {
    let at = start;
    while (at < piece.length) {
      if (this.#escape !== undefined) {
        if (!this.#addToEscape(this.#escape, piece.charAt(at))) return at;
        at += 1;
        continue;
      }
      const end = endOfPlain(piece, at);
      if (end > at) this.#add(piece.slice(at, end));
      if (end === piece.length) return end;
      at = end + 1;
      const special = piece.charCodeAt(end);
      if (special === backslash) this.#escape = '';
      else if (special === quote) return this.#close(at);
      else return this.#fail('a control character in a string', end);
    }
    return at;
  }

  #close(at: number): number {
    this.closed = true;
    // No other half came: it stands alone.
    this.text += this.#half;
    return at;
  }

  #fail(problem: string, at: number): number {
    this.problem = problem;
    return at;
  }

  /** @returns whether the character can be part of the escape. */
  #addToEscape(begun: string, character: string): boolean {
    const simple = begun === '' ? escapes[character] : undefined;
    const isCode = begun === '' ? character === 'u' : /^[0-9a-fA-F]$/.test(character);
    if (simple === undefined && !isCode) {
      this.problem = 'an escape that does not exist';
      return false;
    }
    this.#escape = undefined;
    if (simple !== undefined) this.#add(simple);
    else if (begun.length === 4) this.#add(String.fromCharCode(Number.parseInt(begun.slice(1) + character, 16)));
    else this.#escape = begun + character;
    return true;
  }

  #add(run: string): void {
    const joined = this.#half === '' ? run : this.#half + run;
    const last = joined.charCodeAt(joined.length - 1);
    const waits = last >= 0xd800 && last <= 0xdbff;
    this.#half = waits ? joined.slice(-1) : '';
    const certain = waits ? joined.slice(0, -1) : joined;
    if (certain !== '') this.text = this.#growth.add(this.text, certain);
  }
}

/** The first character from here on that means something of its own in a string, or the end. */
function endOfPlain(piece: string, start: number): number {
  let at = start;
  while (at < piece.length) {
    const code = piece.charCodeAt(at);
    if (code === quote || code === backslash || code < firstPlain) return at;
    at += 1;
  }
  return at;
}
