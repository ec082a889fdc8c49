/** The edits that are under way: asked for, shown in the status bar, stopped, and what came of them. */
import * as vscode from 'vscode';
import { type EditParams, type EditResult, editRequest } from '#shared/edits.ts';
import type { Ask } from '../ask.ts';
import { showFailure } from '../notify.ts';
import { toFailed } from '../toFailed.ts';
import { letTrim } from './applyInEditor.ts';
import { createSetContext } from './contextKeys.ts';
import { nameOf, openDocument } from './ranges.ts';

export interface Runs {
  /** Asks for an edit and waits until it is done. Failures are told, with a way to try again. */
  start(params: EditParams): Promise<void>;
  /** Stops what edits a document, or without one that is edited there everything. */
  stop(uri?: string): void;
}

export interface RunsParts {
  readonly ask: Ask;
  /** The same for the document as it is now. */
  renewed(params: EditParams): EditParams;
  onDone(result: EditResult): void;
}

interface Run {
  readonly uri: string;
  readonly cancellation: vscode.CancellationTokenSource;
}

export function createRuns({ ask, renewed, onDone }: RunsParts): Runs {
  const running = new Set<Run>();
  const setContext = createSetContext();
  const tell = (): void => setContext('gloss.editRunning', running.size > 0);
  const perform = async (params: EditParams): Promise<EditResult> => {
    const run: Run = { uri: params.uri, cancellation: new vscode.CancellationTokenSource() };
    running.add(run);
    tell();
    try {
      return await shown(params, () => ask(editRequest, params, { token: run.cancellation.token }));
    } finally {
      running.delete(run);
      run.cancellation.dispose();
      tell();
    }
  };
  const start = async (params: EditParams): Promise<void> => {
    const document = openDocument(params.uri);
    try {
      if (document !== undefined) await letTrim(document);
      onDone(await perform(renewed(params)));
    } catch (error) {
      void showFailure(toFailed(error, vscode.l10n), () => start(params));
    }
  };
  return {
    start,
    stop(uri) {
      const there = [...running].filter((run) => run.uri === uri);
      for (const run of there.length > 0 ? there : running) run.cancellation.cancel();
    },
  };
}

/** In the status bar: it takes no focus and covers nothing. */
async function shown<Result>({ uri }: EditParams, run: () => Promise<Result>): Promise<Result> {
  const title = vscode.l10n.t('Editing {0} … (stop: Ctrl/Cmd+K Q)', nameOf(vscode.Uri.parse(uri)));
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, run);
}

/** Shows one message about an edit; its buttons lead on. */
export async function showMessage(
  text: string,
  isWarning: boolean,
  buttons: readonly { readonly title: string; run(): unknown }[],
): Promise<void> {
  const titles = buttons.map(({ title }) => title);
  const choice = isWarning
    ? await vscode.window.showWarningMessage(text, ...titles)
    : await vscode.window.showInformationMessage(text, ...titles);
  await buttons.find(({ title }) => title === choice)?.run();
}
