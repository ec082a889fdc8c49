/** Chats with very many requests, and with an editor that is slow beside a long answer. */
import { expect, test } from 'vitest';
import { CancellationTokenSource, type WorkspaceEdit } from 'vscode-languageserver-protocol/node';
import { type ChatWindow, chatWindow } from '../harness/chatWindow.ts';
import { scripted, startForeignService } from '../harness/foreignService.ts';
import { random, scaled } from '../harness/scale.ts';

test('R37: of 10,000 requests, most of them cancelled, each is answered once, and the chat goes on', async () => {
  const service = await startForeignService({ script: scripted({ text: 'One.' }, { text: 'Two.' }) });
  await using chat = await chatWindow({ service, files: { 'a.ts': 'export const a = 1;\n' } });
  await chat.open();
  await chat.say('First.');
  const next = random();
  const { rpc } = chat.editor;
  const at = { textDocument: { uri: chat.uri } };
  const requests = [
    ['textDocument/codeLens', at],
    ['textDocument/codeAction', { ...at, context: { diagnostics: [] }, range: rangeAt(0) }],
    ['textDocument/completion', { ...at, position: { line: 0, character: 0 } }],
    ['workspace/executeCommand', { command: 'gloss.chat.list', arguments: [] }],
    ['workspace/executeCommand', { command: 'gloss.chat.mode', arguments: [{ uri: chat.uri, mode: 'plan' }] }],
    [
      'workspace/executeCommand',
      { command: 'gloss.chat.approve', arguments: [{ uri: chat.uri, hash: 'x', decision: 'once' }] },
    ],
  ] as const;
  const count = scaled(10_000);
  let answered = 0;
  const all = Array.from({ length: count }, async (_, index) => {
    const [method, params] = requests[index % requests.length] ?? requests[0];
    const source = new CancellationTokenSource();
    const answer = rpc.sendRequest(method, params, source.token);
    if (next() < 0.9) void Promise.resolve().then(() => source.cancel());
    await answer.catch(() => undefined);
    answered += 1;
  });
  await Promise.all(all);
  expect(answered).toBe(count);
  await chat.editor.command('gloss.chat.mode', { uri: chat.uri, mode: 'ask' });
  await chat.say('Second.');
  expect(chat.text()).toContain('Two.');
  expect(service.refused).toEqual([]);
  await service.close();
}, 120_000);

test('R14: beside a long answer a slow editor has one edit to make at a time, and misses nothing', async () => {
  const lines = scaled(20_000);
  const text = Array.from({ length: lines }, (_, line) => `Line ${line} of a long answer.\n\n`).join('');
  const service = await startForeignService({ script: scripted({ text }) });
  let waiting = 0;
  let most = 0;
  const slowly = async (edit: WorkspaceEdit) => {
    waiting += 1;
    most = Math.max(most, waiting);
    await new Promise((resolve) => setTimeout(resolve, 200));
    waiting -= 1;
    chat.editor.apply(edit);
    return { applied: true };
  };
  await using chat: ChatWindow = await chatWindow({
    service,
    // The server is under test: it sends what the standard says.
    answer: (method, params) =>
      method === 'workspace/applyEdit' ? slowly((params as { readonly edit: WorkspaceEdit }).edit) : undefined,
  });
  await chat.open();
  await chat.say('Tell me everything.');
  const shows = (line: number) => chat.text().includes(`Line ${line} of a long answer.`);
  await expect.poll(() => shows(lines - 1), { timeout: 60_000 }).toBe(true);
  for (let line = 0; line < lines; line += 97) expect(shows(line)).toBe(true);
  expect(most).toBe(1);
  await service.close();
}, 120_000);

test('R46: with 128 MB of heap the server carries on a long chat', async () => {
  const text = 'A sentence of an answer that is rather long. '.repeat(2_000);
  const answers = Array.from({ length: 8 }, (_, at) => ({ text: `${text}\n\nAnswer ${at}.` }));
  const service = await startForeignService({ script: scripted(...answers) });
  await using chat = await chatWindow({
    ...{ service, process: {}, nodeArguments: ['--max-old-space-size=128'] },
    // Such answers cost more than is spent without asking.
    choose: (_message, titles) => titles.find((title) => title === 'Go on'),
  });
  await chat.open();
  // The whole text in a failure's message would say nothing.
  const shows = (words: string) => chat.text().includes(words);
  for (const [at] of answers.entries()) {
    await chat.say(`Question ${at}.`);
    await expect.poll(() => shows(`Answer ${at}.`), { timeout: 60_000 }).toBe(true);
  }
  expect(chat.editor.child?.exitCode).toBeNull();
  await service.close();
}, 120_000);

function rangeAt(line: number) {
  return { start: { line, character: 0 }, end: { line, character: 0 } };
}
