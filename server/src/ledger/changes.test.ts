/** What edits have changed: lines as a diff counts them, and only what is done. */
import { expect, test } from 'vitest';
import { changedFiles, changeOf } from './changes.ts';
import { newTracked, type Tracked } from './tracked.ts';

const origin = { action: 'chat', title: 'Edit' };

function changeBy(more: Partial<Tracked> & { readonly now?: string }) {
  const place = { id: 'h', group: 'g', uri: 'file:///w/a.ts', origin, span: { start: 0, end: 1 } };
  const { now = 'mine\n', ...fields } = more;
  const hunk = newTracked({ ...place, before: 'one\ntwo\nthree\n', after: 'one\n2\n2b\nthree\n', ...fields });
  const change = changeOf({ ...hunk, now });
  return change === undefined ? 'none' : `+${change.added} -${change.removed} (${change.pending})`;
}

test.each<[Partial<Tracked>, string]>([
  [{}, '+2 -1 (1)'],
  [{ state: 'accepted' }, '+2 -1 (0)'],
  // What the developer made of it counts.
  [{ state: 'edited' }, '+1 -3 (0)'],
  [{ state: 'rejected' }, 'none'],
  [{ state: 'conflicted' }, '+0 -0 (1)'],
  [{ growing: true }, 'none'],
  [{ stopped: true }, 'none'],
  // The editor asks the person itself.
  [{ offered: true }, '+2 -1 (0)'],
  [{ before: '', after: 'new\nfile\n', file: 'create' }, '+2 -0 (1)'],
  [{ before: 'all\ngone\n', after: '', file: 'delete' }, '+0 -2 (1)'],
])('of %j', (more, told) => {
  expect(changeBy(more)).toBe(told);
});

test('edits of one file are one, in the order in which files come', () => {
  const change = (uri: string, added: number) => ({ uri, added, removed: 1, pending: 1 });
  expect(changedFiles([change('b', 1), change('a', 2), change('b', 4)], (uri) => `${uri}.ts`)).toEqual([
    { uri: 'b', path: 'b.ts', added: 5, removed: 2, pending: 2 },
    { uri: 'a', path: 'a.ts', added: 2, removed: 1, pending: 1 },
  ]);
});
