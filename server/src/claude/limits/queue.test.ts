/** Who goes next: stories, and invariants over any order of events. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaled, seed } from '../../../../test/harness/scale.ts';
import type { Priority } from './gate.ts';
import { mostPassedOver, Queue, type Waiting } from './queue.ts';

interface Item extends Waiting {
  readonly name: string;
}

const lanes: Readonly<Record<string, object>> = { x: {}, y: {} };
let order = 0;

/** `b:anna/x` is a call of the background, of Anna, in lane x. */
function item(name: string): Item {
  const [, background, owner = '', lane = 'x'] = /^(b:)?(\w+)(?:\/(\w))?/.exec(name) ?? [];
  const priority: Priority = background === undefined ? 'interactive' : 'background';
  return { name, priority, owner, lane: lanes[lane] ?? {}, order: ++order };
}

function queueOf(...names: readonly string[]): Queue<Item> {
  const queue = new Queue<Item>();
  for (const name of names) queue.add(item(name));
  return queue;
}

/** Everything that is in it, in the order in which it goes. */
function drained(queue: Queue<Item>, isReady: (item: Item) => boolean = () => true): string {
  const names: string[] = [];
  for (let next = queue.take(isReady); next !== undefined; next = queue.take(isReady)) names.push(next.name);
  return names.join(' ');
}

describe('who goes next', () => {
  test.each<[string, string, string]>([
    ['calls of one owner go in their order', 'a a/x a/y a/z', 'a a/x a/y a/z'],
    ['owners take turns', 'a a a b b c', 'a b c a b a'],
    ['interactive work goes first', 'b:a b:b c d', 'c d b:a b:b'],
    ['owners take turns in the background as well', 'b:a b:a b:b', 'b:a b:b b:a'],
    [
      'the background is passed over seven times at most',
      `b:x b:x b:x ${'a '.repeat(15).trim()}`,
      `${'a '.repeat(7)}b:x ${'a '.repeat(7)}b:x a b:x`,
    ],
  ])('%s', (_name, waiting, gone) => {
    expect(drained(queueOf(...waiting.split(' ')))).toBe(gone);
  });

  test('a lane that cannot go holds up no other, and keeps its order', () => {
    const queue = queueOf('a/x', 'a/x', 'a/y', 'b/x', 'b/y');
    expect(drained(queue, ({ lane }) => lane === lanes['y'])).toBe('a/y b/y');
    expect(drained(queue)).toBe('a/x b/x a/x');
  });

  test('who comes back has not saved up turns', () => {
    const queue = queueOf('a', 'a', 'a', 'a');
    const gone: string[] = [];
    for (let turn = 0; turn < 6; turn++) {
      queue.add(item('b'));
      gone.push(queue.take(() => true)?.name ?? '-', queue.take(() => true)?.name ?? '-');
    }
    expect(gone.join(' ')).toBe('a b a b a b a b b - b -');
  });

  test('what was deleted is gone, and cannot be deleted again', () => {
    const queue = new Queue<Item>();
    const [first, second] = [item('a'), item('a')];
    queue.add(first);
    queue.add(second);
    expect([queue.delete(first), queue.delete(first), queue.size]).toEqual([true, false, 1]);
    expect(drained(queue)).toBe('a');
    expect([...queue]).toEqual([]);
  });
});

type Step = { readonly add: string } | { readonly delete: number } | { readonly take: string };

const steps = fc.array(
  fc.oneof(
    fc.record({
      add: fc
        .tuple(fc.constantFrom('', 'b:'), fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('/x', '/y'))
        .map((parts) => parts.join('')),
    }),
    fc.record({ delete: fc.nat() }),
    fc.record({ take: fc.constantFrom('xy', 'xy', 'xy', 'x', 'y') }),
  ),
  { maxLength: 200 },
);

test('fairness, priority and order hold whatever happens, and nothing is lost or taken twice', () => {
  fc.assert(
    fc.property(steps, (story: readonly Step[]) => {
      const queue = new Queue<Item>();
      const model: Item[] = [];
      let passedOver = 0;
      /** How often each owner was served since each other one began to wait with something that could go. */
      const lead = new Map<string, number>();
      for (const step of story) {
        if ('add' in step) {
          const added = item(step.add);
          queue.add(added);
          model.push(added);
          lead.clear();
        } else if ('delete' in step) {
          const [gone] = model.length === 0 ? [] : model.splice(step.delete % model.length, 1);
          if (gone !== undefined) expect(queue.delete(gone)).toBe(true);
          lead.clear();
        } else {
          const isReady = ({ lane }: Waiting) => [...step.take].some((name) => lanes[name] === lane);
          const ready = model.filter(isReady);
          const taken = queue.take(isReady);
          expect(taken === undefined).toBe(ready.length === 0);
          if (taken === undefined) continue;
          expect(model).toContain(taken);
          const isMate = (other: Item) => other.owner === taken.owner && other.priority === taken.priority;
          expect(ready.find(isMate)).toBe(taken);
          const others = ready.filter(({ priority }) => priority !== taken.priority);
          if (taken.priority === 'background' && others.length > 0) expect(passedOver).toBe(mostPassedOver);
          passedOver = taken.priority === 'interactive' && others.length > 0 ? passedOver + 1 : 0;
          expect(passedOver).toBeLessThanOrEqual(mostPassedOver);
          checkTurns(lead, taken, ready);
          model.splice(model.indexOf(taken), 1);
        }
        expect(queue.size).toBe(model.length);
        expect(new Set(queue)).toEqual(new Set(model));
      }
    }),
    { seed: seed(), numRuns: scaled(3_000) },
  );
});

/** Of two owners who wait all the time, none is served twice more often than the other. */
function checkTurns(lead: Map<string, number>, taken: Item, ready: readonly Item[]): void {
  const rivals = ready.filter(({ priority, owner }) => priority === taken.priority && owner !== taken.owner);
  const names = new Set(rivals.map(({ owner }) => owner));
  for (const pair of [...lead.keys()]) {
    const [priority, winner, loser = ''] = pair.split(' ');
    if (priority === taken.priority && (loser === taken.owner || (winner === taken.owner && !names.has(loser))))
      lead.delete(pair);
  }
  for (const name of names) {
    const pair = `${taken.priority} ${taken.owner} ${name}`;
    lead.set(pair, (lead.get(pair) ?? 0) + 1);
    expect(lead.get(pair)).toBeLessThanOrEqual(2);
  }
}
