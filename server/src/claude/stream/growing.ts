/** Text that grows piece by piece, kept as a chain of few segments instead of a tree of all its pieces. */

/** Characters that are joined to a segment, and those of segments that are joined to a larger one. */
const short = 64;
const long = 1_024;

/** The parts of a text that grows. */
export class Growth {
  /** What `add` returned last. It consists of the three that follow. */
  #text = '';
  #base = '';
  #middle = '';
  #recent = '';
  /** Proof that something was read: see `joined`. */
  #seen = 0;

  /**
   * The text with a piece at its end. Engines append by linking, and each piece costs many times its length until the
   * text is read. Reading all of it now and then would copy it again and again; so only its end is read, and what was
   * joined stays as it is.
   */
  add(text: string, piece: string): string {
    if (text !== this.#text) this.#begin(text);
    this.#recent += piece;
    this.#text = text + piece;
    if (this.#recent.length >= short) this.#join();
    return this.#text;
  }

  #begin(text: string): void {
    this.#base = text;
    this.#middle = '';
    this.#recent = '';
  }

  #join(): void {
    this.#middle += this.#joined(this.#recent);
    this.#recent = '';
    if (this.#middle.length >= long) {
      this.#base += this.#joined(this.#middle);
      this.#middle = '';
    }
    this.#text = this.#base + this.#middle;
  }

  /** Looking at a character of linked strings makes them one. */
  #joined(text: string): string {
    this.#seen = text.charCodeAt(this.#seen % text.length);
    return text;
  }
}
