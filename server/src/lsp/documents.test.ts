/** R28: after any series of incremental edits the server's text is the editor's text. */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { random, scaled } from '../../../test/harness/scale.ts';
import { createDocuments } from './documents.ts';

const pieces = ['a', '\n', '\r\n', '\r', '😀', 'é', '𝒳y', '\t', 'function f() {}\n', '', '漢字', '\u2028'];
const next = random();
const pick = (limit: number) => Math.floor(next() * limit);

/** A text as the reference sees it: one string, and edits between offsets. */
function positionAt(text: string, offset: number): { line: number; character: number } {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** Editors place no edit between the halves of a pair or of a line break. */
function settle(text: string, offset: number): number {
  const inPair = /[\ud800-\udbff]/.test(text[offset - 1] ?? '') && /[\udc00-\udfff]/.test(text[offset] ?? '');
  const inBreak = text[offset - 1] === '\r' && text[offset] === '\n';
  return inPair || inBreak ? offset - 1 : offset;
}

test(`R28: ${scaled(50_000)} random incremental edits equal the reference, with no pair split`, async () => {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const documents = createDocuments(server);
  server.onRequest('test/text', (uri: string) => documents.get(uri)?.text ?? null);
  server.listen();
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  client.listen();
  const uri = 'file:///a.txt';
  let text = 'const a = "😀";\r\nconst b = 1;\n';
  await client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'x', version: 1, text } });
  for (let count = 1; count <= scaled(50_000); count++) {
    const [one, two] = [settle(text, pick(text.length + 1)), settle(text, pick(text.length + 1))];
    const [start, end] = one <= two ? [one, two] : [two, one];
    // Mostly short, so that the text grows: a mistake then stays in it until it is seen.
    const stop = end - start > 3 ? start : end;
    const piece = pieces[pick(pieces.length)] ?? '';
    const range = { start: positionAt(text, start), end: positionAt(text, stop) };
    await client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: count + 1 },
      contentChanges: [{ range, text: piece }],
    });
    text = text.slice(0, start) + piece + text.slice(stop);
    if (text.length > 4_000) {
      await client.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: count + 1 },
        contentChanges: [{ text: 'x\n' }],
      });
      text = 'x\n';
    }
    if (count % 25 === 0) expect(await client.sendRequest('test/text', uri)).toBe(text);
  }
  expect(await client.sendRequest('test/text', uri)).toBe(text);
  expect(text.isWellFormed()).toBe(true);
  client.dispose();
});
