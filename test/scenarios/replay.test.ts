/** Real changes of published packages, written by a model letter by letter, through the tool's input, the ledger and an editor's buffer. */
import { expect, test } from 'vitest';
import { PartialJson } from '../../server/src/claude/stream/partialJson.ts';
import type { EditGroup, Ledger } from '../../server/src/editing.ts';
import { createLedger } from '../../server/src/ledger/ledger.ts';
import { createEditCalls, type EditCalls } from '../../server/src/tools/edit/editCalls.ts';
import { editTool } from '../../server/src/tools/edit/editTool.ts';
import { restorerOf } from '../../server/src/tools/edit/secrets.ts';
import { createPendingWorld, type PendingWorld } from '../harness/pendingBuffer.ts';
import { type RealChange, realChanges } from '../harness/realChanges.ts';
import { random, sample } from '../harness/scale.ts';

const uri = 'file:///w/file.ts';
const log = { clean: (text: string) => text, debug() {}, info() {}, warn() {}, error() {} };

function ledgerOver(world: PendingWorld): Ledger {
  let ids = 0;
  return createLedger({
    editor: world.editor,
    documents: world.documents,
    disk: {
      create: async () => undefined,
      read: async () => undefined,
      list: async () => [],
      remove: async () => undefined,
    },
    files: { read: async () => '', place: () => undefined },
    guard: {
      judge: () => ({ kind: 'free', reasons: [] }),
      mayFetch: () => false,
      place: () => undefined,
      whereIs: (target) => ({ target }),
    },
    roots: () => ['file:///w'],
    log,
    random: () => `id${++ids}`,
    now: () => performance.now(),
    wait: (milliseconds) =>
      milliseconds >= 1_000 ? new Promise(() => undefined) : new Promise((resolve) => void setImmediate(resolve)),
  });
}

function callsFor(group: EditGroup): EditCalls {
  return createEditCalls({
    group,
    document: uri,
    path: 'file.ts',
    near: () => ({ start: 0, end: 0 }),
    restorer: restorerOf([], []),
    mayCreate: false,
    view: () => '',
  });
}

const next = random();

/** One call of the tool, its JSON cut anywhere. */
async function called(world: PendingWorld, calls: EditCalls, id: string, input: object): Promise<void> {
  const text = JSON.stringify({ command: 'str_replace', path: 'file.ts', ...input });
  const json = new PartialJson();
  for (let at = 0; at < text.length; ) {
    const size = 1 + Math.floor(next() * 400);
    json.push(text.slice(at, at + size));
    at += size;
    await calls.hear({ id, name: editTool.name, state: 'open', value: json.value });
    while (world.deliver((count) => Math.floor(next() * count)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const ended = calls.hear({ id, name: editTool.name, state: 'complete', value: JSON.parse(text) });
  await world.settle();
  await ended;
}

async function replayed(change: RealChange, before: string) {
  const world = createPendingWorld();
  const ledger = ledgerOver(world);
  world.open(uri, before);
  await world.settle();
  const group = ledger.begin({ action: 'simplify', title: 'Simplify' }, false);
  await group.open(uri);
  const calls = callsFor(group);
  for (const [index, { old_str, new_str }] of change.edits.entries())
    await called(world, calls, `call${index}`, { old_str, new_str });
  const ending = group.end();
  await world.settle();
  await ending;
  return { world, ledger, results: calls.take() };
}

const changes = sample(realChanges());

test('there is enough that is real: over 1,000 edits in all', () => {
  expect(realChanges().reduce((sum, { edits }) => sum + edits.length, 0)).toBeGreaterThan(1_000);
});

test('R29: each file becomes its later version to the byte, hunk by hunk, and rejecting brings the earlier one back', async () => {
  for (const change of changes) {
    const { world, ledger, results } = await replayed(change, change.before);
    expect(
      results.filter(({ kind }) => kind !== 'done'),
      change.path,
    ).toEqual([]);
    expect(world.buffer(uri).text === change.after, change.path).toBe(true);
    const rejecting = ledger.settle({ decision: 'reject', which: { kind: 'all' } });
    await world.settle();
    expect((await rejecting).failed).toEqual([]);
    expect(world.buffer(uri).text === change.before, change.path).toBe(true);
  }
}, 120_000);

test('R29: the same with carriage returns', async () => {
  for (const change of changes.filter((_, index) => index % 3 === 0)) {
    const { world } = await replayed(change, change.before.replaceAll('\n', '\r\n'));
    expect(world.buffer(uri).text === change.after.replaceAll('\n', '\r\n'), change.path).toBe(true);
  }
}, 120_000);

test('where the code is another one by now, nothing changes and the model is told why', async () => {
  let conflicts = 0;
  for (const change of changes) {
    // The later version already: what was to be replaced is mostly gone.
    const { world, results } = await replayed(change, change.after);
    const failed = results.filter(({ kind }) => kind === 'failed');
    conflicts += failed.length;
    for (const { text } of failed) expect(text).toMatch(/found \d+( or more)? times|stands for lines/);
    if (failed.length === results.length) expect(world.buffer(uri).text === change.after, change.path).toBe(true);
  }
  expect(conflicts).toBeGreaterThan(10);
}, 120_000);
