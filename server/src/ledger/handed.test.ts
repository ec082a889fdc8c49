/** Whole edits that the ledger hands to a plain editor by itself: what became of them, as the editor tells it. */
import { expect, test } from 'vitest';
import { ledgerOver, uri } from '../../../test/harness/ledgerWorld.ts';
import { createPendingWorld } from '../../../test/harness/pendingBuffer.ts';
import { createToolWorld, uriOf } from '../../../test/harness/toolWorld.ts';
import type { WholeEdit } from '../editing.ts';

const origin = { action: 'chat', title: 'Do it' };

test('an editor that answers before it tells, and tells each change alone, is waited for', async () => {
  const world = createPendingWorld();
  world.open(uri, 'one\ntwo\nthree\n');
  await world.settle();
  const handed: WholeEdit[] = [];
  const editor = {
    ...world.editor,
    keepsPending: false,
    async hand(whole: WholeEdit) {
      handed.push(whole);
      return { applied: true, versions: [] };
    },
  };
  const ledger = ledgerOver({ ...world, editor });
  const group = ledger.begin(origin, false);
  await group.open(uri);
  group.change(uri, [
    { start: 0, end: 3, text: 'ONE' },
    { start: 8, end: 13, text: 'THREE' },
  ]);
  let isOver = false;
  const ending = group.end({ handOver: true }).finally(() => {
    isOver = true;
  });
  await world.settle();
  expect(handed).toHaveLength(1);
  world.change(uri, [{ start: 8, end: 13, text: 'THREE' }]);
  await world.settle();
  expect([isOver, ledger.outcome(group.id)]).toEqual([
    false,
    'a.ts, line 1: handed to the editor, which has not told what it did.\na.ts, line 3: handed to the editor, which has not told what it did.',
  ]);
  world.change(uri, [{ start: 0, end: 3, text: 'ONE' }]);
  await world.settle();
  expect((await ending).failures).toEqual([]);
  expect(ledger.outcome(group.id)).toBe(
    'a.ts, line 1: accepted as it was proposed.\na.ts, line 3: accepted as it was proposed.',
  );
});

test('what an editor does not make is told in its words, and nothing counts as done', async () => {
  const { ledger, world, during } = await createToolWorld({ keepsPending: false, open: { 'a.ts': 'one\n' } });
  const group = ledger.begin(origin, false);
  await group.open(uriOf('a.ts'));
  group.change(uriOf('a.ts'), [{ start: 0, end: 3, text: 'ONE' }]);
  const ending = group.end({ handOver: true });
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  world.change(uriOf('a.ts'), [{ start: 4, end: 4, text: 'two\n' }]);
  expect((await during(ending)).failures).toEqual(['The document has changed.']);
  expect(ledger.outcome(group.id)).toMatch(
    /not applied\. The editor says to the developer: "The document has changed\./,
  );
});

test('S38: our own records are neither deleted nor moved nor moved to', async () => {
  const { ledger } = await createToolWorld();
  const group = ledger.begin(origin, false);
  const [own, other] = [uriOf('own/x.json'), uriOf('a.ts')];
  const refusals = [
    group.propose({ kind: 'delete', uri: own }),
    group.propose({ kind: 'rename', uri: own, to: other }),
    group.propose({ kind: 'rename', uri: other, to: own }),
  ];
  expect(refusals).toEqual(Array(3).fill('Gloss keeps its own records there.'));
  expect((await group.end()).hunks).toEqual([]);
});
