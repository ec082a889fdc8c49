/** Text that grows piece by piece, kept as one string instead of a tree of all its pieces. */

/** Characters that may be in pieces, besides a thirty-second of the text. */
const loose = 32;

/** When the next joining is due, and proof that the last one was done. */
export class Growth {
  #joinAt = loose;
  #last = 0;

  /**
   * The text with a piece at its end. Now and then the pieces are joined: engines append by linking, and each piece
   * costs many times its length until the text is read. Looking at a character makes it one string; with steps that
   * grow, all the copying together stays linear.
   */
  add(text: string, piece: string): string {
    const longer = text + piece;
    if (longer.length < this.#joinAt) return longer;
    this.#last = longer.charCodeAt(this.#last % longer.length);
    this.#joinAt = longer.length + (longer.length >> 5) + loose;
    return longer;
  }
}
