/** Texts to look at, under a scheme of our own: what a document was before its pending hunks, and what waits outside of it. */
import * as vscode from 'vscode';
import * as z from 'zod';
import { original } from './originals.ts';
import type { Pending } from './pending.ts';
import { openDocument } from './ranges.ts';
import { createThrottle, later } from './throttle.ts';
import { endOfLineOf } from './watch.ts';

const scheme = 'gloss-edit';
/** Milliseconds between two looks at the original while somebody types. */
const shortestGap = 250;

/** What an address stands for: all that is needed to make the text again. */
const Source = z.discriminatedUnion('kind', [
  /** A document without one of its hunks, or without all of them. */
  z.object({ kind: z.literal('original'), uri: z.string(), hunk: z.string().optional() }),
  z.object({ kind: z.enum(['before', 'after']), hunk: z.string() }),
  z.object({ kind: z.literal('fixed'), number: z.int() }),
]);
type Source = z.infer<typeof Source>;

export interface Texts {
  /** The document without the hunk, or without any of its hunks; it follows the document. */
  original(uri: vscode.Uri, hunk?: string): vscode.Uri;
  /** The old or the new text of a hunk that is not in its document. Always plain text: nothing in it may be acted on (threats S11). */
  side(kind: 'before' | 'after', uri: vscode.Uri, hunk: string): vscode.Uri;
  /** A text as it is now, to be ended by `forget`. Plain text, too. */
  fixed(name: string, text: string): vscode.Uri;
  forget(uri: vscode.Uri): void;
  /** The document or its hunks are others now. */
  changed(uri: string): void;
}

export function createTexts(subscriptions: vscode.Disposable[], pending: Pending): Texts {
  const changes = new vscode.EventEmitter<vscode.Uri>();
  const fixed = new Map<number, string>();
  let made = 0;
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changes.event,
    provideTextDocumentContent: ({ query }) => contentOf(sourceIn(query), pending, fixed),
  };
  const due = new Set<string>();
  const tell = (): void => {
    for (const document of vscode.workspace.textDocuments)
      if (document.uri.scheme === scheme && isAbout(sourceIn(document.uri.query), due, pending))
        changes.fire(document.uri);
    due.clear();
  };
  const throttle = createThrottle({ run: tell, gap: shortestGap, now: () => performance.now(), later });
  subscriptions.push(
    throttle,
    changes,
    vscode.workspace.registerTextDocumentContentProvider(scheme, provider),
    // The editor drops a change that it hears of while it opens the document.
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (uri.scheme === scheme) changes.fire(uri);
    }),
  );
  return {
    original: (uri, hunk) =>
      address(uri.path, { kind: 'original', uri: uri.toString(), ...(hunk === undefined ? {} : { hunk }) }),
    side: (kind, uri, hunk) => address(`${uri.path}.txt`, { kind, hunk }),
    fixed(name, text) {
      made += 1;
      fixed.set(made, text);
      return address(`${name.replace(/^\/*/, '/')}.txt`, { kind: 'fixed', number: made });
    },
    forget({ query }) {
      const source = sourceIn(query);
      if (source?.kind === 'fixed') fixed.delete(source.number);
    },
    changed(uri) {
      due.add(uri);
      throttle.request();
    },
  };
}

/** Opens a text as plain text, whatever the settings of the workspace make of its name. */
export async function openPlain(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.languageId !== 'plaintext') await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
}

function address(path: string, source: Source): vscode.Uri {
  return vscode.Uri.from({ scheme, path, query: JSON.stringify(source) });
}

/** Anybody may open an address of the scheme: what cannot be read is an empty text. */
function sourceIn(query: string): Source | undefined {
  try {
    return Source.safeParse(JSON.parse(query)).data;
  } catch {
    return undefined;
  }
}

async function contentOf(
  source: Source | undefined,
  pending: Pending,
  fixed: ReadonlyMap<number, string>,
): Promise<string> {
  switch (source?.kind) {
    case undefined:
      return '';
    case 'original':
      return originalOf(source, pending);
    case 'before':
    case 'after':
      return pending.find(source.hunk)?.[source.kind] ?? '';
    case 'fixed':
      return fixed.get(source.number) ?? '';
  }
}

async function originalOf({ uri, hunk }: Extract<Source, { kind: 'original' }>, pending: Pending): Promise<string> {
  const document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)));
  const hunks = pending.of(uri).filter(({ id }) => hunk === undefined || id === hunk);
  return original(document.getText(), hunks, endOfLineOf(document));
}

function isAbout(source: Source | undefined, uris: ReadonlySet<string>, pending: Pending): boolean {
  switch (source?.kind) {
    case undefined:
    case 'fixed':
      return false;
    case 'original':
      return uris.has(source.uri);
    case 'before':
    case 'after':
      return uris.has(pending.find(source.hunk)?.uri ?? '');
  }
}
