/** New files for an editor that applies whole edits itself: such an editor may write over what is there, so nothing is handed to it then. */
import { expect, test } from 'vitest';
import { createPendingWorld } from '../../../test/harness/pendingBuffer.ts';
import { Refusal } from '../ports.ts';
import { createLedger } from './ledger.ts';

const created = 'file:///w/a.test.ts';

/** What an editor of whole edits is handed for a new file, when the disk answers so. */
async function handed(read: () => Promise<string>, open = false) {
  const world = createPendingWorld();
  if (open) {
    world.open(created, '');
    await world.settle();
  }
  const ledger = createLedger({
    editor: { ...world.editor, keepsPending: false },
    documents: world.documents,
    disk: { create: async () => {}, read: async () => undefined, list: async () => [], remove: async () => {} },
    files: { read, place: () => undefined },
    guard: {
      judge: () => ({ kind: 'free', reasons: [] }),
      mayFetch: () => false,
      place: () => undefined,
      whereIs: () => ({ target: '/w/a.test.ts' }),
    },
    roots: () => [],
    log: { clean: (text) => text, debug() {}, info() {}, warn() {}, error() {} },
    random: () => 'id',
    now: () => 0,
    wait: () => new Promise(() => undefined),
  });
  const group = ledger.begin({ action: 'tests', title: 'Write Tests' }, true);
  group.create(created, 'test();\n');
  return group.end();
}

test('a path where nothing is gets the file', async () => {
  const ended = await handed(() => Promise.reject(new Refusal('There is no such file.', 'missing')));
  expect(ended).toMatchObject({
    failures: [],
    whole: { files: [{ kind: 'create', uri: created, text: 'test();\n' }] },
  });
});

test.each<[string, () => Promise<string>, boolean]>([
  ['a file is there', async () => 'by hand', false],
  ['something is there that is no text', () => Promise.reject(new Refusal('It is binary.', 'notText')), false],
  ['nobody knows what is there', () => Promise.reject(new Error('EIO')), false],
  ['the editor has it open', () => Promise.reject(new Refusal('Not saved yet.', 'missing')), true],
])('R35: where %s nothing is done, and the person is told', async (_what, read, open) => {
  const ended = await handed(read, open);
  expect(ended.whole).toBeUndefined();
  expect(ended.failures).toEqual(['/w/a.test.ts is there already, so nothing was changed.']);
});
