/** The addresses of explanation documents: where one is, what it is called, and what it is about. */
import * as vscode from 'vscode';
import { type ExplanationKind, terminalUri } from '#shared/explain.ts';
import { nameOf } from '../edit/ranges.ts';
import { fileNameOf } from './documentText.ts';

/** Scheme of these documents; the menus of their editors name it. */
export const explanationScheme = 'gloss-explanation';

/** What a document explains. */
export interface Explained {
  readonly uri: string;
  readonly kind: ExplanationKind;
}

/** A file has one document; so has its change. Of a terminal's text each has one of its own, by `id`. */
export function addressOf({ uri, kind }: Explained, id: string): vscode.Uri {
  const about = uri === terminalUri ? id : uri;
  return vscode.Uri.from({
    scheme: explanationScheme,
    path: `/${fileNameOf(titleOf({ uri, kind }))}`,
    query: JSON.stringify([kind, about]),
  });
}

export function titleOf({ uri, kind }: Explained): string {
  if (uri === terminalUri) return vscode.l10n.t('Explanation of Terminal Text');
  const name = nameOf(vscode.Uri.parse(uri));
  return kind === 'change'
    ? vscode.l10n.t('Explanation of the Change in {0}', name)
    : vscode.l10n.t('Explanation of {0}', name);
}
