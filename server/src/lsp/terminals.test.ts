/** Terminals of commands, and saving before they run, as an editor at the other end of the wire sees them. */
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { createConnection } from 'vscode-languageserver/node';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import { saveRequest, TerminalPiece, terminalClosed, terminalNotification } from '#shared/chat.ts';
import type { Log } from '../ports.ts';
import { createSaving } from './saving.ts';
import { createTerminals } from './terminals.ts';

function wire() {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
  const editor = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  const pieces: TerminalPiece[] = [];
  const warnings: string[] = [];
  editor.onNotification(terminalNotification.method, (piece: unknown) => void pieces.push(TerminalPiece.parse(piece)));
  const log = { warn: (message: string) => void warnings.push(message) } as unknown as Log; // It says nothing else.
  const gloss = { terminal: true, save: true };
  const terminals = createTerminals({ connection, gloss, log });
  connection.listen();
  editor.listen();
  onTestFinished(() => editor.dispose());
  return { connection, editor, pieces, warnings, terminals, saving: createSaving({ connection, gloss, log }), log };
}

test('a terminal opens with the command, shows all that is written in its order, and says how it ended', async () => {
  const { terminals, pieces } = wire();
  const view = terminals({ id: 'toolu_1', title: 'Run npm\ntest' });
  for (let number = 0; number < 100; number++) view.write(`${number}\n`);
  view.end('Exit code 0.');
  await expect.poll(() => pieces.at(-1)?.ended).toBe('Exit code 0.');
  expect(pieces[0]).toEqual({ id: 'toolu_1', title: 'Run npm test' });
  const text = pieces.map((piece) => piece.text ?? '').join('');
  expect(text).toBe(Array.from({ length: 100 }, (_, number) => `${number}\n`).join(''));
  // Not a piece for each line: what is written at once comes at once.
  expect(pieces.length).toBeLessThan(10);
});

test('what is written while it runs comes before it ends', async () => {
  const { terminals, pieces } = wire();
  terminals({ id: 'a', title: 'x' }).write('up');
  await expect.poll(() => pieces.map(({ text }) => text)).toEqual([undefined, 'up']);
});

test('R43: of what is written faster than anyone reads the last is shown, and how much is left out', async () => {
  const { terminals, pieces } = wire();
  const view = terminals({ id: 'a', title: 'x' });
  for (let number = 0; number < 100; number++) view.write('x'.repeat(10_000));
  view.end('done');
  await expect.poll(() => pieces.at(-1)?.ended).toBe('done');
  const texts = pieces.flatMap(({ text }) => text ?? []);
  expect(texts).toEqual([`\n[950000 characters left out]\n${'x'.repeat(50_000)}`]);
});

test('closing a terminal is told to its command only, and once it is over to nobody', async () => {
  const { terminals, editor, warnings } = wire();
  const [one, other, over] = ['a', 'b', 'c'].map((id) => terminals({ id, title: 'x' }));
  over?.end('done');
  for (const params of [{ id: 'c' }, { id: 'nobody' }, { id: 7 }, { id: 'a' }])
    await editor.sendNotification(terminalClosed.method, params);
  await expect.poll(() => one?.closed?.aborted).toBe(true);
  expect([other?.closed?.aborted, over?.closed?.aborted]).toEqual([false, false]);
  expect(warnings).toEqual([expect.stringContaining('could not be read')]);
});

test('editors without terminals are told nothing', () => {
  const { connection, log, pieces } = wire();
  const view = createTerminals({ connection, gloss: { terminal: false }, log })({ id: 'a', title: 'x' });
  view.write('x');
  view.end('x');
  expect([pieces, view.closed]).toEqual([[], undefined]);
});

test('documents are saved by the editor; what it does not answer counts as not saved', async () => {
  const { saving, editor, warnings, connection, log } = wire();
  editor.onRequest(saveRequest.method, ({ uris }: { uris: string[] }) => ({ saved: uris.slice(1) }));
  expect(await saving.save?.(['file:///a', 'file:///b'])).toEqual(['file:///b']);
  for (const answer of [null, { saved: 1 }, new Error('no')]) {
    editor.onRequest(saveRequest.method, () => {
      if (answer instanceof Error) throw answer;
      return answer;
    });
    expect(await saving.save?.(['file:///a'])).toEqual([]);
  }
  expect(warnings).toHaveLength(3);
  expect(createSaving({ connection, gloss: { save: false }, log })).toEqual({});
});
