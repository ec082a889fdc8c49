/** Somebody types into a hunk, and right beside it, while the model writes it: what they type is there once, and where they typed it. */
import { expect, test } from 'vitest';
import { opened, origin, uri } from '../../../test/harness/ledgerWorld.ts';
import type { PendingWorld } from '../../../test/harness/pendingBuffer.ts';
import { random, scaled, seed } from '../../../test/harness/scale.ts';
import type { Ledger } from '../editing.ts';
import { lineStartsOf } from '../text/lines.ts';

/** Some lines, many of them alike. */
function linesBy(pick: (limit: number) => number, most: number, end: string): string {
  const lines = ['a();', 'b();', '', '}', '  return a;', '  if (b) {', '\tc(😀);', 'a(); b();'];
  return Array.from({ length: pick(most + 1) }, () => `${lines[pick(lines.length)]}${end}`).join('');
}

interface Stroke {
  readonly mark: string;
  readonly before: string;
  readonly after: string;
}

/** At the ends of the hunk and of what is new in it as often as anywhere. */
function placeFor(world: PendingWorld, ledger: Ledger, pick: (limit: number) => number): number {
  const { text } = world.buffer(uri);
  const starts = lineStartsOf(text);
  const hunk = ledger.open(uri)[0];
  const ends =
    hunk === undefined ? [] : [starts[hunk.range.start.line] ?? 0, starts[hunk.range.end.line] ?? text.length];
  const [start = 0, end = text.length] = ends;
  const places = [start, end, Math.max(0, end - 1), start + pick(Math.max(1, end - start)), pick(text.length + 1)];
  const at = Math.min(text.length, places[pick(places.length)] ?? 0);
  // Nobody types into a pair or a line end.
  return /[\udc00-\udfff]/.test(text.charAt(at)) || text.slice(at - 1, at + 1) === '\r\n' ? at - 1 : at;
}

async function streamed(start: number): Promise<void> {
  const next = random(start);
  const pick = (limit: number) => Math.floor(next() * limit);
  const end = pick(3) === 0 ? '\r\n' : '\n';
  const lead = linesBy(pick, 3, end);
  const old = linesBy(pick, 6, end);
  const trail = linesBy(pick, 3, end);
  const wanted = linesBy(pick, 8, end);
  const { world, ledger } = await opened(lead + old + trail);
  const group = ledger.begin(origin, false);
  await group.open(uri);
  const growing = group.grow(uri, { start: lead.length, end: lead.length + old.length }, end);
  const strokes: Stroke[] = [];
  const type = (): void => {
    const { text } = world.buffer(uri);
    const at = placeFor(world, ledger, pick);
    const isLine = pick(4) === 0;
    const mark = String.fromCharCode((isLine ? 0xe800 : 0xe000) + strokes.length);
    world.change(uri, [{ start: at, end: at, text: isLine ? mark + end : mark }]);
    strokes.push({ mark, before: text.charAt(at - 1), after: text.charAt(at) });
  };
  const turn = async (count: number): Promise<void> => {
    for (let left = count; left > 0; left--) {
      world.deliver(pick);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  for (const piece of wanted.match(/[\s\S]{1,9}/g) ?? []) {
    growing.push(piece);
    await turn(pick(4));
    if (pick(3) === 0) type();
  }
  const ended = pick(5) === 0 ? growing.abandon('stopped') : growing.end();
  await turn(pick(4));
  if (pick(3) === 0) type();
  await world.settle();
  await ended;
  const closed = group.end();
  await world.settle();
  await closed;
  agree(world, ledger);
  const { text } = world.buffer(uri);
  for (const stroke of strokes) stands(text, stroke);
  const done = ledger.settle({ decision: 'reject', which: { kind: 'all' } });
  await world.settle();
  await done;
  agree(world, ledger);
  for (const { mark } of strokes) expect(world.buffer(uri).text.split(mark)).toHaveLength(2);
  const plain = withoutMarks(text);
  const isOutside = strokes.every(({ mark }) => {
    const at = withoutMarks(text.slice(0, text.indexOf(mark))).length;
    return at < lead.length || at > plain.length - trail.length;
  });
  // Nothing was typed inside: it is gone altogether.
  if (isOutside) expect(withoutMarks(world.buffer(uri).text)).toBe(lead + old + trail);
}

/** Once, and beside what it was typed beside: another stroke, or new text on its other side, may have come between. */
function stands(text: string, { mark, before, after }: Stroke): void {
  expect(text.split(mark)).toHaveLength(2);
  const at = text.indexOf(mark);
  const left = text.charAt(at - 1);
  const right = text.slice(at + 1).replace(/^[\ue000-\uefff]+/, '');
  const isLine = mark >= '\ue800';
  const isBeside = [left, right.charAt(0), isLine ? right.replace(/^\r?\n/, '').charAt(0) : ''];
  const isFree = before === '' || after === '' || [left, before, after].some((one) => /[\ue000-\uefff\n]/.test(one));
  expect(
    isFree || isBeside[0] === before || isBeside.includes(after),
    JSON.stringify({ text, mark, before, after }),
  ).toBe(true);
}

/** The text as it would be if nobody had typed. */
function withoutMarks(text: string): string {
  const fewer = text.replaceAll(/[\ue800-\uefff]([\ue000-\ue7ff]*)\r?\n/g, '$1');
  return fewer === text ? text.replaceAll(/[\ue000-\ue7ff]/g, '') : withoutMarks(fewer);
}

function agree(world: PendingWorld, ledger: Ledger): void {
  const { text, version } = world.buffer(uri);
  expect(world.documents.get(uri)).toMatchObject({ text, version });
  for (const { range, after, place, growing } of ledger.open(uri)) {
    if (place !== 'buffer') continue;
    const start = world.documents.offsetAt(uri, range.start);
    expect([growing, text.slice(start, world.documents.offsetAt(uri, range.end))]).toEqual([false, after]);
  }
}

test(`R27: in ${scaled(10_000)} interleavings what is typed into a hunk that grows stays where it was typed`, async () => {
  const start = seed();
  for (let run = 0; run < scaled(10_000); run++)
    await streamed(start + run).catch((error: unknown) => {
      throw new Error(`start ${start + run}`, { cause: error });
    });
}, 280_000);

test.each([
  ['before', 0],
  ['behind', 1],
])('R27: what is typed right %s a hunk that grows is no part of it', async (_where, edge) => {
  const { world, ledger } = await opened('one();\ntwo();\nthree();\n');
  const group = ledger.begin(origin, false);
  await group.open(uri);
  const growing = group.grow(uri, { start: 7, end: 14 }, '\n');
  growing.push('2();\n');
  await world.settle();
  const at = edge === 0 ? 7 : world.buffer(uri).text.indexOf('three');
  world.change(uri, [{ start: at, end: at, text: 'mine();\n' }]);
  growing.push('2();\n');
  const ended = growing.end();
  await world.settle();
  await ended;
  const edit = '2();\n2();\n';
  const whole = (middle: string) =>
    `one();\n${edge === 0 ? 'mine();\n' : ''}${middle}${edge === 1 ? 'mine();\n' : ''}three();\n`;
  expect(world.buffer(uri).text).toBe(whole(edit));
  void ledger.settle({ decision: 'reject', which: { kind: 'all' } });
  await world.settle();
  expect(world.buffer(uri).text).toBe(whole('two();\n'));
});
