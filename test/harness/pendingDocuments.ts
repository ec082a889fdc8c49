/** The documents of the editor for tests: changed by the server's `gloss/apply` and `workspace/applyEdit`, and told back as an editor tells. */
import type { MessageConnection, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver-protocol/node';
import { type ApplyResult, applyRequest, type Hunk, hunksNotification, prepareRequest } from '#shared/edits.ts';
import type { Range } from '#shared/place.ts';
import { lineStartsOf, offsetAt } from '../../server/src/text/lines.ts';

export interface PendingDocuments {
  open(uri: string, text: string): void;
  /** Replaces the whole text; returns the new version. */
  change(uri: string, text: string): number;
  text(uri: string): string;
  hunks(uri: string): readonly Hunk[];
  /** The answer to a request about edits; undefined for others. */
  answer(method: string, params: unknown): unknown;
  hear(method: string, params: unknown): void;
}

export function createPendingDocuments(rpc: MessageConnection): PendingDocuments {
  const documents = new Map<string, { text: string; version: number }>();
  const lists = new Map<string, readonly Hunk[]>();
  const edit = (uri: string, edits: readonly { range: Range; text: string }[]): number => {
    const document = documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    const real = edits.filter(
      ({ range, text }) => text !== '' || JSON.stringify(range.start) !== JSON.stringify(range.end),
    );
    if (real.length === 0) return document.version;
    const starts = lineStartsOf(document.text);
    const backwards = [...real].reverse();
    for (const { range, text } of backwards)
      document.text =
        document.text.slice(0, offsetAt(document.text, starts, range.start)) +
        text +
        document.text.slice(offsetAt(document.text, starts, range.end));
    document.version++;
    void rpc.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: backwards.map(({ range, text }) => ({ range, text })),
    });
    return document.version;
  };
  const apply = (given: unknown): ApplyResult => {
    const { documents: changes, files } = applyRequest.params.parse(given);
    if (changes.some(({ uri, version }) => documents.get(uri)?.version !== version))
      return { applied: false, versions: [], reason: 'changed' };
    for (const file of files) {
      if (file.kind !== 'create') continue;
      documents.set(file.uri, { text: file.text, version: 1 });
      void rpc.sendNotification('textDocument/didOpen', {
        textDocument: { uri: file.uri, languageId: 'typescript', version: 1, text: file.text },
      });
    }
    for (const file of files)
      if (file.kind === 'delete' && documents.delete(file.uri))
        void rpc.sendNotification('textDocument/didClose', { textDocument: { uri: file.uri } });
    return { applied: true, versions: changes.map(({ uri, edits }) => ({ uri, version: edit(uri, edits) })) };
  };
  const applyEdit = (given: { edit: WorkspaceEdit }): { applied: boolean; failureReason?: string } => {
    const changes = (given.edit.documentChanges ?? []).filter(
      (change): change is TextDocumentEdit => 'edits' in change,
    );
    const stale = changes.find(
      ({ textDocument }) =>
        textDocument.version !== null && documents.get(textDocument.uri)?.version !== textDocument.version,
    );
    if (stale !== undefined) return { applied: false, failureReason: 'the document has changed' };
    for (const { textDocument, edits } of changes)
      edit(
        textDocument.uri,
        edits.map((one) => ({ range: one.range, text: 'newText' in one ? one.newText : '' })),
      );
    return { applied: true };
  };
  return {
    open: (uri, text) => void documents.set(uri, { text, version: 1 }),
    change(uri, text) {
      const version = (documents.get(uri)?.version ?? 0) + 1;
      documents.set(uri, { text, version });
      return version;
    },
    text: (uri) => documents.get(uri)?.text ?? '',
    hunks: (uri) => lists.get(uri) ?? [],
    answer(method, params) {
      if (method === applyRequest.method) return apply(params);
      if (method === prepareRequest.method)
        return prepareRequest.params.parse(params).uris.map((uri) => ({
          uri,
          ...(documents.has(uri) ? { version: documents.get(uri)?.version } : { refusal: 'It is not there.' }),
        }));
      // The server is under test: what it sends is what the standard says, or the test fails on what follows.
      if (method === 'workspace/applyEdit') return applyEdit(params as { edit: WorkspaceEdit });
      return undefined;
    },
    hear(method, params) {
      if (method !== hunksNotification.method) return;
      const { uri, hunks } = hunksNotification.params.parse(params);
      lists.set(uri, hunks);
    },
  };
}
