/** S36: the commands on edits take their own arguments and nothing else. */
import { expect, test } from 'vitest';
import { askedEdit, askedFile, askedHunk } from './asked.ts';

const uri = 'file:///home/me/project/a.ts';
const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 4 } };
const target = { action: 'simplify', uri, range };
/** What the editor's menus and keys pass: its own object for an address. */
const menu = { scheme: 'file', fsPath: '/home/me/project/a.ts', toString: () => uri };

test('without an argument, or from a menu, the cursor counts', () => {
  expect([askedHunk([]), askedHunk([null]), askedHunk([menu, {}])]).toEqual([1, 2, 3].map(() => ({ kind: 'here' })));
  expect(askedFile([])).toEqual({ kind: 'here' });
});

test('a lens and the list name a hunk, the list and an editor a file', () => {
  expect(askedHunk(['h1'])).toEqual({ kind: 'hunk', id: 'h1' });
  expect(askedHunk([{ kind: 'hunk', id: 'h1' }, undefined])).toEqual({ kind: 'hunk', id: 'h1' });
  expect(askedFile([{ kind: 'file', uri }])).toEqual({ kind: 'file', uri });
  expect(askedFile([menu])).toEqual({ kind: 'file', uri });
});

test('a code action names what to edit', () => {
  const whole = { ...target, version: 3, problems: [{ range, message: 'x', severity: 1 }], instruction: 'shorter' };
  expect(askedEdit([target])).toEqual(target);
  expect(askedEdit([whole])).toEqual(whole);
  const cell = { ...target, uri: 'vscode-notebook-cell:/home/me/a.ipynb#W0sZmlsZQ%3D%3D' };
  expect(askedEdit([cell])).toEqual(cell);
});

const oddThings: readonly unknown[] = [
  '', 'x'.repeat(65), 0, 1, -1, Number.NaN, true, false, Symbol('x'), 10n, [], ['h1'], {}, () => 'h1', new Date(), /x/, new Map([['kind', 'hunk']]),
  { id: 'h1' }, { kind: 'hunk' }, { kind: 'hunk', id: '' }, { kind: 'hunk', id: 1 }, { kind: 'hunk', id: ['h1'] }, { kind: 'file', id: 'h1' },
  { kind: 'hunk', id: 'h1', more: 1 }, { kind: 'HUNK', id: 'h1' }, { kind: 'hunk', id: 'x'.repeat(65) }, { kind: ['hunk'], id: 'h1' }, { kind: null, id: 'h1' },
  { kind: 'hunk', uri }, { kind: 'file' }, { kind: 'file', uri: '' }, { kind: 'file', uri: 1 }, { kind: 'file', uri: null }, { kind: 'file', uri, more: 1 },
  { kind: 'file', uri: 'x'.repeat(4097) }, { hunk: { kind: 'hunk', id: 'h1' } }, JSON.parse('{"__proto__":{"kind":"hunk","id":"h1"}}'),
  Object.create({ kind: 'hunk', id: 'h1' }), { range, uri }, { scheme: 'file' }, { fsPath: '/x' }, { scheme: 'file', fsPath: '/x', range }, new Error('x'),
]; // biome-ignore format: a list of odd things

test.each(oddThings.map((value) => [value]))('S36: %o has no effect', (value) => {
  const isId = typeof value === 'string' && value !== '' && value.length <= 64;
  expect(askedHunk([value]).kind === 'nothing' || isId).toBe(true);
  expect(askedFile([value])).toEqual({ kind: 'nothing' });
  expect(askedEdit([value])).toBeUndefined();
});

const oddTargets: readonly unknown[] = [
  undefined, null, { ...target, action: '' }, { ...target, action: 1 }, { ...target, action: 'x'.repeat(201) }, { ...target, uri: '' }, { ...target, uri: 1 },
  { ...target, uri: 'https://host/a.ts' }, { ...target, uri: 'command:x' }, { ...target, uri: 'gloss:/receipts/1' }, { ...target, uri: 'data:text/plain,x' },
  { ...target, uri: 'git:/a.ts?%7B%7D' }, { ...target, uri: 'vscode-userdata:/User/settings.json' }, { ...target, uri: '/home/me/a.ts' }, { ...target, uri: 'a.ts' },
  { ...target, uri: 'file:///home/me/project/../.ssh/id_rsa' }, { ...target, uri: 'file:///home/me/%2e%2e/.ssh/id_rsa' }, { ...target, uri: 'file:///a%00.ts' },
  { ...target, uri: 'file:///a\\..\\b' }, { ...target, uri: `file:///${'a'.repeat(5000)}` }, { ...target, uri: 'vscode-notebook-cell:/a/../b.ipynb#x' },
  { ...target, range: null }, { ...target, range: [] }, { ...target, range: { start: range.start } }, { ...target, range: { start: { line: -1, character: 0 }, end: range.end } },
  { ...target, range: { start: { line: 0.5, character: 0 }, end: range.end } }, { ...target, instruction: '' }, { ...target, instruction: '  ' }, { ...target, instruction: 1 },
  { ...target, instruction: 'x'.repeat(20_001) }, { ...target, problems: {} }, { ...target, problems: [1] }, { ...target, problems: [{ range, message: 'x', severity: 9 }] },
  { ...target, problems: Array.from({ length: 101 }, () => ({ range, message: 'x' })) }, { ...target, version: 'x' }, { ...target, retry: 'h1' }, { ...target, more: 1 },
  { ...target, apiKey: 'x' }, { ...target, partialResultToken: 'x' }, { uri, range }, { action: 'simplify', range }, { action: 'simplify', uri },
]; // biome-ignore format: a list of odd things

test.each(oddTargets.map((value) => [value]))('S36: %o is nothing to edit', (value) => {
  expect(askedEdit([value])).toBeUndefined();
});
