/** The editor's diagnostics in the words of the protocol. */
import * as vscode from 'vscode';
import type { Problem } from '#shared/problem.ts';
import { plainRange } from './ranges.ts';

export function problemsOf(uri: vscode.Uri): readonly Problem[] {
  return vscode.languages.getDiagnostics(uri).map(({ range, message, severity, source, code }) => ({
    range: plainRange(range),
    message: message.slice(0, 4_000),
    // The editor counts from 0, LSP from 1.
    severity: severity + 1,
    ...(source === undefined ? {} : { source: source.slice(0, 200) }),
    ...(code === undefined ? {} : { code: String(typeof code === 'object' ? code.value : code).slice(0, 200) }),
  }));
}
