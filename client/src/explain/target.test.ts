/** Arguments of commands are not trusted (threats S36). */
import { expect, test } from 'vitest';
import { askedBy, isPlainPlace } from './target.ts';

const range = { start: { line: 1, character: 0 }, end: { line: 3, character: 1 } };
const uri = 'file:///home/me/project/a.ts';

test('S36: a place in a document is a target', () => {
  expect(askedBy([{ uri, range, level: 'deep' }])).toEqual({ kind: 'target', target: { uri, range, level: 'deep' } });
  expect(askedBy([{ uri, range }])).toEqual({ kind: 'target', target: { uri, range, level: 'normal' } });
});

test.each([
  ['no argument', []],
  ['undefined', [undefined]],
  ['null', [null]],
  ["a menu's resource", [{ scheme: 'file', fsPath: '/home/me/secret', path: '/home/me/secret' }]],
])('%s means the selection', (_name, values) => {
  expect(askedBy(values)).toEqual({ kind: 'nothing' });
});

const shapes: readonly unknown[] = [
  '', 'text', 0, 1, -1, Number.NaN, true, false, Symbol('x'), 10n, [], [uri, range], {}, () => uri, new Date(), /x/,
  { uri }, { range }, { uri, range: null }, { uri, range: [] }, { uri: null, range }, { uri: '', range }, { uri: 1, range },
  { uri, range: { start: range.start } }, { uri, range, level: 'DEEP' }, { uri, range, level: '' }, { uri, range, level: null },
  { uri, range, extra: 1 }, { uri, range, level: 'line', apiKey: 'x' }, { uri, range, followUp: { id: '1', question: 'x' } },
  { uri, range: { start: { line: -1, character: 0 }, end: range.end } }, { uri, range: { start: { line: 0.5, character: 0 }, end: range.end } },
  { uri, range: { start: { line: 2 ** 40, character: 0 }, end: range.end } }, { uri, range: { start: { line: '1', character: 0 }, end: range.end } },
  { uri: 'https://host/a.ts', range }, { uri: 'command:x', range }, { uri: 'vscode://x/y', range }, { uri: 'gloss:/receipts/1', range },
  { uri: 'data:text/plain,x', range }, { uri: 'javascript:1', range }, { uri: '/home/me/a.ts', range }, { uri: 'a.ts', range },
  { uri: 'file:///home/me/project/../.ssh/id_rsa', range }, { uri: 'file:///home/me/project/%2e%2e/.ssh/id_rsa', range },
  { uri: 'file:///home/me/project/%2E./x', range }, { uri: 'file:///home/me/project/./a.ts', range }, { uri: 'file:///a\\..\\b', range },
  { uri: 'file:///a%5c..%5cb', range }, { uri: 'file:///a%00.ts', range }, { uri: 'file:///a%0a.ts', range }, { uri: 'file:///a%zz', range },
  { uri: `file:///${'a'.repeat(5000)}`, range }, { uri: 'FILE:///a.ts', range }, JSON.parse('{"__proto__":{"uri":"file:///a","range":{}}}'),
  { scheme: 'file', fsPath: '/x', range },
]; // biome-ignore format: a list of odd things

test.each(shapes.map((shape) => [shape]))('S36: %o has no effect', (shape) => {
  expect(askedBy([shape])).toEqual({ kind: 'invalid' });
});

test.each([
  'file:///a/b.ts',
  'untitled:Untitled-1',
  'vscode-remote://wsl%2Bubuntu/home/a.ts',
  'file:///a/..b/c..ts',
  'file:///c%3A/x.ts',
])('%s is a plain place', (place) => {
  expect(isPlainPlace(place)).toBe(true);
});
