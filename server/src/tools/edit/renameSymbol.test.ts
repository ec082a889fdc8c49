/** Renames through the editor's own language support: all or nothing, and what is said where there is none. */
import { expect, test } from 'vitest';
import type { ProviderEdits } from '#shared/edits.ts';
import type { Position } from '#shared/place.ts';
import { called, createToolWorld, type ToolWorldOptions, uriOf } from '../../../../test/harness/toolWorld.ts';
import { renameSymbol } from './renameSymbol.ts';

const open = { 'a.ts': 'export const sum = 1;\nlet summer = sum;\n', 'b.ts': "import { sum } from './a';\n" };
const input = { path: 'a.ts', line: 1, name: 'sum', new_name: 'total' };

/** What a provider answers: each place of the name, for documents at some version. */
function editsOf(
  version: number,
  places: Readonly<Record<string, readonly (readonly [line: number, from: number])[]>>,
): ProviderEdits {
  return Object.entries(places).map(([path, list]) => ({
    uri: uriOf(path),
    version,
    edits: list.map(([line, from]) => ({
      range: { start: { line, character: from }, end: { line, character: from + 3 } },
      text: 'total',
    })),
  }));
}

const everywhere = editsOf(1, {
  'a.ts': [
    [0, 13],
    [1, 13],
  ],
  'b.ts': [[0, 9]],
});

async function renamed(answer: ProviderEdits | undefined, given: object = input, options: ToolWorldOptions = {}) {
  const asked: Position[] = [];
  const rename = async (_uri: string, position: Position) => {
    asked.push(position);
    return answer;
  };
  const world = await createToolWorld({ open, ...options, providers: { rename } });
  return { world, asked, answer: await called(world, renameSymbol, given) };
}

test('it is renamed wherever the provider says, and each place awaits the person', async () => {
  const { world, asked, answer } = await renamed(everywhere);
  expect(asked[0]).toEqual({ line: 0, character: 13 });
  expect(answer.text).toMatch(/^Renamed 3 places in 2 files\. The file has it now/);
  expect(world.text('a.ts')).toBe('export const total = 1;\nlet summer = total;\n');
  expect(world.text('b.ts')).toBe("import { total } from './a';\n");
  expect(world.world.shown(uriOf('a.ts')).length + world.world.shown(uriOf('b.ts')).length).toBe(2);
  expect(answer.effective).toMatchObject({ subjects: ['a.ts', 'b.ts'], isReviewed: true });
  expect(answer.effective?.facts.at(-1)?.value).toBe('a.ts: 2 places\nb.ts: 1 place');
});

test('mode acceptEdits: it is accepted', async () => {
  const { world, answer } = await renamed(everywhere, input, { mode: 'acceptEdits' });
  expect(answer.text).toMatch(/It is accepted\.$/);
  expect(world.ledger.open(uriOf('a.ts'))).toEqual([]);
});

test('R36: where one file has changed meanwhile, nothing is renamed anywhere', async () => {
  const { world, answer } = await renamed(editsOf(0, { 'a.ts': [[0, 13]], 'b.ts': [[0, 9]] }));
  expect(answer).toMatchObject({ failed: true, text: expect.stringContaining('A file changed meanwhile') });
  expect([world.text('a.ts'), world.text('b.ts')]).toEqual(Object.values(open));
});

test('S10: a protected file among them is asked about, and without leave nothing is renamed', async () => {
  const { world, answer } = await renamed(editsOf(1, { 'a.ts': [[0, 13]], 'vite.config.ts': [[0, 0]] }), input, {
    open: { ...open, 'vite.config.ts': 'sum;\n' },
  });
  expect(answer.text).toContain('You did not agree to this change');
  expect([world.text('a.ts'), world.text('vite.config.ts')]).toEqual([open['a.ts'], 'sum;\n']);
});

test.each<[ProviderEdits | undefined, object, RegExp]>([
  [undefined, input, /^The editor has no rename for a\.ts, or refuses this one\. Find where the name is used/],
  [everywhere, { ...input, line: 3 }, /^The name is not in line 3, but in 1, 2 in a\.ts\.$/],
  [everywhere, { ...input, name: 'su' }, /^The name is nowhere in a\.ts\.$/],
  [everywhere, { ...input, path: 'c.ts' }, /^There is no file c\.ts\./],
  [
    [{ uri: 'file:///lib/x.ts', version: 1, edits: [] }],
    input,
    /1 of the files that it would change are outside the workspace/,
  ],
])('%# what cannot be renamed is told', async (answer, given, message) => {
  const { world, answer: told } = await renamed(answer, given);
  expect(told.failed).toBe(true);
  expect(told.text).toMatch(message);
  expect(world.text('a.ts')).toBe(open['a.ts']);
});
