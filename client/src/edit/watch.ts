/** Follows the documents that can have edits: what changed since which version, and which of it was ours. */
import * as vscode from 'vscode';
import type { Change } from '#shared/anchor.ts';
import { documentSelector } from '../languageClient.ts';
import { createJournal, type Entry } from './journal.ts';
import { createOwnEdits, type Expected } from './ownEdits.ts';
import { plainRange } from './ranges.ts';
import { type EndOfLine, textAfter } from './textEdits.ts';

export interface Watch {
  /** What happened to a document since a version; undefined when it is not known. */
  since(document: vscode.TextDocument, version: number): readonly Entry[] | undefined;
  /** Waits for an edit of ours. `whole`: the editor may get there by other edits; the text after it is compared then. */
  expect(document: vscode.TextDocument, edits: readonly Change[], whole: boolean): Expected;
}

export interface WatchParts {
  readonly subscriptions: vscode.Disposable[];
  /** `isOwn`: it is an edit of ours. */
  onEdited(document: vscode.TextDocument, changes: readonly Change[], isOwn: boolean): void;
  onClosed(document: vscode.TextDocument): void;
}

export function createWatch({ subscriptions, onEdited, onClosed }: WatchParts): Watch {
  const journal = createJournal();
  const own = createOwnEdits();
  subscriptions.push(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // Also told when a document becomes dirty or was saved: nothing of it has changed then.
      if (contentChanges.length === 0 || !isWatched(document)) return;
      const uri = document.uri.toString();
      const changes = contentChanges.map(({ range, text }) => ({ range: plainRange(range), text }));
      const { version } = document;
      const isOwn = own.isOwn(uri, version, changes, () => document.getText());
      journal.record(uri, { version, changes, isOwn });
      onEdited(document, changes, isOwn);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      journal.forget(document.uri.toString());
      onClosed(document);
    }),
  );
  return {
    since: (document, version) => journal.since(document.uri.toString(), version, document.version),
    expect(document, edits, whole) {
      const after = whole ? [textAfter(document.getText(), edits, endOfLineOf(document))] : [];
      return own.expect(document.uri.toString(), edits, endOfLineOf(document), ...after);
    },
  };
}

export function endOfLineOf(document: vscode.TextDocument): EndOfLine {
  return document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}

const schemes: ReadonlySet<string> = new Set(documentSelector.map(({ scheme }) => scheme));

function isWatched({ uri }: vscode.TextDocument): boolean {
  return schemes.has(uri.scheme);
}
