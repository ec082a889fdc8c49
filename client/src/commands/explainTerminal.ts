/** Explain Terminal Selection: what a command said, in a document beside the editors. */
import * as vscode from 'vscode';
import { terminalUri } from '#shared/explain.ts';
import { levelFor } from '../explain/places.ts';
import { terminalSelection } from '../terminalSelection.ts';
import type { World } from '../world.ts';

export async function explainTerminal(world: World, [value]: readonly unknown[]): Promise<void> {
  if (!isTerminal(value)) {
    world.log.warn('Explain Terminal Selection was called with something that is no terminal: nothing was done.');
    return;
  }
  const text = vscode.window.activeTerminal === undefined ? '' : ended(await terminalSelection());
  if (text === '') {
    void vscode.window.showInformationMessage(vscode.l10n.t('Select the text to explain in a terminal first.'));
    return;
  }
  const start = { line: 0, character: 0 };
  const subject = { kind: 'terminal', text } as const;
  const target = { uri: terminalUri, range: { start, end: start }, level: levelFor(undefined), subject };
  await (await world.explanationDocuments()).explain(target);
}

/** The terminal's menu hands over the terminal; which one is active counts. */
function isTerminal(value: unknown): boolean {
  return value === undefined || value === null || vscode.window.terminals.some((terminal) => terminal === value);
}

/** UTF-16 code units, as in the schema of `gloss/explain`. */
const longest = 200_000;

/** What a command says last matters most. No half of a surrogate pair at the start. */
function ended(text: string): string {
  return text
    .trim()
    .slice(-longest)
    .replace(/^[\uDC00-\uDFFF]/, '');
}
