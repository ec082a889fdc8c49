/** The code lenses above pending hunks. */
import * as vscode from 'vscode';
import type { Delta } from '#shared/diagnosticsDelta.ts';
import type { Hunk } from '#shared/edits.ts';
import { documentSelector } from '../languageClient.ts';
import { type Lens, lensesOf } from './lensTexts.ts';
import { placeInGroup } from './navigate.ts';
import type { Pending } from './pending.ts';

export interface Lenses {
  changed(): void;
}

export interface LensesParts {
  readonly subscriptions: vscode.Disposable[];
  readonly pending: Pending;
  deltaOf(hunk: string): Delta | undefined;
  isDemo(): boolean;
}

export function createLenses({ subscriptions, pending, deltaOf, isDemo }: LensesParts): Lenses {
  const changes = new vscode.EventEmitter<void>();
  let told = '';
  const specsFor = (hunk: Hunk): readonly Lens[] => {
    const place = placeInGroup(pending.documents(), hunk);
    return lensesOf(hunk, { place, delta: deltaOf(hunk.id), demo: isDemo(), words: vscode.l10n });
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changes.event,
    provideCodeLenses: ({ uri }) =>
      pending.of(uri.toString()).flatMap((hunk) => specsFor(hunk).map((lens) => codeLens(lens, hunk.id))),
  };
  subscriptions.push(changes, vscode.languages.registerCodeLensProvider(documentSelector, provider));
  return {
    changed() {
      // While a hunk grows its words stay the same; the editor asks again by itself when the text changes.
      const now = JSON.stringify(
        pending.documents().map(({ hunks }) => hunks.map((hunk) => specsFor(hunk).map(wordsOf))),
      );
      if (now === told) return;
      told = now;
      changes.fire();
    },
  };
}

function wordsOf({ title, command }: Lens): readonly unknown[] {
  return [title, command];
}

function codeLens({ line, title, tooltip, command = '' }: Lens, hunk: string): vscode.CodeLens {
  const range = new vscode.Range(line, 0, line, 0);
  const words = tooltip === undefined ? { title, command } : { title, command, tooltip };
  return new vscode.CodeLens(range, command === '' ? words : { ...words, arguments: [hunk] });
}
