/** An extension that only serves the benchmarks: makes one edit by itself, calls commands, and tells how late the extension host's event loop is. */

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';

const delays = monitorEventLoopDelay({ resolution: 1 });
const added = vscode.window.createTextEditorDecorationType({
  isWholeLine: true,
  backgroundColor: '#00ff0030',
  borderStyle: 'solid',
  borderWidth: '0 0 0 3px',
});

export function activate(): void {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    void answer(pathname, JSON.parse(searchParams.get('of') ?? '[]') as readonly unknown[]).then(
      (value) => response.end(JSON.stringify(value ?? null)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null)
      writeFileSync(process.env['GLOSS_BENCH_PORT_FILE'] ?? '', String(address.port));
  });
}

async function answer(path: string, given: readonly unknown[]): Promise<unknown> {
  switch (path) {
    case '/command':
      return vscode.commands.executeCommand(String(given[0]), ...given.slice(1));
    case '/edit':
      return editOnceRead(String(given[0]), String(given[1]), Number(given[2]));
    case '/comment':
      return commentOnceRead(String(given[0]), String(given[1]), Number(given[2]));
    case '/uncomment':
      return controller?.dispose();
    case '/bare':
      return vscode.window.activeTextEditor?.setDecorations(added, []);
    case '/uri':
      return vscode.window.activeTextEditor?.document.uri.toString();
    case '/text':
      return vscode.window.activeTextEditor?.document.getText();
    case '/watch':
      delays.reset();
      delays.enable();
      return undefined;
    case '/delays':
      delays.disable();
      return { p50: delays.percentile(50) / 1e6, p99: delays.percentile(99) / 1e6, count: delays.count };
    default:
      throw new Error(`nothing is at ${path}`);
  }
}

/** Reads a stream, and puts a line in as soon as its first piece has come. */
async function editOnceRead(url: string, line: string, at: number): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const response = await fetch(url);
  if (editor === undefined || response.body === null) return;
  for await (const _ of response.body) {
    await editor.edit((builder) => builder.insert(new vscode.Position(at, 0), `${line}\n`), {
      undoStopBefore: true,
      undoStopAfter: true,
    });
    editor.setDecorations(added, [new vscode.Range(at, 0, at, 0)]);
    break;
  }
}

let controller: vscode.CommentController | undefined;

/** Reads a stream, and writes into a thread that is open as soon as its first piece has come. */
async function commentOnceRead(url: string, words: string, at: number): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) return;
  controller = vscode.comments.createCommentController('bench', 'Bench');
  const comment = (body: string) => ({
    body: new vscode.MarkdownString(body),
    mode: vscode.CommentMode.Preview,
    author: { name: 'Bench' },
  });
  const thread = controller.createCommentThread(uri, new vscode.Range(at, 0, at, 0), [comment('…')]);
  thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
  const response = await fetch(url);
  if (response.body === null) return;
  for await (const _ of response.body) {
    thread.comments = [comment(words)];
    break;
  }
}
