/** What the model is told of earlier edits: each piece of news once, in words that it can act on. */
import { expect, test } from 'vitest';
import { called, createToolWorld, type ToolWorld, uriOf } from '../../../../test/harness/toolWorld.ts';
import { editFile } from './editFile.ts';
import { outcomesOf } from './outcomes.ts';

async function edited(...steps: readonly (readonly [old: string, fresh: string])[]) {
  const world = await createToolWorld({ open: { 'a.ts': 'one\ntwo\nthree\nfour\n' } });
  const groups: string[] = [];
  for (const [old_str, new_str] of steps)
    groups.push(
      ...((await called(world, editFile, { command: 'str_replace', path: 'a.ts', old_str, new_str })).groups ?? []),
    );
  const told = new Map<string, string>();
  return { world, groups, next: () => outcomesOf(world.ledger, told, groups) };
}

async function decided(
  { world, ledger, during }: ToolWorld,
  decision: 'accept' | 'reject',
  at: number,
  reason?: string,
) {
  const hunk = world.shown(uriOf('a.ts'))[at];
  const ids = hunk === undefined ? [] : [hunk.id];
  await during(ledger.settle({ decision, which: { kind: 'hunks', ids }, ...(reason === undefined ? {} : { reason }) }));
}

test('what waits is no news, and what was decided is told once', async () => {
  const { world, next } = await edited(['two', 'TWO'], ['four', 'FOUR']);
  expect(next()).toEqual([]);
  await decided(world, 'reject', 1, 'Leave four alone.');
  expect(next()).toEqual([
    'a.ts, line 4: rejected. The code is as it was before. The developer says: Leave four alone.',
    '1 call has edits that still await the developer.',
  ]);
  expect(next()).toEqual([]);
  await decided(world, 'accept', 0);
  expect(next()).toEqual(['a.ts, line 2: accepted as it was proposed.']);
  expect(next()).toEqual([]);
});

test('what the developer makes of an edit is told with its text; that it has only moved is not', async () => {
  const { world, next } = await edited(['two', 'TWO'], ['four', 'FOUR']);
  const at = world.text('a.ts')?.indexOf('TWO') ?? -1;
  world.world.change(uriOf('a.ts'), [{ start: at + 3, end: at + 3, text: '!' }]);
  await world.world.settle();
  expect(next()[0]).toBe('a.ts, line 2: the developer changed it and kept that:\nTWO!\n');
  world.world.change(uriOf('a.ts'), [{ start: 0, end: 0, text: 'zero\n' }]);
  await world.world.settle();
  expect(next()).toEqual([]);
});

test('an undo is told', async () => {
  const { world, next } = await edited(['two', 'TWO']);
  world.world.undo(uriOf('a.ts'));
  await world.world.settle();
  expect(next()).toEqual(['a.ts, line 2: taken back by the developer with undo. The code is as it was before.']);
});
