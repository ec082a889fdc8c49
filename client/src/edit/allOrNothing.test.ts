/** Changes of many files in a world in which the k-th step of n goes wrong. */
import { expect, test } from 'vitest';
import { allOrNothing, type Part } from './allOrNothing.ts';

type Fault = 'throws' | 'says no' | 'says nothing' | 'goes on';

/** A world of files that are `old`, a change that makes them `new`, and what became of it. */
async function changed(count: number, failing: number | undefined, fault: Fault, undoable = true) {
  const files = new Map(Array.from({ length: count }, (_, index) => [`file ${index + 1}`, 'old']));
  const undone: string[] = [];
  const perform = async (): Promise<boolean> => {
    for (const [index, name] of [...files.keys()].entries()) {
      if (index + 1 !== failing) files.set(name, 'new');
      else if (fault === 'throws') throw new Error(`${name} is locked`);
      else if (fault === 'says no') return false;
      else if (fault === 'says nothing') return true;
    }
    return true;
  };
  const parts = [...files.keys()].map(
    (name): Part => ({
      name,
      isDone: async () => files.get(name) === 'new',
      async undo() {
        undone.push(name);
        if (undoable) files.set(name, 'old');
        return undoable;
      },
    }),
  );
  const outcome = await allOrNothing(perform, parts);
  return { outcome, states: [...new Set(files.values())], undone };
}

const faults: readonly Fault[] = ['throws', 'says no', 'says nothing', 'goes on'];

test.each(faults)('R36: 78 of 78: when step k of n %s, nothing is left of the others', async (fault) => {
  let cases = 0;
  for (let count = 1; count <= 12; count++)
    for (let failing = 1; failing <= count; failing++) {
      const { outcome, states, undone } = await changed(count, failing, fault);
      const last = fault === 'goes on' ? count - 1 : failing - 1;
      const kind = last === 0 ? 'none' : 'undone';
      expect([outcome, states, undone.length], `${failing} of ${count}`).toEqual([{ kind }, ['old'], last]);
      expect(undone).toEqual(undone.toSorted((one, two) => numberIn(two) - numberIn(one)));
      cases++;
    }
  expect(cases).toBe(78);
});

function numberIn(name: string): number {
  return Number(name.replaceAll(/\D/g, ''));
}

test('what works is left as it is', async () => {
  for (let count = 0; count <= 12; count++) {
    const { outcome, states, undone } = await changed(count, undefined, 'throws');
    expect([outcome, states, undone]).toEqual([{ kind: 'all' }, count === 0 ? [] : ['new'], []]);
  }
});

test('an editor that reports a failure but did everything did everything', async () => {
  const { outcome } = await changed(3, 4, 'says no');
  expect(outcome).toEqual({ kind: 'all' });
});

test('what cannot be taken back is named', async () => {
  const { outcome } = await changed(3, 3, 'throws', false);
  expect(outcome).toEqual({ kind: 'stuck', names: ['file 2', 'file 1'] });
});

test('a part that throws when it is looked at or taken back counts as not done', async () => {
  const broken: Part = { name: 'a', isDone: () => Promise.reject(new Error('no')), undo: async () => true };
  expect(await allOrNothing(async () => true, [broken])).toEqual({ kind: 'none' });
  const stuck: Part = { name: 'b', isDone: async () => true, undo: () => Promise.reject(new Error('no')) };
  expect(await allOrNothing(async () => true, [stuck, broken])).toEqual({ kind: 'stuck', names: ['b'] });
});
