/** What the pure parts need to speak the person's language: `vscode.l10n` in the editor, a stand-in in tests. */
export interface Words {
  /** The text in the display language; `{0}`, `{1}`, … are replaced by the arguments. */
  t(message: string, ...values: (string | number)[]): string;
}
