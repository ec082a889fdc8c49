/** Explanations of whole files, of changes and of a terminal's text: read-only documents beside the code, filled while the answer comes. */
import * as vscode from 'vscode';
import type { ExplainTarget } from '#shared/explain.ts';
import { createSetContext } from '../edit/contextKeys.ts';
import type { Stored } from './asking.ts';
import { addressOf, type Explained, explanationScheme } from './documentAddress.ts';
import { createExplanationDocument, type DocumentParts, type ExplanationDocument } from './explanationDocument.ts';

export interface ExplanationDocuments {
  /** Explains, and shows the document without taking the focus. The same thing again goes on in its document. */
  explain(target: ExplainTarget): Promise<void>;
  /** Shows one of the store, at no cost. */
  show(stored: Stored): Promise<void>;
  /** The explanation that is shown under an address; undefined for anything else. */
  find(uri: unknown): ExplanationDocument | undefined;
}

type DocumentsParts = Pick<DocumentParts, 'ask' | 'server'> & { readonly context: vscode.ExtensionContext };

export function createExplanationDocuments(world: DocumentsParts): ExplanationDocuments {
  const changes = new vscode.EventEmitter<vscode.Uri>();
  const documents = new Map<string, ExplanationDocument>();
  const set = createSetContext();
  const tellWriting = (): void => {
    const writing = [...documents].filter(([, document]) => document.isBusy());
    set(
      'gloss.writingDocuments',
      writing.map(([uri]) => vscode.Uri.parse(uri)),
    );
  };
  const documentAt = (uri: vscode.Uri, explained: Explained): ExplanationDocument => {
    const present = documents.get(uri.toString());
    if (present !== undefined) return present;
    const begun = Date.now();
    let wasBusy = false;
    const onChange = (): void => {
      changes.fire(uri);
      tellWriting();
      if (wasBusy && !made.isBusy() && Date.now() - begun < longestLoading) setTimeout(refreshPreviews, refreshDelay);
      wasBusy = made.isBusy();
    };
    const made = createExplanationDocument({ ...world, explained, onChange });
    documents.set(uri.toString(), made);
    return made;
  };
  world.context.subscriptions.push(
    changes,
    vscode.workspace.registerTextDocumentContentProvider(explanationScheme, {
      onDidChange: changes.event,
      provideTextDocumentContent: (uri) => documents.get(uri.toString())?.text() ?? '',
    }),
    // The editor drops a change that it hears of while it opens the document: an answer that came just then would stay unseen.
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (documents.has(uri.toString())) changes.fire(uri);
    }),
    // Nobody looks any more: what still runs is stopped.
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      documents.get(uri.toString())?.end();
      if (documents.delete(uri.toString())) tellWriting();
    }),
  );
  return {
    async explain(target) {
      const explained = { uri: target.uri, kind: target.subject?.kind ?? 'file' };
      const uri = addressOf(explained, crypto.randomUUID());
      documentAt(uri, explained).explain(target);
      await reveal(uri);
    },
    async show({ summary, turns }) {
      const { uri: code, kind, id } = summary;
      const explained = { uri: code, kind: kind === 'notes' ? 'file' : kind };
      const uri = addressOf(explained, id);
      documentAt(uri, explained).restore(turns, targetOf(summary));
      await reveal(uri);
    },
    find: (value) => (value instanceof vscode.Uri ? documents.get(value.toString()) : undefined),
  };
}

/** What was asked for, where the store keeps all of it. */
function targetOf({ uri, range, level, kind }: Stored['summary']): ExplainTarget | undefined {
  return kind === 'file' ? { uri, range, level, subject: { kind } } : undefined;
}

/** Milliseconds in which a preview may still be loading its page. */
const longestLoading = 15_000;
/** Milliseconds in which the editor has taken the last change. */
const refreshDelay = 500;

/** The preview loses what it is told while its page loads: an answer that ended meanwhile would stay unseen. */
function refreshPreviews(): void {
  // Without the editor's Markdown extension there is no preview.
  vscode.commands.executeCommand('markdown.preview.refresh').then(undefined, () => undefined);
}

/** The editor's own preview of Markdown, and where that is switched off the plain text. Beside the code, which keeps the focus. */
async function reveal(uri: vscode.Uri): Promise<void> {
  const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: false };
  try {
    await vscode.commands.executeCommand('vscode.openWith', uri, 'vscode.markdown.preview.editor', options);
  } catch {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), options);
  }
}
