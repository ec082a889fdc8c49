/** Real changes of published packages as a chat makes them: all edits of a file in one call, in editors of both kinds. */
import { expect, test } from 'vitest';
import { editFile } from '../../server/src/tools/edit/editFile.ts';
import { type RealChange, realChanges } from '../harness/realChanges.ts';
import { sample } from '../harness/scale.ts';
import { called, createToolWorld, streamed } from '../harness/toolWorld.ts';

const changes = sample(realChanges());

function callOf({ edits }: RealChange): object {
  return { command: 'edits', path: 'file.ts', edits };
}

test('R29: in an editor that keeps edits pending each file becomes its later version, and rejecting brings the earlier one back', async () => {
  for (const change of changes) {
    const world = await createToolWorld({ open: { 'file.ts': change.before } });
    await streamed(world, editFile, callOf(change), { call: 'one', pieces: 400 });
    const answer = await called(world, editFile, callOf(change), { call: 'one' });
    expect(answer.failed, `${change.path}: ${answer.text}`).toBeUndefined();
    expect(world.text('file.ts') === change.after, change.path).toBe(true);
    const rejected = await world.during(world.ledger.settle({ decision: 'reject', which: { kind: 'all' } }));
    expect(rejected.failed).toEqual([]);
    expect(world.text('file.ts') === change.before, change.path).toBe(true);
  }
}, 120_000);

test('R29, S8: in a plain editor the same comes out, and it is what was shown before', async () => {
  for (const change of changes) {
    for (const text of [(same: string) => same, (unix: string) => unix.replaceAll('\n', '\r\n')]) {
      const world = await createToolWorld({ keepsPending: false, open: { 'file.ts': text(change.before) } });
      const answer = await called(world, editFile, callOf(change));
      expect(answer.failed, `${change.path}: ${answer.text}`).toBeUndefined();
      expect(world.text('file.ts') === text(change.after), change.path).toBe(true);
    }
  }
}, 120_000);

test('R27: given up at any letter, the file is as it was', async () => {
  for (const [index, change] of changes.entries()) {
    const world = await createToolWorld({ open: { 'file.ts': change.before } });
    const share = (index % 10) / 10;
    await streamed(world, editFile, callOf(change), { call: 'one', share, state: 'open', pieces: 400 });
    await world.during(editFile.abandon?.(world.context('one'), 'You stopped it.') ?? Promise.resolve());
    expect(world.text('file.ts') === change.before, change.path).toBe(true);
    expect(world.ledger.open('file:///w/file.ts')).toEqual([]);
  }
}, 120_000);
