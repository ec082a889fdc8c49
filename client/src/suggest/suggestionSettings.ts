/** Reads what the settings say of suggestions, level by level, and writes the person's own. */
import * as vscode from 'vscode';
import { type Levels, modeFor, type Wanted, wanted } from './levels.ts';

export const suggestionSection = 'gloss.suggestions';

export function levelsFor(scope: vscode.ConfigurationScope | undefined): Levels {
  const configuration = vscode.workspace.getConfiguration(suggestionSection, scope);
  const mode = configuration.inspect<unknown>('mode');
  const languages = configuration.inspect<object>('languages');
  return {
    person: {
      mode: mode?.globalValue ?? mode?.defaultValue,
      languages: { ...languages?.defaultValue, ...languages?.globalValue },
    },
    others: [
      { mode: mode?.workspaceValue, languages: languages?.workspaceValue },
      { mode: mode?.workspaceFolderValue, languages: languages?.workspaceFolderValue },
    ],
  };
}

/** Of the person alone, without the defaults. */
export function ownLanguages(): unknown {
  return vscode.workspace.getConfiguration(suggestionSection).inspect<object>('languages')?.globalValue;
}

/** In a document, or where nothing is open. */
export function modeIn(document: vscode.TextDocument | undefined): Wanted['mode'] {
  return modeFor(wanted(levelsFor(document?.uri)), document?.languageId);
}

export async function write(name: 'mode' | 'languages', value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(suggestionSection).update(name, value, vscode.ConfigurationTarget.Global);
}

interface AskedSetting {
  readonly section?: string | null | undefined;
  readonly scopeUri?: string | undefined;
}

/** What the server is told: as the editor answers it, but no workspace turns on what the person has turned off. */
export function withinWanted(items: readonly AskedSetting[], answers: readonly unknown[]): unknown[] {
  return answers.map((answer, index) => {
    const { section, scopeUri } = items[index] ?? {};
    if (section !== 'gloss' || typeof answer !== 'object' || answer === null) return answer;
    const levels = levelsFor(scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri));
    const told: Readonly<Record<string, unknown>> = { ...answer };
    const suggestions = typeof told['suggestions'] === 'object' ? told['suggestions'] : {};
    return { ...told, suggestions: { ...suggestions, ...wanted(levels) } };
  });
}
