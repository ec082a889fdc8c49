/** A document in blocks is the same document: held against the library's, made anew from the whole text after each change. */
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { bytesInUse } from '../../../test/harness/heap.ts';
import { random, scaled } from '../../../test/harness/scale.ts';
import { createLiveDocument } from './liveDocument.ts';

const pieces = ['a', '\n', '\r\n', '\r', '\n\r', '', '', 'b\nc\nd\n', '\n\n\n', 'long line of text', '😀'];
const next = random();
const pick = (limit: number) => Math.floor(next() * limit);

test(`${scaled(100_000)} random changes give the text, the offsets and the positions that the library gives`, () => {
  const opened = { uri: 'file:///a.txt', languageId: 'x', version: 1, text: 'one\r\ntwo\nthree\rfour' };
  let [ours, theirs] = [createLiveDocument(opened, 2), TextDocument.create('', '', 1, opened.text)];
  for (let count = 0; count < scaled(100_000); count++) {
    const text = pieces[pick(pieces.length)] ?? '';
    const [line, character] = [pick(theirs.lineCount), pick(6)];
    const below = Math.min(line + pick(4), theirs.lineCount - 1);
    const end = next() < 0.6 ? { line, character } : { line: below, character: pick(6) };
    const change = { range: { start: { line, character }, end }, text };
    const before = ours.snapshot();
    const old = theirs.getText();
    const [one, two] = [theirs.offsetAt(change.range.start), theirs.offsetAt(change.range.end)];
    const now = old.slice(0, Math.min(one, two)) + text + old.slice(Math.max(one, two));
    theirs = TextDocument.create('', '', count, now);
    const made = ours.change(change);
    expect(ours.snapshot().text).toBe(now);
    expect(before.text).toBe(old);
    expect(made && old.slice(0, made.start) + made.text + old.slice(made.end)).toBe(now);
    const offset = pick(now.length + 2);
    const [from, to] = [pick(now.length + 1), pick(now.length + 2)];
    expect(ours.part(from, to)).toBe(now.slice(from, to));
    expect(ours.positionAt(offset)).toEqual(theirs.positionAt(offset));
    const position = { line: pick(theirs.lineCount + 2), character: pick(8) };
    expect(ours.offsetAt(position)).toBe(theirs.offsetAt(position));
    if (now.length > 400) {
      ours = createLiveDocument({ ...opened, text: now.slice(0, 60) }, 1 + pick(4));
      theirs = TextDocument.create('', '', 1, now.slice(0, 60));
    }
  }
});

test('versions that are remembered hold what is their own, though the text of each has been read', async () => {
  const line = 'const value = compute(1);\n';
  const opened = { uri: 'file:///a.ts', languageId: 'x', version: 1, text: line.repeat(40_000) };
  const document = createLiveDocument(opened);
  const before = bytesInUse();
  const versions = Array.from({ length: 50 }, (_, at) => {
    const place = { line: at * 700, character: 0 };
    document.change({ range: { start: place, end: place }, text: 'x' });
    const version = document.snapshot();
    // Flat, as whoever searches in it makes it.
    expect(version.text.indexOf('y')).toBe(-1);
    return version;
  });
  // What a job has looked at stays until its end.
  await new Promise((resolve) => void setImmediate(resolve));
  // A million letters each, if all of them stayed.
  expect(bytesInUse() - before).toBeLessThan(15e6);
  for (const [at, { text }] of versions.entries()) expect(text.match(/x/g)).toHaveLength(at + 1);
});
