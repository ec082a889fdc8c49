/** The words of the page, in the editor's language. English is the key, as in VS Code's `l10n.t`. */

let words: Readonly<Record<string, string>> = {};

/** Called once, before anything is drawn. */
export function speak(translated: Readonly<Record<string, string>>): void {
  words = translated;
}

/** @param message English; `{0}`, `{1}` … stand for `args`. What is not translated stays English. */
export function t(message: string, ...args: readonly (string | number)[]): string {
  return (words[message] ?? message).replace(/\{(\d+)\}/g, (hole, index: string) => {
    const arg = args[Number(index)];
    return arg === undefined ? hole : String(arg);
  });
}
