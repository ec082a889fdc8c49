/** Arguments of the commands beside Explain Here are not trusted (threats S36). */
import { expect, test } from 'vitest';
import { askedChange, askedDocument, askedLine, askedNotes, askedProblem } from './entryArguments.ts';

const range = { start: { line: 1, character: 0 }, end: { line: 3, character: 1 } };
const uri = 'file:///home/me/project/a.ts';
const problem = { range, message: 'Type is wrong.', severity: 1 };
const target = { uri, range, level: 'normal', subject: { kind: 'problem', problem } };

/** What VS Code's menus hand over for a document. */
const address = (text: string) => ({ scheme: text.split(':')[0], fsPath: '/home/me', toString: () => text });

test('a problem that is named is explained, and without arguments the one at the cursor', () => {
  expect(askedProblem([target])).toEqual(target);
  expect(['here', 'here', 'here']).toEqual([askedProblem([]), askedProblem([null]), askedProblem([address(uri)])]);
});

test('a place without a problem is no problem', () => {
  expect(askedProblem([{ uri, range }])).toBe('nothing');
  expect(askedProblem([{ uri, range, subject: { kind: 'file' } }])).toBe('nothing');
});

test('menus of files, of changes and of line numbers name a document', () => {
  const document = { kind: 'document', uri };
  expect(askedDocument([address(uri), [address(uri)]])).toEqual(document);
  expect(askedChange([{ resourceUri: address(uri), contextValue: 'x' }])).toEqual(document);
  expect(askedChange([address(uri)])).toEqual({ kind: 'here' });
  expect(askedLine([{ uri: address(uri), lineNumber: 12 }])).toEqual({ uri, line: 11 });
});

test('R32: a virtual document is named as well: whoever reads it says why it cannot be explained', () => {
  expect(askedDocument([address('git:/a.ts?x')])).toEqual({ kind: 'document', uri: 'git:/a.ts?x' });
});

test('line notes are put where a code action says, or at the cursor', () => {
  expect(askedNotes([{ uri, range }])).toEqual({ uri, range });
  expect([askedNotes([]), askedNotes([address(uri)])]).toEqual(['here', 'here']);
});

const shapes: readonly unknown[] = [
  '', 'text', uri, 0, 1, -1, Number.NaN, true, false, Symbol('x'), 10n, [], [address(uri)], {}, () => uri, new Date(), /x/,
  { uri }, { range }, { resourceUri: uri }, { resourceUri: null }, { resourceUri: { scheme: 'file' } }, { resourceUri: {} },
  { uri, lineNumber: 1 }, { uri: address(uri) }, { lineNumber: 1 }, { uri: address(uri), lineNumber: 0 },
  { uri: address(uri), lineNumber: 1.5 }, { uri: address(uri), lineNumber: '1' }, { uri: address(uri), lineNumber: Number.NaN },
  { uri: address('file:///a\u0000b'), lineNumber: 1 }, { uri: address(''), lineNumber: 1 }, { resourceUri: address('no address') },
  { resourceUri: address(`file:///${'a'.repeat(5000)}`) }, { resourceUri: address('file:///a\nb') },
  { uri, range: null }, { uri: 1, range }, { uri: '', range }, { uri, range, extra: 1 }, { uri, range: { start: range.start } },
  { uri: 'https://host/a.ts', range }, { uri: 'command:x', range }, { uri: 'gloss:/receipts/1', range }, { uri: 'terminal:/selection', range },
  { uri: 'file:///home/me/project/../.ssh/id_rsa', range }, { uri: 'file:///home/me/%2e%2e/.ssh/id_rsa', range },
  { ...target, subject: { kind: 'problem' } }, { ...target, subject: { kind: 'problem', problem: { message: 'x' } } },
  { ...target, subject: { kind: 'terminal', text: 'rm -rf /' } }, { ...target, uri: 'git:/a.ts' }, { ...target, followUp: { id: '1', question: 'x' } },
  JSON.parse('{"__proto__":{"uri":"file:///a","lineNumber":1}}'),
]; // biome-ignore format: a list of odd things

const commands = { askedProblem, askedDocument, askedChange, askedLine, askedNotes };

test.each(shapes.map((shape) => [shape]))('S36: %o has no effect', (shape) => {
  const effects = Object.entries(commands).filter(([, asked]) => !isNothing(asked([shape])));
  expect(effects.map(([name]) => name)).toEqual([]);
});

test('S36: there are at least fifty shapes', () => {
  expect(shapes.length).toBeGreaterThanOrEqual(50);
});

function isNothing(asked: unknown): boolean {
  if (asked === undefined || asked === 'nothing') return true;
  return typeof asked === 'object' && asked !== null && 'kind' in asked && asked.kind === 'nothing';
}
