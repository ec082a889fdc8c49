/** Puts back what was taken out of the code before it left: the model writes placeholders, the file must keep its secrets. Pure. */

export interface Restorer {
  /** The text with each placeholder that is known replaced by what it stands for. */
  restore(text: string): string;
  /** A placeholder in the text that stands for nothing, or for several things: such a text must not be written. */
  unknownIn(text: string): string | undefined;
}

const placeholder = /\[secret:[\w-]+:\d+\]|⟨U\+([0-9A-F]{4,6})⟩/g;

/** @param original lines of the document; `cleaned` are the same lines as they left. */
export function restorerOf(original: readonly string[], cleaned: readonly string[]): Restorer {
  const meanings = new Map<string, string | undefined>();
  cleaned.forEach((line, index) => {
    const before = original[index] ?? '';
    if (before !== line) learn(line, before, meanings);
  });
  const meaningOf = (mark: string): string | undefined => meanings.get(mark);
  return {
    restore: (text) => (meanings.size === 0 ? text : text.replace(placeholder, (mark) => meaningOf(mark) ?? mark)),
    unknownIn(text) {
      const marks = text.match(placeholder) ?? [];
      // Where nothing was replaced such a text is the file's own.
      return marks.find((mark) => meanings.has(mark) && meaningOf(mark) === undefined);
    },
  };
}

/** What stands in the original line where the cleaned one has its placeholders. */
function learn(cleaned: string, original: string, meanings: Map<string, string | undefined>): void {
  const marks = cleaned.match(placeholder) ?? [];
  const between = cleaned
    .split(new RegExp(placeholder.source.replace('([0-9A-F]{4,6})', '[0-9A-F]{4,6}')))
    .map(escaped);
  const found = new RegExp(`^${between.join('([^]+?)')}$`).exec(original);
  for (const [index, mark] of marks.entries()) {
    const meaning = found?.[index + 1] ?? characterOf(mark);
    const isOther = meanings.has(mark) && meanings.get(mark) !== meaning;
    meanings.set(mark, isOther ? undefined : meaning);
  }
}

function characterOf(mark: string): string | undefined {
  const hex = /^⟨U\+([0-9A-F]{4,6})⟩$/.exec(mark)?.[1];
  const code = hex === undefined ? Number.NaN : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
