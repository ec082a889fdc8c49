/** What the server asks of the editor for chats, answered from VS Code's own language support. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { allProblems, hoverAt, referencesAt } from '../../../client/src/navigation.ts';
import { definitionsOf, symbolsOf } from '../../../client/src/providers.ts';

/** A language that only these tests know: every word is a symbol. */
const language: vscode.DocumentSelector = { pattern: '**/navigation.words' };

describe('asking the editor', () => {
  let uri: vscode.Uri;
  const given: vscode.Disposable[] = [];

  before(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'no folder is open');
    uri = vscode.Uri.joinPath(folder.uri, 'navigation.words');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('alpha beta\nbeta alpha\n'));
    const problems = vscode.languages.createDiagnosticCollection('words');
    problems.set(uri, [
      new vscode.Diagnostic(new vscode.Range(1, 0, 1, 4), 'too many', vscode.DiagnosticSeverity.Warning),
    ]);
    given.push(
      problems,
      vscode.languages.registerReferenceProvider(language, {
        provideReferences: (document, at) => placesOf(document, at),
      }),
      vscode.languages.registerDefinitionProvider(language, {
        provideDefinition: (document, at) => placesOf(document, at)[0],
      }),
      vscode.languages.registerHoverProvider(language, {
        provideHover: (document, at) => new vscode.Hover(`the word ${wordAt(document, at)}`),
      }),
      vscode.languages.registerDocumentSymbolProvider(language, {
        provideDocumentSymbols: ({ lineAt }) => {
          const { range } = lineAt(0);
          return [new vscode.DocumentSymbol('alpha', '', vscode.SymbolKind.Function, range, range)];
        },
      }),
    );
  });

  after(async () => {
    for (const one of given) one.dispose();
    await vscode.workspace.fs.delete(uri);
  });

  const range = (line: number, from: number, to: number) => ({
    start: { line, character: from },
    end: { line, character: to },
  });

  it('finds uses in a file that is not open', async () => {
    const found = await referencesAt({ uri: uri.toString(), position: { line: 0, character: 6 } });
    assert.deepEqual(found, [
      { uri: uri.toString(), range: range(0, 6, 10) },
      { uri: uri.toString(), range: range(1, 0, 4) },
    ]);
  });

  it('tells what a hover shows, as plain text', async () => {
    assert.equal(await hoverAt({ uri: uri.toString(), position: { line: 1, character: 6 } }), 'the word alpha');
  });

  it('tells of definitions and symbols of a file that may be opened for it', async () => {
    const asked = { uri: uri.toString(), open: true };
    assert.deepEqual(await definitionsOf({ ...asked, positions: [{ line: 1, character: 0 }] }), [
      { uri: uri.toString(), range: range(0, 6, 10) },
    ]);
    assert.deepEqual(
      (await symbolsOf(asked))?.map(({ name, kind }) => [name, kind]),
      [['alpha', 12]],
    );
  });

  it('tells of all problems, by file', () => {
    const found = allProblems().find((each) => each.uri === uri.toString());
    assert.deepEqual(found?.problems, [{ range: range(1, 0, 4), message: 'too many', severity: 2 }]);
  });

  it('S6: knows nothing of files outside the workspace, and of what is not there', async () => {
    for (const other of ['file:///etc/hostname', `${uri.toString()}.none`, 'untitled:none', 'nonsense']) {
      assert.equal(await referencesAt({ uri: other, position: { line: 0, character: 0 } }), null);
      assert.equal(await hoverAt({ uri: other, position: { line: 0, character: 0 } }), null);
      assert.equal(await symbolsOf({ uri: other, open: true }), null);
    }
    assert.equal(
      vscode.workspace.textDocuments.some((document) => document.uri.path === '/etc/hostname'),
      false,
    );
  });
});

function wordAt(document: vscode.TextDocument, at: vscode.Position): string {
  return document.getText(document.getWordRangeAtPosition(at));
}

function placesOf(document: vscode.TextDocument, at: vscode.Position): vscode.Location[] {
  const word = wordAt(document, at);
  return [...document.getText().matchAll(/\w+/g)]
    .filter(([found]) => found === word)
    .map(({ index }) => {
      const start = document.positionAt(index);
      return new vscode.Location(document.uri, new vscode.Range(start, start.translate(0, word.length)));
    });
}
