/** A whole edit as the standard has it: versioned, annotated, all or nothing where the client can (LSP section "WorkspaceEdit"). */
import type { ClientCapabilities, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { FileChange } from '#shared/edits.ts';
import type { WholeEdit } from '../editing.ts';
import { Refusal } from '../ports.ts';

const annotation = 'gloss';

export interface EditLook {
  /** The client shows the edit and asks before it makes it, where it can. */
  readonly needsConfirmation: boolean;
}

/** @throws Refusal when the client cannot do what the edit needs. */
export function toWorkspaceEdit(whole: WholeEdit, client: ClientCapabilities, look: EditLook): WorkspaceEdit {
  const can = client.workspace?.workspaceEdit;
  // Operations on files are part of versioned edits only: who names them takes those (Neovim does not say more).
  const isVersioned = can?.documentChanges === true || (can?.resourceOperations ?? []).length > 0;
  if (can === undefined || !isVersioned) return plainEdit(whole);
  const isAnnotated = can.changeAnnotationSupport !== undefined;
  const mark = isAnnotated ? { annotationId: annotation } : {};
  const documentChanges = [
    ...whole.files.flatMap((file) => fileOperations(file, can.resourceOperations ?? [], mark)),
    ...whole.documents.map(
      ({ uri, version, edits }): TextDocumentEdit => ({
        textDocument: { uri, version },
        edits: edits.map(({ range, text }) => ({ range, newText: text, ...mark })),
      }),
    ),
  ];
  if (!isAnnotated) return { documentChanges };
  const { needsConfirmation } = look;
  return { documentChanges, changeAnnotations: { [annotation]: { label: whole.title, needsConfirmation } } };
}

/** For clients of before versioned edits. */
function plainEdit({ documents, files }: WholeEdit): WorkspaceEdit {
  if (files.length > 0) throw cannotMakeFiles();
  const changes = documents.map(({ uri, edits }) => [uri, edits.map(({ range, text }) => ({ range, newText: text }))]);
  return { changes: Object.fromEntries(changes) };
}

type Operation = NonNullable<WorkspaceEdit['documentChanges']>[number];

function fileOperations(
  file: FileChange,
  can: readonly string[],
  mark: { annotationId?: string },
): readonly Operation[] {
  if (!can.includes(file.kind)) throw cannotMakeFiles();
  switch (file.kind) {
    case 'create': {
      const start = { line: 0, character: 0 };
      const edits = [{ range: { start, end: start }, newText: file.text, ...mark }];
      return [
        { kind: 'create', uri: file.uri, options: { overwrite: false, ignoreIfExists: false }, ...mark },
        { textDocument: { uri: file.uri, version: null }, edits },
      ];
    }
    case 'delete':
      return [{ kind: 'delete', uri: file.uri, options: { recursive: false }, ...mark }];
    case 'rename':
      return [{ kind: 'rename', oldUri: file.uri, newUri: file.to, options: { overwrite: false }, ...mark }];
  }
}

function cannotMakeFiles(): Refusal {
  return new Refusal(
    'This editor cannot make, move or delete files for a language server. Nothing was changed.',
    'files',
  );
}
