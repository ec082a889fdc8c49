/** Explaining through VS Code's own API: lenses, actions, the server's command, the hover, and arguments of every shape (threats S36). */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { clientCommands } from '#shared/commands.ts';

/** Commands that go by their arguments; the service is called once by the whole suite (`run.ts`), whatever these are given. */
const judging = [
  ...[clientCommands.explainHere, clientCommands.explainProblem, clientCommands.explainChange],
  ...[clientCommands.explainFile, clientCommands.explainLine, clientCommands.explainTerminal],
  ...[clientCommands.annotateHere, clientCommands.reply, clientCommands.refresh, clientCommands.stop],
  ...[clientCommands.shorter, clientCommands.deeper, clientCommands.toDocComment, clientCommands.dismiss],
  ...[clientCommands.showExplanation, 'gloss.explain'],
];

const range = { start: { line: 16, character: 0 }, end: { line: 26, character: 1 } };

describe('explaining', () => {
  let document: vscode.TextDocument;

  before(async () => {
    await vscode.extensions.getExtension('gloss.gloss-language-server')?.activate();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'no folder is open');
    document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'schedule.ts'));
    await vscode.window.showTextDocument(document);
  });

  it('offers a lens above each function and class', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      50,
    );
    const ours = lenses.filter(({ command }) => command?.command === clientCommands.explainHere);
    assert.ok(ours.some((lens) => lens.range.start.line === 16));
  });

  it('offers the code action Explain on a selection, of a kind of its own', async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(16, 0, 26, 1),
    );
    const explain = actions.find(({ title }) => title === 'Explain');
    assert.equal(explain?.kind?.value, 'gloss.explain');
    assert.notEqual(explain?.isPreferred, true);
  });

  it('answers the server command, and shows the answer in the hover', async () => {
    const target = { uri: document.uri.toString(), range, level: 'line' };
    const answer = await vscode.commands.executeCommand<{ markdown: string; demo: boolean }>('gloss.explain', target);
    assert.match(answer.markdown, /freeTime/);
    assert.equal(answer.demo, true);
    assert.match(await hoverTexts(document), /freeTime[\s\S]*no model is running/);
  });

  it('S36: does nothing for arguments of a wrong shape', async () => {
    const text = document.getText();
    for (const command of judging)
      for (const shape of shapes(document.uri.toString()))
        await vscode.commands.executeCommand(command, ...shape).then(undefined, () => undefined);
    assert.equal(document.getText(), text);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    assert.match(await hoverTexts(document), /freeTime/);
  });
});

/** What the hover in the explained function says. */
async function hoverTexts({ uri }: vscode.TextDocument): Promise<string> {
  const at = new vscode.Position(20, 4);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n\n');
}

/** Fifty argument lists of which none names a place. */
function shapes(uri: string): readonly (readonly unknown[])[] {
  const broken: readonly unknown[] = [
    1,
    -1,
    true,
    '',
    'x',
    [],
    {},
    [[]],
    { uri },
    { range },
    { uri: 1, range },
    { uri, range: null },
    { uri, range: [] },
    { uri, range: { start: range.start } },
    { uri, range, level: 'loud' },
    { uri, range, extra: 1 },
    { uri: '', range },
    { uri: 'file:///etc/passwd', range },
    { uri: `${uri}/../../../etc/passwd`, range },
    { uri: 'https://evil.example/x', range },
    { uri: 'vscode://evil.evil/run', range },
    { uri, range: { start: { line: -1, character: 0 }, end: range.end } },
    { uri, range: { start: { line: 2 ** 40, character: 0 }, end: range.end } },
    { uri: 'x'.repeat(5000), range },
    { scheme: 'file' },
  ];
  return [...broken.map((value) => [value]), ...broken.map((value) => [value, value])];
}
