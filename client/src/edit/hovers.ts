/** The hover over pending hunks: what was there before. */
import * as vscode from 'vscode';
import type { Hunk } from '#shared/edits.ts';
import { documentSelector } from '../languageClient.ts';
import { hunkMarkdown } from '../markdown.ts';
import { hunkAt } from './hunkLines.ts';
import type { Pending } from './pending.ts';
import { editorRange } from './ranges.ts';

/** What is known of an action besides its hunks. */
export interface Told {
  readonly said: string;
  readonly notes: readonly string[];
}

export function registerHovers(pending: Pending, toldOf: (group: string) => Told): vscode.Disposable {
  return vscode.languages.registerHoverProvider(documentSelector, {
    provideHover({ uri, languageId }, { line }) {
      const hunk = hunkAt(pending.of(uri.toString()), line);
      return hunk === undefined ? undefined : hoverOf(hunk, languageId, toldOf(hunk.group));
    },
  });
}

function hoverOf(hunk: Hunk, languageId: string, told: Told): vscode.Hover {
  return new vscode.Hover(hunkMarkdown(hunk, { languageId, ...told }), editorRange(hunk.range));
}
