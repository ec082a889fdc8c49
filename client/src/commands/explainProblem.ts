/** Explain Problem: the problem that a code action names, else the worst one at the cursor. */
import * as vscode from 'vscode';
import type { Problem } from '#shared/problem.ts';
import { plainRange } from '../edit/ranges.ts';
import { askedProblem } from '../explain/entryArguments.ts';
import { activeEditor, levelFor } from '../explain/places.ts';
import { problemsIn } from '../providers.ts';
import type { World } from '../world.ts';
import { explainTarget } from './explainHere.ts';

export async function explainProblem(world: World, values: readonly unknown[]): Promise<void> {
  const asked = askedProblem(values);
  if (asked === 'nothing') {
    world.log.warn('Explain Problem was called with something that is no problem: nothing was done.');
    return;
  }
  if (asked !== 'here') return explainTarget(world, asked);
  const editor = activeEditor();
  if (editor === undefined) return;
  const { document } = editor;
  const problem = problemAt(editor);
  if (problem === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no problem at the cursor.'));
    return;
  }
  const { explain } = await world.explanations();
  explain(document, { range: problem.range, level: levelFor(document.uri), subject: { kind: 'problem', problem } });
}

/** In the selection or at the cursor, else on its line. */
function problemAt({ document, selection }: vscode.TextEditor): Problem | undefined {
  const uri = document.uri.toString();
  const [at] = problemsIn(uri, plainRange(selection));
  return at ?? problemsIn(uri, plainRange(document.lineAt(selection.active.line).range))[0];
}
