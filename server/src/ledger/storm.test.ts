/** Very many changes from outside while edits await the person: each is followed, and they cost the editor and the disk next to nothing. */
import { expect, test } from 'vitest';
import { ledgerOver, memoryDisk, origin, uri } from '../../../test/harness/ledgerWorld.ts';
import { createPendingWorld } from '../../../test/harness/pendingBuffer.ts';
import { random, scaled } from '../../../test/harness/scale.ts';
import { lineStartsOf } from '../text/lines.ts';
import type { TextChange } from '../text/spans.ts';

/** Time that stands still, but for what does not wait at all. */
function stoppedClock() {
  let now = 0;
  const waiting = new Set<() => void>();
  return {
    now: () => now,
    wait: (milliseconds: number) =>
      new Promise<void>((resolve) => (milliseconds >= 5_000 ? undefined : waiting.add(resolve))),
    /** Everybody has waited for long enough. */
    go() {
      now += 5_000;
      const due = [...waiting];
      waiting.clear();
      for (const resolve of due) resolve();
    },
  };
}

const lines = 400;
const every = 10;
const code = Array.from({ length: lines }, (_, line) => `line ${line};\n`).join('');

/** A formatter's, now and then; else the line behind an edit, and sometimes another line more or less at the top. */
function changeOf(count: number, text: string, line: number): TextChange {
  const lineAt = (start: number) => ({ start, end: text.indexOf('\n', start) + 1 });
  const [found] = text.match(new RegExp(`edit +${line};`)) ?? [''];
  const at = text.indexOf(found);
  const blanks = found.replace(/[^ ]/g, '').length;
  if (count % 7 === 0) return { start: at + 4, end: at + 4 + blanks, text: blanks === 1 ? '  ' : ' ' };
  if (count % 100 === 1) return { start: 0, end: 0, text: `outside ${count};\n` };
  if (count % 100 === 51 && text.startsWith('outside')) return { ...lineAt(0), text: '' };
  return { ...lineAt(text.indexOf('\n', at) + 1), text: `outside ${count};\n` };
}

test(`R34: ${scaled(20_000)} changes from outside make two lists and one file, and every edit is where it was`, async () => {
  const clock = stoppedClock();
  const disk = memoryDisk();
  let files = 0;
  let lists = 0;
  const world = createPendingWorld();
  const { show } = world.editor;
  const counted = {
    ...world,
    editor: {
      ...world.editor,
      show(...shown: Parameters<typeof show>) {
        lists++;
        show(...shown);
      },
    },
  };
  const create: typeof disk.create = (name, text) => {
    files++;
    return disk.create(name, text);
  };
  const ledger = ledgerOver(counted, { ...disk, create }, clock);
  world.open(uri, code);
  await world.settle();
  const group = ledger.begin(origin, false);
  await group.open(uri);
  const starts = lineStartsOf(code);
  const edited = Array.from({ length: lines / every }, (_, index) => index * every);
  group.change(
    uri,
    edited.map((line) => ({ start: starts[line] ?? 0, end: starts[line + 1] ?? 0, text: `edit ${line};\n` })),
  );
  const ended = group.end();
  await world.settle();
  await ended;
  for (let times = 0; times < 3; times++) {
    clock.go();
    await world.settle();
  }
  [lists, files] = [0, 0];
  const next = random();
  for (let change = 0; change < scaled(20_000); change++) {
    const { text } = world.buffer(uri);
    const line = edited[Math.floor(next() * edited.length)] ?? 0;
    world.change(uri, [changeOf(change, text, line)]);
    world.deliver(() => 0);
  }
  await world.settle();
  expect([lists, files]).toEqual([1, 0]);
  clock.go();
  await world.settle();
  expect([lists, files]).toEqual([2, 1]);
  const after = world.buffer(uri).text.replaceAll(/edit +/g, 'edit ');
  const found = ledger.open(uri);
  expect(found.map(({ before, after: text }) => [before, text.replace(/ +/, ' ')])).toEqual(
    edited.map((line) => [`line ${line};\n`, `edit ${line};\n`]),
  );
  const rows = after.split('\n');
  expect(found.map(({ range }) => rows[range.start.line])).toEqual(edited.map((line) => `edit ${line};`));
  const decided = ledger.settle({ decision: 'reject', which: { kind: 'all' } });
  await world.settle();
  await decided;
  expect(world.buffer(uri).text).toBe(after.replaceAll('edit', 'line'));
}, 120_000);
