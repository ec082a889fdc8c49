/** Undo and redo over edits that were made over one another: what was pending with a text is pending again when that text is. */
import { describe, expect, test } from 'vitest';
import { type LedgerWorld, opened, origin, rewritten, uri } from '../../../test/harness/ledgerWorld.ts';
import { random, scaled, seed } from '../../../test/harness/scale.ts';
import { lineStartsOf } from '../text/lines.ts';

const code = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n';

/** The hunks that await the person, as they would decide on them. */
function pending({ world, ledger }: LedgerWorld) {
  const lines = lineStartsOf(world.buffer(uri).text);
  return ledger.open(uri).map(({ id, range: { start, end }, before, after, state, growing }) => ({
    ...{ id, before, after, state, growing },
    start: (lines[start.line] ?? 0) + start.character,
    end: (lines[end.line] ?? 0) + end.character,
  }));
}

async function undone(story: LedgerWorld) {
  story.world.undo(uri);
  await story.world.settle();
}

async function redone(story: LedgerWorld) {
  story.world.redo(uri);
  await story.world.settle();
}

async function rejected(story: LedgerWorld) {
  const done = story.ledger.settle({ decision: 'reject', which: { kind: 'all' } });
  await story.world.settle();
  await done;
}

/** As a refactoring of the editor's own provider comes: whole, at once. */
async function put({ world, ledger }: LedgerWorld, [first, last]: readonly [number, number], text: string) {
  const group = ledger.begin(origin, false);
  await group.open(uri);
  const starts = lineStartsOf(world.buffer(uri).text);
  group.change(uri, [{ start: starts[first - 1] ?? 0, end: starts[last] ?? 0, text }]);
  const ended = group.end();
  await world.settle();
  return ended;
}

const ways = [
  ['grows', rewritten],
  ['comes whole', put],
] as const;

describe.each(ways)('an edit over a pending one, which %s', (_what, made) => {
  test('goes with an undo, and the first one is pending again; a redo brings it back', async () => {
    const story = await opened(code);
    await rewritten(story, [3, 3], 'THREE\n');
    const first = pending(story);
    await made(story, [2, 4], 'TWO\nTHREE!\nFOUR\n');
    const second = pending(story);
    expect(second.map(({ before }) => before).join()).toContain('three');
    for (let round = 0; round < 2; round++) {
      await undone(story);
      expect(pending(story)).toEqual(first);
      await redone(story);
      expect(pending(story)).toEqual(second);
    }
    await undone(story);
    await undone(story);
    expect(story.world.buffer(uri).text).toBe(code);
    expect(pending(story)).toEqual([]);
    await redone(story);
    expect(pending(story)).toEqual(first);
    await rejected(story);
    expect(story.world.buffer(uri).text).toBe(code);
  });

  test('says the same as the first one and more: an undo leaves one hunk for a line', async () => {
    const story = await opened(code);
    await rewritten(story, [3, 3], 'THREE\n');
    const first = pending(story);
    await made(story, [1, 8], 'zero\none\ntwo\nTHREE\nfour\nfive\nsix\nseven\nEIGHT\n');
    await undone(story);
    expect(pending(story)).toEqual(first);
    await rejected(story);
    expect(story.world.buffer(uri).text).toBe(code);
  });

  test('is rejected: two undos bring back first it, then the first one', async () => {
    const story = await opened(code);
    await rewritten(story, [3, 3], 'THREE\n');
    const first = pending(story);
    await made(story, [2, 4], 'TWO\nTHREE!\n');
    const second = pending(story);
    await rejected(story);
    expect(story.world.buffer(uri).text).toBe(code);
    await undone(story);
    expect(pending(story)).toEqual(second);
    await undone(story);
    expect(pending(story)).toEqual(first);
  });

  test('comes over what the person has made of the first one: that comes back as it was', async () => {
    const story = await opened(code);
    await rewritten(story, [3, 3], 'THREE\n');
    const first = pending(story);
    story.world.change(uri, [{ start: 10, end: 10, text: 'x' }]);
    await story.world.settle();
    expect(pending(story)).toEqual([]);
    await made(story, [2, 4], 'TWO\nTHREE!\n');
    await undone(story);
    expect(pending(story)).toEqual([]);
    await undone(story);
    expect(pending(story)).toEqual(first);
  });
});

test('an action that makes several edits over pending ones is taken back as a whole', async () => {
  const story = await opened(code);
  await rewritten(story, [2, 2], 'TWO\n');
  await rewritten(story, [7, 7], 'SEVEN\n');
  const first = pending(story);
  expect(first).toHaveLength(2);
  const group = story.ledger.begin(origin, false);
  await group.open(uri);
  for (const [line, text] of [
    [1, 'zero\nTWO\n'],
    [6, 'SEVEN\nmore\n'],
  ] as const) {
    const starts = lineStartsOf(group.text(uri) ?? '');
    const growing = group.grow(uri, { start: starts[line] ?? 0, end: starts[line + 1] ?? 0 }, '\n');
    growing.push(text);
    const ended = growing.end();
    await story.world.settle();
    await ended;
  }
  const ended = group.end();
  await story.world.settle();
  await ended;
  await undone(story);
  expect(pending(story)).toEqual(first);
});

test('an undo while the second edit is written brings the first one back, and says that it was taken back', async () => {
  const story = await opened(code);
  await rewritten(story, [3, 3], 'THREE\n');
  const first = pending(story);
  const group = story.ledger.begin(origin, false);
  await group.open(uri);
  const growing = group.grow(uri, { start: 4, end: 19 }, '\n');
  growing.push('TWO\nTHREE!\n');
  await story.world.settle();
  expect(story.world.buffer(uri).text).toContain('THREE!');
  await undone(story);
  expect(growing.stopped).toContain('took it back');
  expect(pending(story)).toEqual(first);
});

test('a file that is opened again with the text from before the second edit has the first one', async () => {
  const story = await opened(code);
  await rewritten(story, [3, 3], 'THREE\n');
  const first = pending(story);
  const saved = story.world.buffer(uri).text;
  await rewritten(story, [2, 4], 'TWO\nTHREE!\nFOUR\n');
  story.world.close(uri);
  story.world.open(uri, saved);
  await story.world.settle();
  expect(pending(story)).toEqual(first);
});

test('an edit that had to be made anew, since the person was faster, still goes back to before all', async () => {
  const story = await opened(code);
  await rewritten(story, [3, 3], 'THREE and more\n');
  story.world.refuse = () => {
    story.world.refuse = undefined;
    return { applied: false, versions: [], reason: 'changed' };
  };
  await put(story, [2, 4], 'TWO\nTHREE!\n');
  await rejected(story);
  expect(story.world.buffer(uri).text).toBe(code);
});

test('an edit that makes of a pending one what was there before leaves nothing to decide', async () => {
  const story = await opened(code);
  await rewritten(story, [3, 3], 'THREE\n');
  const first = pending(story);
  expect(await put(story, [3, 3], 'three\n')).toMatchObject({ hunks: [], failures: [] });
  expect(story.world.buffer(uri).text).toBe(code);
  expect(pending(story)).toEqual([]);
  await undone(story);
  expect(pending(story)).toEqual(first);
});

type Deed = (story: LedgerWorld, pick: (limit: number) => number) => Promise<unknown>;

const words = ['two\n', 'three\n', 'THREE\n', 'new\n', '\n', 'four\n', 'five\n'];

/** Some lines of the document, from one to another, counted from 1. */
function someLines({ world, ledger }: LedgerWorld, pick: (limit: number) => number): readonly [number, number] {
  const hunks = ledger.open(uri);
  const over = hunks[pick(hunks.length)];
  const lines = lineStartsOf(world.buffer(uri).text).length;
  // Over a pending one as often as not.
  const first = over !== undefined && pick(2) === 0 ? over.range.start.line + 1 - pick(2) : 1 + pick(lines - 1);
  const from = Math.min(Math.max(1, first), Math.max(1, lines - 1));
  return [from, Math.min(lines - 1, from + pick(4))];
}

const someText = (pick: (limit: number) => number) =>
  Array.from({ length: pick(4) }, () => words[pick(words.length)]).join('');

const deeds: readonly Deed[] = [
  (story, pick) => rewritten(story, someLines(story, pick), someText(pick)),
  (story, pick) => rewritten(story, someLines(story, pick), someText(pick)),
  (story, pick) => put(story, someLines(story, pick), someText(pick)),
  async (story, pick) => {
    const at = pick(story.world.buffer(uri).text.length + 1);
    story.world.change(uri, [{ start: at, end: at, text: 'x' }]);
    await story.world.settle();
  },
  async (story, pick) => {
    const hunks = story.ledger.open(uri);
    const ids = hunks.slice(0, 1 + pick(2)).map(({ id }) => id);
    const done = story.ledger.settle({ decision: 'reject', which: { kind: 'hunks', ids } });
    await story.world.settle();
    await done;
  },
];

async function played(start: number): Promise<void> {
  const next = random(start);
  const pick = (limit: number) => Math.floor(next() * limit);
  const story = await opened(code);
  const buffer = () => story.world.buffer(uri);
  const inText = () => pending(story).filter(({ state }) => state === 'proposed');
  /** What was pending with each number of undo steps. */
  let then: { readonly text: string; readonly hunks: ReturnType<typeof inText> | undefined }[] = [];
  /** Texts that were there with other hunks as well: which of them an undo means nobody can know. */
  const seen = new Map<string, string>();
  const remember = (): void => {
    const hunks = inText();
    const { text, undoStack } = buffer();
    const known = seen.get(text) ?? JSON.stringify(hunks);
    seen.set(text, known === JSON.stringify(hunks) ? known : 'several');
    then[undoStack.length] = { text, hunks };
  };
  const forget = (): void => {
    then = then.map(({ text }) => ({ text, hunks: undefined }));
  };
  const compare = (what: string): void => {
    const { text, undoStack } = buffer();
    const recorded = then[undoStack.length];
    expect(text).toBe(recorded?.text);
    if (recorded?.hunks === undefined) return;
    if (seen.get(text) !== 'several') expect(inText(), `start ${start}: ${what}`).toEqual(recorded.hunks);
    else if (JSON.stringify(inText()) !== JSON.stringify(recorded.hunks)) forget();
  };
  remember();
  for (let step = 0; step < 14; step++) {
    const depth = buffer().undoStack.length;
    const hunks = JSON.stringify(inText());
    if (pick(3) === 0 && depth > 0) {
      await undone(story);
      compare(`undo in step ${step}`);
    } else if (pick(4) === 0 && buffer().redoStack.length > 0) {
      await redone(story);
      compare(`redo in step ${step}`);
    } else {
      await deeds[pick(deeds.length)]?.(story, pick);
      if (buffer().undoStack.length > depth) then.splice(buffer().undoStack.length);
      // Hunks that became others without a change of the text are not undone.
      else if (JSON.stringify(inText()) !== hunks) forget();
      remember();
    }
    let last = 0;
    for (const { start: from, end, after } of inText()) {
      expect(buffer().text.slice(from, end)).toBe(after);
      expect(from, `start ${start}, step ${step}: one hunk for a place`).toBeGreaterThanOrEqual(last);
      last = end;
    }
  }
}

test(`in ${scaled(2_000)} stories each undo and redo brings back what was pending with its text`, async () => {
  const start = seed();
  for (let run = 0; run < scaled(2_000); run++) await played(start + run);
}, 280_000);
