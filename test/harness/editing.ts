/** What an editor shows for a program: the language server of the compiler, asked over its standard streams. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  DiagnosticTag,
  type DocumentDiagnosticReport,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { strictly, tsc, type Workplace } from './compiling.ts';

/** What is offered at a place, and the lines that are struck out. */
export interface Seen {
  /** Counted from 0. */
  readonly struckOut: readonly number[];
  /** For each `¦` in the program. */
  readonly offered: readonly (readonly string[])[];
}

/** Opens a program in which `¦` marks the places where something is typed. */
export async function seenInEditor({ folder }: Workplace, program: string): Promise<Seen> {
  const file = path.join(folder, 'edited.ts');
  const [uri, text] = [pathToFileURL(file).href, program.replaceAll('¦', '')];
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ ...strictly, files: ['edited.ts'] }));
  writeFileSync(file, text);
  const server = spawn(tsc, ['--lsp', '--stdio'], { cwd: folder, shell: process.platform === 'win32' });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) => items.map(() => null));
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  try {
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      capabilities: {
        textDocument: { diagnostic: { tagSupport: { valueSet: [1, 2] } }, completion: {} },
      },
    });
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'typescript', version: 1, text },
    });
    const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    const offered: string[][] = [];
    for (const position of placesIn(program)) {
      const list = await connection.sendRequest<{ items: readonly { label: string }[] }>('textDocument/completion', {
        textDocument: { uri },
        position,
      });
      offered.push(list.items.map(({ label }) => label));
    }
    return { struckOut: struckOutIn(report), offered };
  } finally {
    connection.dispose();
    server.kill();
  }
}

function struckOutIn(report: DocumentDiagnosticReport): readonly number[] {
  const items = report.kind === 'full' ? report.items : [];
  return items.filter(({ tags }) => tags?.includes(DiagnosticTag.Deprecated)).map(({ range }) => range.start.line);
}

function placesIn(program: string) {
  return program.split('\n').flatMap((line, at) =>
    line
      .split('¦')
      .slice(0, -1)
      .map((_, index, parts) => ({
        line: at,
        character: parts.slice(0, index + 1).join('').length,
      })),
  );
}
