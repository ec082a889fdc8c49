/** R28, R31: what is read around the cursor is what stands there, whatever was typed before, and begins with the same line from key to key. */
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { random, scaled } from '../../../../test/harness/scale.ts';
import { createLiveDocument } from '../../lsp/liveDocument.ts';
import { sentOf, type Window, windowAt } from './window.ts';

const uri = 'file:///a.ts';
const pieces = ['a', '\n', '\r\n', '😀', '', 'const b = 1;\n', '👩‍👩‍👧', 'é', '\n\n'];

function reader(text: string) {
  const document = createLiveDocument({ uri, languageId: 'typescript', version: 1, text }, 4);
  const documents = {
    get: () => document.snapshot(),
    offsetAt: (_uri: string, position: { line: number; character: number }) => document.offsetAt(position),
    part: (_uri: string, start: number, end: number) => document.part(start, end),
  };
  return { document, at: (line: number, character: number) => windowAt(documents, uri, { line, character }) };
}

test(`R28: after each of ${scaled(50_000)} random edits the text on both sides of the cursor is that of the document`, () => {
  const next = random();
  const pick = (limit: number) => Math.floor(next() * limit);
  let [ours, theirs] = [reader('one\n'), TextDocument.create(uri, '', 1, 'one\n')];
  for (let count = 0; count < scaled(50_000); count++) {
    const start = { line: pick(theirs.lineCount), character: pick(6) };
    const end =
      next() < 0.8 ? start : { line: Math.min(start.line + pick(3), theirs.lineCount - 1), character: pick(6) };
    const change = { range: { start, end }, text: pieces[pick(pieces.length)] ?? '' };
    ours.document.change(change);
    theirs = TextDocument.update(theirs, [change], count + 2);
    const cursor = { line: pick(theirs.lineCount), character: pick(8) };
    const text = theirs.getText();
    const at = theirs.offsetAt(cursor);
    const window = ours.at(cursor.line, cursor.character);
    const plain = (part: string) => part.replace(/\r\n?/g, '\n');
    expect(window?.before).toBe(plain(text.slice(0, at)));
    expect(window?.after).toBe(plain(text.slice(at)));
    if (window === undefined) continue;
    const sent = sentOf(window);
    expect(sent.before.isWellFormed() && sent.after.isWellFormed()).toBe(true);
    if (text.length > 900) [ours, theirs] = [reader(''), TextDocument.create(uri, '', 1, '')];
  }
});

const lines = (count: number) => Array.from({ length: count }, (_, line) => `const value${line} = 1; // 😀`);

test('R31: of a long document a part is sent, which begins with the same line from key to key', () => {
  const { document, at } = reader(`${lines(5_000).join('\n')}\n`);
  const first = sentOf(at(2_500, 5) as Window); // The document is open.
  expect(first.before.length).toBeLessThanOrEqual(5_000);
  expect(first.before).toMatch(/^const value\d+ = 1; \/\/ 😀\n/);
  for (let key = 5; key < 30; key++) {
    document.change({
      range: { start: { line: 2_500, character: key }, end: { line: 2_500, character: key } },
      text: 'x',
    });
    expect(sentOf(at(2_500, key + 1) as Window).firstLine).toBe(first.firstLine);
  }
});
