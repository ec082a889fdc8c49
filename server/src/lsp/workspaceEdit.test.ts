/** A whole edit becomes what a client of LSP can take, or is refused: never something that it would read in another way. */
import { describe, expect, test } from 'vitest';
import type { ClientCapabilities } from 'vscode-languageserver/node';
import type { WholeEdit } from '../editing.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

const [uri, other] = ['file:///w/a.ts', 'file:///w/b.ts'];
const start = { line: 0, character: 0 };
const range = { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } };
const edits = [{ range, text: '  return 1;\n' }];
const lspEdits = [{ range, newText: '  return 1;\n' }];

const whole = (more: Partial<WholeEdit> = {}): WholeEdit => ({
  group: 'g',
  title: 'Simplify',
  documents: [{ uri, version: 7, edits }],
  files: [],
  ...more,
});
const clientWith = (workspaceEdit: object): ClientCapabilities => ({ workspace: { workspaceEdit } });
const asked = { needsConfirmation: true };
const unasked = { needsConfirmation: false };

describe('R27: edits name the version that they are for', () => {
  test('where the client takes such edits', () => {
    expect(toWorkspaceEdit(whole(), clientWith({ documentChanges: true }), unasked)).toEqual({
      documentChanges: [{ textDocument: { uri, version: 7 }, edits: lspEdits }],
    });
  });

  test('also for Neovim, which names only the operations on files that belong to them', () => {
    const edit = toWorkspaceEdit(whole(), clientWith({ resourceOperations: ['rename', 'create', 'delete'] }), unasked);
    expect(edit).toHaveProperty('documentChanges');
  });

  test('a file that is not open has no version', () => {
    const documents = [{ uri: other, version: null, edits }];
    const edit = toWorkspaceEdit(whole({ documents }), clientWith({ documentChanges: true }), unasked);
    expect(edit.documentChanges).toMatchObject([{ textDocument: { uri: other, version: null } }]);
  });

  test.each<[string, ClientCapabilities]>([
    ['says nothing', {}],
    ['says that it does not', clientWith({ documentChanges: false })],
    ['names no operation', clientWith({ resourceOperations: [] })],
  ])('not where the client %s', (_what, client) => {
    const documents = [
      { uri, version: 7, edits },
      { uri: other, version: 1, edits },
    ];
    expect(toWorkspaceEdit(whole({ documents }), client, asked)).toEqual({
      changes: { [uri]: lspEdits, [other]: lspEdits },
    });
  });
});

describe('annotations', () => {
  const client = clientWith({ documentChanges: true, changeAnnotationSupport: {}, resourceOperations: ['create'] });

  test.each([asked, unasked])('say what it is and whether to ask: %j', (look) => {
    const edit = toWorkspaceEdit(whole(), client, look);
    expect(edit.changeAnnotations).toEqual({ gloss: { label: 'Simplify', ...look } });
    const marked = lspEdits.map((one) => ({ ...one, annotationId: 'gloss' }));
    expect(edit.documentChanges).toMatchObject([{ edits: marked }]);
  });

  test('are on files as well', () => {
    const files = [{ kind: 'create', uri: other, text: 'x' }] as const;
    const edit = toWorkspaceEdit(whole({ documents: [], files }), client, asked);
    expect(edit.documentChanges).toMatchObject([
      { kind: 'create', annotationId: 'gloss' },
      { edits: [{ annotationId: 'gloss' }] },
    ]);
  });
});

describe('files', () => {
  const client = clientWith({ documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] });

  test.each([
    [
      { kind: 'create', uri: other, text: 'test();\n' },
      [
        { kind: 'create', uri: other, options: { overwrite: false, ignoreIfExists: false } },
        {
          textDocument: { uri: other, version: null },
          edits: [{ range: { start, end: start }, newText: 'test();\n' }],
        },
      ],
    ],
    [{ kind: 'delete', uri: other }, [{ kind: 'delete', uri: other, options: { recursive: false } }]],
    [
      { kind: 'rename', uri: other, to: uri },
      [{ kind: 'rename', oldUri: other, newUri: uri, options: { overwrite: false } }],
    ],
  ] as const)('%j writes over nothing, and comes before the edits of text', (file, expected) => {
    const edit = toWorkspaceEdit(whole({ files: [file] }), client, unasked);
    expect(edit.documentChanges).toEqual([...expected, { textDocument: { uri, version: 7 }, edits: lspEdits }]);
  });

  test.each<[string, ClientCapabilities]>([
    ['knows no operations', clientWith({ documentChanges: true })],
    ['knows others', clientWith({ documentChanges: true, resourceOperations: ['delete'] })],
    ['takes plain edits only', {}],
  ])('R36: a client that %s gets nothing at all', (_what, plain) => {
    const files = [{ kind: 'create', uri: other, text: 'x' }] as const;
    expect(() => toWorkspaceEdit(whole({ files }), plain, unasked)).toThrow('Nothing was changed.');
  });
});
