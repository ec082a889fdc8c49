/** Files that go and move: when the person accepts it, or at once where they were asked before. */
import { describe, expect, test } from 'vitest';
import { called, createToolWorld, type ToolWorld, uriOf } from '../../../../test/harness/toolWorld.ts';
import { deleteFile } from './deleteFile.ts';
import { moveFile } from './moveFile.ts';

const saved = { 'a.ts': 'one\n', 'b.ts': 'two\n', 'src/c.ts': 'three\n' };

async function decide({ ledger, during }: ToolWorld, path: string, decision: 'accept' | 'reject') {
  return during(
    ledger.settle({ decision, which: { kind: 'hunks', ids: ledger.open(uriOf(path)).map(({ id }) => id) } }),
  );
}

describe('in an editor that keeps edits pending', () => {
  test.each(['accept', 'reject'] as const)('a file goes when the person says %s', async (decision) => {
    const world = await createToolWorld({ saved });
    const answer = await called(world, deleteFile, { path: 'a.ts' });
    expect(answer.text).toBe('a.ts is deleted when the developer accepts it; until then it is as it was.');
    expect(answer.effective).toMatchObject({ isReviewed: true, mustAsk: [], subjects: ['a.ts'] });
    expect(world.text('a.ts')).toBe('one\n');
    expect(await decide(world, 'a.ts', decision)).toMatchObject({ settled: 1, failed: [] });
    expect(world.text('a.ts')).toBe(decision === 'accept' ? undefined : 'one\n');
    expect(world.ledger.outcome(answer.groups?.[0] ?? '')).toMatch(decision === 'accept' ? /accepted/ : /rejected/);
  });

  test.each(['accept', 'reject'] as const)('a file moves when the person says %s', async (decision) => {
    const world = await createToolWorld({ saved });
    const answer = await called(world, moveFile, { path: 'a.ts', new_path: 'src/a.ts' });
    expect(answer.text).toBe('a.ts moves to src/a.ts when the developer accepts it; until then it is as it was.');
    await decide(world, 'a.ts', decision);
    expect([world.text('a.ts'), world.text('src/a.ts')]).toEqual(
      decision === 'accept' ? [undefined, 'one\n'] : ['one\n', undefined],
    );
  });

  test('S10: a protected file waits with the reason, and is asked about before where edits are accepted by themselves', async () => {
    const files = { ...saved, 'package.json': '{}\n' };
    const asking = await createToolWorld({ saved: files });
    await called(asking, moveFile, { path: 'a.ts', new_path: '.vscode/tasks.json' });
    const [hunk] = asking.ledger.open(uriOf('a.ts'));
    expect(hunk?.warnings).toHaveLength(1);
    const accepting = await createToolWorld({ saved: files, mode: 'acceptEdits' });
    const answer = await called(accepting, deleteFile, { path: 'package.json' });
    expect(answer.effective?.mustAsk).toHaveLength(1);
    const free = await called(accepting, deleteFile, { path: 'a.ts' });
    expect([free.text, free.effective?.mustAsk]).toEqual(['Deleted a.ts.', []]);
    expect(accepting.text('a.ts')).toBeUndefined();
  });
});

test.each([
  [deleteFile, { path: 'none.ts' }, 'There is no file none.ts.'],
  [deleteFile, { path: 'src' }, 'src is a folder. Name a file.'],
  [deleteFile, { path: '../x.ts' }, /leads out of the folder/],
  [deleteFile, { path: 'own/log.json' }, /never changed here.*own records/],
  [moveFile, { path: 'a.ts', new_path: 'b.ts' }, 'b.ts is there already, so nothing can move there.'],
  [moveFile, { path: 'none.ts', new_path: 'x.ts' }, 'There is no file none.ts.'],
  [moveFile, { path: 'a.ts', new_path: 'own/a.ts' }, /never changed here/],
])('S6, S38: %# what cannot be done is told, and nothing happens', async (tool, input, message) => {
  const world = await createToolWorld({ saved: { ...saved, 'own/log.json': '{}' } });
  const before = [...world.world.disk];
  const { text, failed } = await called(world, tool, input);
  expect(failed).toBe(true);
  if (typeof message === 'string') expect(text).toBe(message);
  else expect(text).toMatch(message);
  expect([...world.world.disk]).toEqual(before);
});

test('S12: what must not leave neither goes nor moves to a name under which it might', async () => {
  const world = await createToolWorld({ saved: { ...saved, '.env.local': 'KEY=x\n' } });
  world.excluded.add(uriOf('.env.local'));
  for (const answer of [
    await called(world, moveFile, { path: '.env.local', new_path: 'notes.txt' }),
    await called(world, deleteFile, { path: '.env.local' }),
  ])
    expect(answer.text).toMatch(/may not be read or changed/);
  expect(world.text('.env.local')).toBe('KEY=x\n');
});

test('S8: a file that has changed since the person agreed stays', async () => {
  const world = await createToolWorld({ saved, mode: 'acceptEdits' });
  const context = world.context('c');
  const effective = await deleteFile.effective(context, { path: 'a.ts' });
  world.world.disk.set(uriOf('a.ts'), 'other\n');
  if ('impossible' in effective) throw new Error(effective.impossible);
  const answer = await world.during(deleteFile.run(context, { path: 'a.ts' }, effective));
  expect(answer.text).toBe('The file has changed since this was shown to the developer.');
  expect(world.text('a.ts')).toBe('other\n');
});
