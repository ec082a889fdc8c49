/** S12, S25: what the tools definition, references, hover, symbols and diagnostics tell, with an editor that knows and one that does not. */
import { expect, test } from 'vitest';
import type { Location } from '#shared/lookups.ts';
import { folderOf } from '../../../test/harness/folders.ts';
import { fileUri, readingTools } from '../../../test/harness/readingTools.ts';
import type { Providers } from '../ports.ts';
import { definition } from './definition.ts';
import { diagnostics } from './diagnostics.ts';
import { hover } from './hover.ts';
import { references } from './references.ts';
import { symbols } from './symbols.ts';

const project = {
  'src/a.ts': '/** Sums. */\nexport function total(list: number[]): number {\n  return list.length;\n}\n',
  'src/b.ts': "import { total } from './a.ts';\n\nconst subtotal = total([1]);\nconsole.log(total, subtotal);\n",
  'src/c.py': 'def total(x):\n    return x\n',
  '.env': 'total=canary',
  'readme.md': 'The total of all.\n',
};

const range = (line: number, character: number, length = 5) => ({
  start: { line, character },
  end: { line, character: character + length },
});

interface AskedPosition {
  readonly line: number;
  readonly character: number;
}

/** The project, with an editor that answers as it is told, and the positions that it was asked about. */
function world(answers: (at: (file: string, line: number, character: number) => Location) => Partial<Providers>) {
  const root = folderOf(project);
  const at = (file: string, line: number, character: number): Location => ({
    uri: file.startsWith('file:') ? file : fileUri(root, file),
    range: range(line, character),
  });
  return { root, ...readingTools([root], { providers: answers(at) }) };
}

const bare = () => world(() => ({}));

test('references are the lines that the editor names, by file', async () => {
  const asked: AskedPosition[] = [];
  const { call, root } = world((at) => ({
    async references(_uri, position) {
      asked.push(position);
      return [at('src/b.ts', 3, 12), at('src/a.ts', 1, 16), at('src/b.ts', 2, 17), at('.env', 0, 0)];
    },
  }));
  const answer = await call(references, { path: 'src/b.ts', line: 3, name: 'total' });
  expect(asked).toEqual([{ line: 2, character: 17 }]);
  expect(answer.text).toBe(
    '4 places. 1 place in files that cannot be shown.\nsrc/a.ts\n  2: export function total(list: number[]): number {\nsrc/b.ts\n  3: const subtotal = total([1]);\n  4: console.log(total, subtotal);',
  );
  expect(answer.isData).toBe(true);
  expect(answer.sources?.[0]).toEqual({
    uri: fileUri(root, 'src/a.ts'),
    firstLine: 1,
    lastLine: 1,
    part: 'references',
  });
});

test('a bare editor gives the lines with the word, and it is said so', async () => {
  const { text } = await bare().call(references, { path: 'src/b.ts', line: 1, name: 'total' });
  expect(text).toMatch(/^6 lines\. This editor has no language support that can be asked/);
  expect(text).toContain('src/c.py\n  1: def total(x):');
  expect(text).not.toMatch(/canary/);
  expect(text).toMatch(/src\/b\.ts\n {2}1: .*\n {2}3: .*\n {2}4: /);
});

test.each([
  [{ path: 'src/b.ts', line: 2, name: 'total' }, 'The name is not in line 2, but in 1, 3, 4 in src/b.ts.'],
  [{ path: 'src/b.ts', line: 1, name: 'tota' }, 'The name is nowhere in src/b.ts.'],
  [{ path: 'src/b.ts', line: 900, name: 'subtotal' }, 'The name is not in line 900, but in 3, 4 in src/b.ts.'],
  [{ path: '.env', line: 1, name: 'total' }, /stays on this machine/],
  [{ path: '../x.ts', line: 1, name: 'total' }, /was not opened/],
  [{ path: 'none.ts', line: 1, name: 'total' }, /there is no such file/],
])('%j: it is said what is wrong, and nobody is asked', async (input, expected) => {
  const { call } = world(() => ({
    references: () => Promise.reject(new Error('asked')),
    definitions: () => Promise.reject(new Error('asked')),
    hover: () => Promise.reject(new Error('asked')),
  }));
  for (const tool of [references, definition, hover]) {
    const answer = await call(tool, input);
    expect(answer.failed).toBe(true);
    expect(answer.text).toMatch(expected);
  }
});

test('a definition comes with its code, also where the editor tells the name alone', async () => {
  const { call } = world((at) => ({ definitions: async () => [at('src/a.ts', 1, 16)] }));
  const { text } = await call(definition, { path: 'src/b.ts', line: 3, name: 'total' });
  expect(text).toBe(
    'src/a.ts\n  2: export function total(list: number[]): number {\n  3-   return list.length;\n  4- }',
  );
});

test('S12: a definition that must not be shown is told by its place', async () => {
  const outside = folderOf({ 'lib.d.ts': 'declare const canary: 1;' });
  const places = ['.env', fileUri(outside, 'lib.d.ts')];
  for (const place of places) {
    const { call } = world((at) => ({ definitions: async () => [at(place, 0, 0)] }));
    const { text } = await call(definition, { path: 'src/b.ts', line: 3, name: 'total' });
    expect(text).toMatch(/^It is defined in (?:\.env|lib\.d\.ts), line 1, which cannot be shown\.$/);
  }
});

test('a bare editor finds declarations by outline, and it is said so', async () => {
  const { text } = await bare().call(definition, { path: 'src/b.ts', line: 3, name: 'total' });
  expect(text).toMatch(/^This editor has no language support/);
  expect(text).toContain('src/a.ts\n  2: export function total');
  expect(text).toContain('src/c.py\n  1: def total(x):\n  2-     return x');
  expect(await bare().call(definition, { path: 'src/b.ts', line: 3, name: 'subtotal' })).toMatchObject({
    failed: true,
  });
});

test('a hover is what the editor says, without secrets', async () => {
  const secret = `sk-ant-api03-${'Ab3'.repeat(30)}`;
  const { call } = world(() => ({ hover: async () => `function total(): number\n\nKey ${secret}` }));
  const answer = await call(hover, { path: 'src/b.ts', line: 3, name: 'total' });
  expect(answer.text).toMatch(/^function total\(\): number/);
  expect(answer.text).not.toContain(secret);
  expect(answer.replaced).not.toEqual([]);
  const { text } = await bare().call(hover, { path: 'src/a.ts', line: 3, name: 'list' });
  expect(text).toMatch(/^The editor knows nothing .*\nsrc\/a\.ts\n/);
  expect(text).toContain('3:   return list.length;');
});

test('symbols of a file are the editor’s, else an outline that is called so', async () => {
  const known = { name: 'total', kind: 12, range: range(1, 0), selection: range(1, 16), depth: 0 };
  const { call } = world(() => ({ symbols: async () => [known, { ...known, name: 'list', kind: 13, depth: 1 }] }));
  expect((await call(symbols, { path: 'src/a.ts' })).text).toBe(
    'src/a.ts.\n  function total, line 2\n    variable list, line 2',
  );
  expect((await bare().call(symbols, { path: 'src/a.ts' })).text).toBe(
    'src/a.ts. By an outline, not by language support of the editor.\n  function total, lines 2 to 4',
  );
  expect((await bare().call(symbols, { path: 'readme.md' })).text).toMatch(/^No symbols/);
  expect((await bare().call(symbols, { path: '.env' })).failed).toBe(true);
  expect((await bare().call(symbols, {})).failed).toBe(true);
});

test('a name is looked for in all files', async () => {
  const { text } = await bare().call(symbols, { name: 'total' });
  expect(text.split('\n').slice(1)).toEqual([
    'src/a.ts  function total, lines 2 to 4',
    'src/c.py  function total, lines 1 to 2',
  ]);
  expect((await bare().call(symbols, { name: 'nothing_here' })).text).toMatch(/^No declaration/);
});

test('problems come the worst first, only of files that may be shown', async () => {
  const problem = (line: number, severity: number, message: string) => ({ range: range(line, 0), severity, message });
  const { call } = world((at) => ({
    allProblems: async () => [
      { uri: at('src/b.ts', 0, 0).uri, problems: [problem(0, 2, 'unused'), problem(2, 1, 'wrong\ntype')] },
      { uri: at('.env', 0, 0).uri, problems: [problem(0, 1, 'canary')] },
      { uri: at('src/a.ts', 0, 0).uri, problems: [] },
    ],
  }));
  const all = await call(diagnostics, {});
  expect(all.text).toBe('2 problems in 1 file.\nsrc/b.ts\n  line 3, error: wrong type\n  line 1, warning: unused');
  expect((await call(diagnostics, { path: 'src/b.ts' })).text).toBe(all.text);
  expect((await call(diagnostics, { path: 'src/a.ts' })).text).toBe('The editor shows no problems.');
  expect((await call(diagnostics, { path: '.env' })).failed).toBe(true);
  expect((await bare().call(diagnostics, {})).text).toMatch(/cannot be asked/);
  expect((await bare().call(diagnostics, { path: 'src/a.ts' })).text).toMatch(/there are none, or it cannot be asked/);
});
