/** What our server is compared with: the same library, and handlers that do nothing but what the figure is about. */
import { request } from 'undici';
import { createConnection, ProposedFeatures, TextDocumentSyncKind } from 'vscode-languageserver/node';

const connection = createConnection(ProposedFeatures.all);
connection.onInitialize(() => ({ capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental } }));
connection.onDidOpenTextDocument(() => undefined);
connection.onDidChangeTextDocument(() => undefined);
/** Reads a stream to its end, and sends one request as soon as the mark has come. */
connection.onRequest('bench/edit', async ({ url, headers, body, mark, apply }: Asked) => {
  const response = await request(url, { method: 'POST', headers, body });
  let text: string | undefined = '';
  for await (const chunk of response.body) {
    if (text === undefined) continue;
    text += String(chunk);
    if (!text.includes(mark)) continue;
    text = undefined;
    await connection.sendRequest('gloss/apply', apply);
  }
  return null;
});
connection.listen();

interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly mark: string;
  readonly apply: object;
}
