/** The ledger against a buffer with undo on a slow wire: whatever the person does meanwhile, nothing that they typed is lost. */
import { expect, test } from 'vitest';
import {
  ledgerOver,
  memoryDisk,
  opened as openedWith,
  origin,
  rewritten,
  uri,
} from '../../../test/harness/ledgerWorld.ts';
import { createPendingWorld, type PendingWorld } from '../../../test/harness/pendingBuffer.ts';
import { random, scaled, seed } from '../../../test/harness/scale.ts';
import type { GrowingText, Ledger } from '../editing.ts';
import { lineStartsOf } from '../text/lines.ts';
import { changeBetween } from '../text/spans.ts';

const code = `function one(a) {
  if (a) {
    return 1;
  }
  return 2;
}

function two(b) {
  return b + 1;
}
`;

const opened = (text = code) => openedWith(text);

test('new text grows in the document, and awaits the person as one hunk for each place', async () => {
  const { world, ledger } = await opened();
  await rewritten({ world, ledger }, [1, 6], 'function one(a) {\n  return a ? 1 : 2;\n}\n');
  expect(world.buffer(uri).text).toBe(
    'function one(a) {\n  return a ? 1 : 2;\n}\n\nfunction two(b) {\n  return b + 1;\n}\n',
  );
  expect(world.shown(uri).map(({ state, before, after, growing }) => ({ state, before, after, growing }))).toEqual([
    {
      state: 'proposed',
      growing: false,
      before: '  if (a) {\n    return 1;\n  }\n  return 2;\n',
      after: '  return a ? 1 : 2;\n',
    },
  ]);
});

test('rejecting puts back what was there, accepting leaves what is there', async () => {
  const { world, ledger } = await opened();
  await rewritten({ world, ledger }, [9, 9], '  return b + 2;\n');
  const decided = ledger.settle({ decision: 'reject', which: { kind: 'all' } });
  await world.settle();
  expect(await decided).toEqual({ settled: 1, failed: [] });
  expect(world.buffer(uri).text).toBe(code);
  expect(world.shown(uri)).toEqual([]);
  await rewritten({ world, ledger }, [9, 9], '  return b + 3;\n');
  expect((await ledger.settle({ decision: 'accept', which: { kind: 'document', uri } })).settled).toBe(1);
  expect(world.buffer(uri).text).toContain('b + 3');
  expect(ledger.open(uri)).toEqual([]);
});

test('blanks of empty lines that the editor takes away together with an edit do not end the edit', async () => {
  const { world, ledger } = await opened(
    code.replace('{\n', '{\n    \n').replace('\n\nfunction two', '\n  \nfunction two'),
  );
  world.trims = true;
  await rewritten({ world, ledger }, [6, 6], '  return 20;\n');
  expect(world.shown(uri)).toMatchObject([{ state: 'proposed', before: '  return 2;\n', after: '  return 20;\n' }]);
  const trimmed = code.replace('{\n', '{\n\n');
  expect(world.buffer(uri).text).toBe(trimmed.replace('return 2;', 'return 20;'));
  const decided = ledger.settle({ decision: 'reject', which: { kind: 'all' } });
  await world.settle();
  await decided;
  expect(world.buffer(uri).text).toBe(trimmed);
});

test('one undo takes an action back, and a redo brings its hunks again', async () => {
  const { world, ledger } = await opened();
  await rewritten({ world, ledger }, [1, 10], code.replace('return 1', 'return 10').replace('b + 1', 'b - 1'));
  const hunks = ledger.open(uri);
  expect(hunks).toHaveLength(2);
  world.undo(uri);
  await world.settle();
  expect(world.buffer(uri).text).toBe(code);
  expect(ledger.open(uri)).toEqual([]);
  expect(ledger.outcome(hunks[0]?.group ?? '')).toContain('undo');
  world.redo(uri);
  await world.settle();
  expect(ledger.open(uri).map(({ id, range }) => ({ id, range }))).toEqual(
    hunks.map(({ id, range }) => ({ id, range })),
  );
});

test.each([
  ['only adds', '  // more\n  return b + 1;\n', '  return b + 1;\n'],
  ['only removes', '', '  return b + 1;\n'],
])('a hunk that %s goes with an undo and comes back with a redo', async (_what, now, then) => {
  const { world, ledger } = await opened();
  await rewritten({ world, ledger }, [9, 9], now);
  const hunks = ledger.open(uri);
  expect(hunks).toHaveLength(1);
  for (let round = 0; round < 2; round++) {
    world.undo(uri);
    await world.settle();
    expect(world.buffer(uri).text).toContain(then);
    expect(ledger.open(uri)).toEqual([]);
    world.redo(uri);
    await world.settle();
    expect(ledger.open(uri).map(({ id, range }) => ({ id, range }))).toEqual(
      hunks.map(({ id, range }) => ({ id, range })),
    );
  }
});

test('an undo of a rejection brings the hunk back', async () => {
  const { world, ledger } = await opened();
  await rewritten({ world, ledger }, [9, 9], '  return b + 2;\n');
  void ledger.settle({ decision: 'reject', which: { kind: 'all' }, reason: 'too clever' });
  await world.settle();
  world.undo(uri);
  await world.settle();
  expect(ledger.open(uri).map(({ after }) => after)).toEqual(['  return b + 2;\n']);
});

test('who types inside a hunk has settled it; undoing that makes it a proposal again', async () => {
  const { world, ledger } = await opened();
  await rewritten({ world, ledger }, [9, 9], '  return b + 2;\n');
  const at = world.buffer(uri).text.indexOf('+ 2');
  world.change(uri, [{ start: at, end: at, text: 'x' }]);
  await world.settle();
  expect(ledger.open(uri)).toEqual([]);
  world.undo(uri);
  await world.settle();
  expect(ledger.open(uri)).toHaveLength(1);
});

test('typing around a hunk moves it, and a formatter settles nothing', async () => {
  const { world, ledger } = await opened();
  await rewritten({ world, ledger }, [9, 9], '  return b + 2;\n  // more\n');
  world.change(uri, [{ start: 0, end: 0, text: '// first\n' }]);
  const text = world.buffer(uri).text;
  world.change(uri, [
    { start: text.indexOf('  // more'), end: text.indexOf('  // more') + 2, text: '    ' },
    { start: text.indexOf('  return b'), end: text.indexOf('  return b') + 2, text: '    ' },
  ]);
  await world.settle();
  expect(ledger.open(uri).map(({ range, after }) => [range.start.line, after])).toEqual([
    [9, '    return b + 2;\n    // more\n'],
  ]);
  void ledger.settle({ decision: 'reject', which: { kind: 'all' } });
  await world.settle();
  expect(world.buffer(uri).text).toBe(`// first\n${code}`);
});

test('a later edit over a pending one goes back to before both', async () => {
  const { world, ledger } = await opened();
  await rewritten({ world, ledger }, [9, 9], '  return b + 2;\n');
  await rewritten({ world, ledger }, [8, 10], 'const two = (b) => b + 2;\n');
  expect(ledger.open(uri)).toHaveLength(1);
  void ledger.settle({ decision: 'reject', which: { kind: 'all' } });
  await world.settle();
  expect(world.buffer(uri).text).toBe(code);
});

test('hunks that await the person are there again after a restart, also where the file has changed meanwhile', async () => {
  const disk = memoryDisk();
  const world = createPendingWorld();
  const first = ledgerOver(world, disk);
  world.open(uri, code);
  await world.settle();
  await rewritten({ world, ledger: first }, [9, 9], '  return b + 2;\n');
  await first.flush();
  const later = createPendingWorld();
  const second = ledgerOver(later, disk);
  later.open(uri, `// a line more\n${world.buffer(uri).text}`);
  await later.settle();
  expect(second.open(uri).map(({ range, before, after }) => [range.start.line, before, after])).toEqual([
    [9, '  return b + 1;\n', '  return b + 2;\n'],
  ]);
});

test('a hunk is there again after a restart also where somebody has typed right beside it', async () => {
  const disk = memoryDisk();
  const world = createPendingWorld();
  const first = ledgerOver(world, disk);
  world.open(uri, code);
  await world.settle();
  await rewritten({ world, ledger: first }, [9, 9], '  return b + 2;\n');
  await first.flush();
  for (const part of ['function two', '}\n'])
    world.change(uri, [
      { start: world.buffer(uri).text.lastIndexOf(part), end: world.buffer(uri).text.lastIndexOf(part), text: 'typed' },
    ]);
  await world.settle();
  await first.flush();
  const later = createPendingWorld();
  const second = ledgerOver(later, disk);
  later.open(uri, world.buffer(uri).text);
  await later.settle();
  expect(second.open(uri)).toMatchObject([{ before: '  return b + 1;\n', after: '  return b + 2;\n' }]);
});

test('of two windows that made the same edit of one text, one hunk for a place comes back', async () => {
  const disk = memoryDisk();
  const windows = [createPendingWorld(), createPendingWorld()].map((world) => ({
    world,
    ledger: ledgerOver(world, disk),
  }));
  for (const { world } of windows) world.open(uri, code);
  for (const { world, ledger } of windows) {
    await world.settle();
    await rewritten({ world, ledger }, [9, 9], '  return b + 2;\n');
    await ledger.flush();
  }
  const later = createPendingWorld();
  const ledger = ledgerOver(later, disk);
  later.open(uri, code.replace('b + 1', 'b + 2'));
  await later.settle();
  expect(ledger.open(uri)).toHaveLength(1);
  void ledger.settle({ decision: 'reject', which: { kind: 'all' } });
  await later.settle();
  expect(later.buffer(uri).text).toBe(code);
});

test('abandoned, a growing hunk leaves the text as it was', async () => {
  const { world, ledger } = await opened();
  const group = ledger.begin(origin, false);
  await group.open(uri);
  const growing = group.grow(uri, { start: 0, end: code.indexOf('\nfunction two') }, '\n');
  growing.push('function one() {\n  half\n');
  await world.settle();
  expect(world.buffer(uri).text).toContain('half');
  void growing.abandon('stopped');
  await world.settle();
  expect(world.buffer(uri).text).toBe(code);
  expect(ledger.open(uri)).toEqual([]);
});

test('what cannot be done everywhere is done nowhere, where that is asked, and says why', async () => {
  const { world, ledger } = await opened();
  const other = 'file:///w/b.ts';
  world.open(other, 'const b = one(1);\n');
  await world.settle();
  const group = ledger.begin(origin, false);
  for (const one of [uri, other]) await group.open(one);
  group.change(uri, [{ start: 9, end: 12, text: 'first' }]);
  group.change(other, [{ start: 10, end: 13, text: 'first' }]);
  world.change(other, [{ start: 11, end: 11, text: 'X' }]);
  await world.settle();
  const ended = group.end({ allOrNothing: true });
  await world.settle();
  expect((await ended).failures).toEqual(['You changed this place while the edit was being made.']);
  expect(world.buffer(uri).text).toBe(code);
  expect(world.shown(uri).map(({ state, reason }) => [state, reason])).toEqual([
    ['conflicted', 'Another part of this change is in conflict, so nothing of it was done.'],
  ]);
});

test('all or nothing: also where an edit that awaits the person reaches into one of the places', async () => {
  const { world, ledger } = await opened();
  await rewritten({ world, ledger }, [8, 9], 'function two(c) {\n  return c + 1;\n');
  const before = world.buffer(uri).text;
  const group = ledger.begin(origin, false);
  await group.open(uri);
  const at = before.indexOf('function two');
  group.change(uri, [
    { start: 9, end: 12, text: 'first' },
    { start: at, end: at + 12, text: 'function second' },
  ]);
  const ended = group.end({ allOrNothing: true });
  await world.settle();
  expect((await ended).failures).toEqual(['Another change awaits you at this place. Decide on that first.']);
  expect(world.buffer(uri).text).toBe(before);
  expect(
    ledger
      .open(uri)
      .map(({ state }) => state)
      .sort(),
  ).toEqual(['conflicted', 'conflicted', 'proposed']);
});

test('what is left when an action breaks off is not done, and nobody is asked about it', async () => {
  const { world, ledger } = await opened();
  const group = ledger.begin(origin, false);
  await group.open(uri);
  group.change(uri, [{ start: 9, end: 12, text: 'first' }]);
  const ended = group.end({ discard: true });
  await world.settle();
  expect(await ended).toMatchObject({ hunks: [], failures: [] });
  expect(world.buffer(uri).text).toBe(code);
});

test('several files change in one step, and go back in one', async () => {
  const { world, ledger } = await opened();
  const other = 'file:///w/b.ts';
  world.open(other, 'const b = one(1);\n');
  await world.settle();
  const group = ledger.begin(origin, false);
  for (const one of [uri, other]) await group.open(one);
  group.change(uri, [{ start: 9, end: 12, text: 'first' }]);
  group.change(other, [{ start: 10, end: 13, text: 'first' }]);
  const ended = group.end({ allOrNothing: true });
  await world.settle();
  expect((await ended).hunks).toHaveLength(2);
  expect([world.buffer(uri).text.slice(0, 14), world.buffer(other).text]).toEqual([
    'function first',
    'const b = first(1);\n',
  ]);
  void ledger.settle({ decision: 'reject', which: { kind: 'all' } });
  await world.settle();
  expect([world.buffer(uri).text, world.buffer(other).text]).toEqual([code, 'const b = one(1);\n']);
});

test('a file that the editor refuses to change leaves the others as they were (R36)', async () => {
  const { world, ledger } = await opened();
  world.refuse = () => ({ applied: false, versions: [], reason: 'readOnly', message: 'b.ts is read-only.' });
  const group = ledger.begin(origin, false);
  await group.open(uri);
  group.change(uri, [{ start: 9, end: 12, text: 'first' }]);
  const ended = group.end();
  await world.settle();
  expect((await ended).failures).toEqual(['b.ts is read-only.']);
  expect(world.buffer(uri).text).toBe(code);
  expect(ledger.open(uri).map(({ state, after }) => [state, after])).toEqual([['conflicted', 'function first(a) {\n']]);
});

test('a file is deleted or moved when the person accepts that, and not before', async () => {
  const { world, ledger } = await opened();
  const asked: unknown[] = [];
  world.refuse = ({ files }) => {
    asked.push(...files);
    return undefined;
  };
  const group = ledger.begin(origin, false);
  group.propose({ kind: 'delete', uri });
  group.propose({ kind: 'rename', uri: 'file:///w/c.ts', to: 'file:///w/d.ts' });
  await group.end();
  expect(asked).toEqual([]);
  const [deletion] = ledger.open(uri);
  const accepted = ledger.settle({ decision: 'accept', which: { kind: 'hunks', ids: [deletion?.id ?? ''] } });
  await world.settle();
  expect(await accepted).toEqual({ settled: 1, failed: [] });
  expect(asked).toEqual([{ kind: 'delete', uri }]);
  expect((await ledger.settle({ decision: 'reject', which: { kind: 'all' } })).settled).toBe(1);
  expect(asked).toHaveLength(1);
});

test('the model is told what became of each hunk', async () => {
  const { world, ledger } = await opened();
  await rewritten({ world, ledger }, [1, 10], code.replace('return 1', 'return 10').replace('b + 1', 'b - 1'));
  const [first, second] = ledger.open(uri);
  void ledger.settle({ decision: 'reject', which: { kind: 'hunks', ids: [first?.id ?? ''] }, reason: 'too large' });
  await world.settle();
  const at = world.buffer(uri).text.indexOf('b - 1');
  world.change(uri, [{ start: at, end: at, text: '2 * ' }]);
  await world.settle();
  expect(ledger.outcome(second?.group ?? '').split('\n')).toEqual([
    'a.ts, line 3: rejected. The code is as it was before. The developer says: too large',
    'a.ts, line 9: the developer changed it and kept that:',
    '  return 2 * b - 1;',
    '',
  ]);
});

/** A character that nobody types twice. */
const privateUse = /[\ue000-\uf8ff]/g;
const marksIn = (text: string) => new Set(text.match(privateUse));

const modelLines = [
  '  const x = 1;\n',
  '  return x;\n',
  '}\n',
  '\n',
  '// model\n',
  '  if (x) {\n',
  'function three() {\n',
];

interface Play {
  readonly world: PendingWorld;
  readonly ledger: Ledger;
  readonly pick: (limit: number) => number;
  /** What the person has typed and not removed. */
  readonly alive: Set<string>;
  /** What stood where the person asked for new text: theirs to give away. */
  readonly asked: Set<string>;
  /** What was on the disk. */
  readonly saved: string[];
  growing: { text: GrowingText; group: ReturnType<Ledger['begin']> } | undefined;
  next: number;
  readonly pending: Promise<unknown>[];
}

/** The person does something; what they remove themselves is not looked for. */
function byPerson({ world, alive }: Play, act: () => void): void {
  const before = marksIn(world.buffer(uri).text);
  act();
  const after = marksIn(world.buffer(uri).text);
  for (const mark of before) if (!after.has(mark)) alive.delete(mark);
  for (const mark of after) if (!before.has(mark)) alive.add(mark);
}

const deeds: Readonly<Record<string, (play: Play) => void>> = {
  type(play) {
    const { world, pick } = play;
    const at = pick(world.buffer(uri).text.length + 1);
    const mark = String.fromCharCode(0xe000 + (play.next++ % 6_000));
    byPerson(play, () => world.change(uri, [{ start: at, end: at, text: mark }]));
  },
  typeLine(play) {
    const { world, pick } = play;
    const starts = lineStartsOf(world.buffer(uri).text);
    const at = starts[pick(starts.length)] ?? 0;
    const mark = String.fromCharCode(0xe000 + (play.next++ % 6_000));
    byPerson(play, () => world.change(uri, [{ start: at, end: at, text: `${mark}\n` }]));
  },
  remove(play) {
    const { world, pick } = play;
    const { text } = world.buffer(uri);
    const start = pick(text.length + 1);
    byPerson(play, () => world.change(uri, [{ start, end: Math.min(text.length, start + 1 + pick(5)), text: '' }]));
  },
  undo: (play) => byPerson(play, () => play.world.undo(uri)),
  redo: (play) => byPerson(play, () => play.world.redo(uri)),
  format(play) {
    const { world } = play;
    const spots = [...world.buffer(uri).text.matchAll(/^ +/gm)].reverse().slice(0, 4);
    const changes = spots.map(({ index, 0: blank }) => ({
      start: index,
      end: index + blank.length,
      text: blank.length > 4 ? '  ' : `${blank} `,
    }));
    byPerson(play, () => world.change(uri, changes));
  },
  outside(play) {
    const { world, pick } = play;
    const { text } = world.buffer(uri);
    const starts = lineStartsOf(text);
    const line = pick(starts.length);
    const mark = String.fromCharCode(0xe000 + (play.next++ % 6_000));
    byPerson(play, () =>
      world.change(uri, [
        { start: starts[line] ?? 0, end: starts[line + 2] ?? text.length, text: `// from outside ${mark}\n` },
      ]),
    );
  },
  /** What the file had at some time is what it has again, in one change: a checkout, or *Revert File*. */
  revert(play) {
    const { world, pick, saved } = play;
    const { text } = world.buffer(uri);
    const change = changeBetween(text, saved[pick(saved.length)] ?? code);
    if (change !== undefined) byPerson(play, () => world.change(uri, [change]));
  },
  save(play) {
    play.saved.push(play.world.buffer(uri).text);
  },
  reopen(play) {
    const { world } = play;
    const { text } = world.buffer(uri);
    world.close(uri);
    world.open(uri, text);
  },
  grow(play) {
    const { ledger, pick, world } = play;
    if (play.growing !== undefined || world.documents.get(uri) === undefined) return;
    const group = ledger.begin(origin, false);
    play.pending.push(
      group.open(uri).then((refusal) => {
        const text = group.text(uri);
        if (refusal !== undefined || text === undefined || play.growing !== undefined) return group.end();
        const starts = lineStartsOf(text);
        const pending = ledger.open(uri);
        const over = pending[pick(pending.length)];
        // Over one that awaits the person as often as not: an undo brings that one back.
        const line = over !== undefined && pick(2) === 0 ? over.range.start.line : pick(starts.length);
        const span = { start: starts[line] ?? 0, end: starts[line + pick(5)] ?? text.length };
        const known = new Set(ledger.open(uri).map(({ id }) => id));
        play.growing = {
          text: group.grow(uri, span.end < span.start ? { start: span.start, end: span.start } : span, '\n'),
          group,
        };
        // With the hunks that reach into the place.
        const begun = ledger.open(uri).find(({ id }) => !known.has(id));
        const lines = text.split('\n').slice(begun?.range.start.line, (begun?.range.end.line ?? 0) + 1);
        for (const mark of marksIn([begun?.before, ...lines].join('\n'))) play.asked.add(mark);
        return undefined;
      }),
    );
  },
  /** As a rename or refactoring of the editor's own provider comes: several places at once. */
  whole(play) {
    const { ledger, pick, world, pending } = play;
    if (world.documents.get(uri) === undefined) return;
    const group = ledger.begin(origin, false);
    pending.push(
      group.open(uri).then(() => {
        const text = group.text(uri) ?? '';
        const starts = lineStartsOf(text);
        const places = new Set([pick(starts.length), pick(starts.length)]);
        const changes = [...places].map((line) => ({
          start: starts[line] ?? 0,
          end: starts[line + 1] ?? text.length,
          text: modelLines[pick(modelLines.length)] ?? '',
        }));
        for (const { start, end } of changes) for (const mark of marksIn(text.slice(start, end))) play.asked.add(mark);
        group.change(uri, changes);
        return group.end({ allOrNothing: true });
      }),
    );
  },
  push({ growing, pick }) {
    growing?.text.push(modelLines[pick(modelLines.length)] ?? '');
  },
  finish(play) {
    const { growing } = play;
    play.growing = undefined;
    if (growing !== undefined) play.pending.push(growing.text.end().then(() => growing.group.end()));
  },
  abandon(play) {
    const { growing } = play;
    play.growing = undefined;
    if (growing !== undefined) play.pending.push(growing.text.abandon('stopped').then(() => growing.group.end()));
  },
  accept(play) {
    const { ledger, pick, alive } = play;
    const hunks = ledger.open(uri).filter(({ growing }) => !growing);
    const hunk = hunks[pick(hunks.length)];
    if (hunk === undefined) return;
    // What the person typed before is theirs to give away.
    for (const mark of marksIn(hunk.before)) if (!marksIn(hunk.after).has(mark)) alive.delete(mark);
    play.pending.push(ledger.settle({ decision: 'accept', which: { kind: 'hunks', ids: [hunk.id] } }));
  },
  reject({ ledger, pick, pending }) {
    const hunks = ledger.open(uri);
    const hunk = hunks[pick(hunks.length)];
    if (hunk !== undefined)
      pending.push(ledger.settle({ decision: 'reject', which: { kind: 'hunks', ids: [hunk.id] } }));
  },
};

const chances: readonly (readonly [name: string, weight: number])[] = [
  ['type', 6],
  ['typeLine', 3],
  ['remove', 2],
  ['undo', 2],
  ['redo', 1],
  ['format', 1],
  ['outside', 1],
  ['revert', 1],
  ['save', 1],
  ['reopen', 1],
  ['grow', 3],
  ['whole', 1],
  ['push', 8],
  ['finish', 2],
  ['abandon', 1],
  ['accept', 1],
  ['reject', 2],
];
const weights = chances.flatMap(([name, weight]) => Array.from({ length: weight }, () => name));

async function played(start: number): Promise<void> {
  const next = random(start);
  const pick = (limit: number) => Math.floor(next() * limit);
  const { world, ledger } = await opened();
  const play: Play = {
    world,
    ledger,
    pick,
    alive: new Set(),
    asked: new Set(),
    saved: [code],
    growing: undefined,
    next: 0,
    pending: [],
  };
  const story: string[] = [];
  /** Gone from the text by the ledger's hand: to be found in what a hunk would put back. */
  const held = new Set<string>();
  world.onEdit = (_uri, before, after) => {
    const now = marksIn(after);
    for (const mark of marksIn(before)) if (!now.has(mark)) held.add(mark);
    for (const mark of now) held.delete(mark);
  };
  try {
    for (let step = 0; step < 40; step++) {
      const name = weights[pick(weights.length)] ?? 'type';
      story.push(name);
      deeds[name]?.(play);
      for (let count = pick(4); count > 0; count--) {
        world.deliver(pick);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await world.settle();
    deeds['finish']?.(play);
    await world.settle();
    await Promise.all(play.pending);
    await world.settle();
    agree(world, ledger);
    const inText = ledger.open(uri).filter(({ place }) => place === 'buffer');
    const kept = inText.map(({ before }) => before).join('');
    const there = world.buffer(uri).text + kept;
    const lost = [...held].filter((mark) => play.alive.has(mark) && !there.includes(mark));
    // A hunk that the person typed into is theirs, with what the model had replaced in it by then.
    expect(lost.filter((mark) => !play.asked.has(mark))).toEqual([]);
    for (const mark of lost) play.alive.delete(mark);
    const done = ledger.settle({ decision: 'reject', which: { kind: 'all' } });
    await world.settle();
    await done;
    const text = world.buffer(uri).text;
    expect([...play.alive].filter((mark) => !text.includes(mark))).toEqual([]);
    agree(world, ledger);
  } catch (error) {
    throw new Error(`start ${start}: ${story.join(' ')}`, { cause: error });
  }
}

/** The editor's text, the server's, and what each hunk says of it are one. */
function agree(world: PendingWorld, ledger: Ledger): void {
  const { text, version } = world.buffer(uri);
  expect(world.documents.get(uri)).toMatchObject({ text, version });
  const lines = lineStartsOf(text);
  let last = 0;
  for (const hunk of ledger.open(uri)) {
    if (hunk.place !== 'buffer') continue;
    const offset = ({ line, character }: { line: number; character: number }) =>
      (lines[line] ?? text.length) + character;
    expect(hunk.growing).toBe(false);
    expect(text.slice(offset(hunk.range.start), offset(hunk.range.end))).toBe(hunk.after);
    expect(offset(hunk.range.start)).toBeGreaterThanOrEqual(last);
    last = offset(hunk.range.end);
  }
}

test(`R27, R35: in ${scaled(10_000)} interleavings no character that the person typed is lost, and ledger and buffer agree`, async () => {
  const start = seed();
  for (let run = 0; run < scaled(10_000); run++) await played(start + run);
}, 280_000);
