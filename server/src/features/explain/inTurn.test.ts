/** Equal requests one after the other. */
import { expect, test } from 'vitest';
import { inTurn } from './inTurn.ts';

const never = new AbortController().signal;

/** A task that ends when it is told to. */
function held(log: string[], name: string) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const task = () => {
    log.push(`${name} begins`);
    return promise;
  };
  return { task, end: () => resolve(name), fail: () => reject(new Error(name)) };
}

const moment = () => new Promise((resolve) => setImmediate(resolve));

test('the second begins when the first has ended, also when that failed', async () => {
  const [owner, log] = [{}, [] as string[]];
  const [one, two, three] = [held(log, 'one'), held(log, 'two'), held(log, 'three')];
  const first = inTurn(owner, 'same', never, one.task);
  const second = inTurn(owner, 'same', never, two.task);
  const third = inTurn(owner, 'same', never, three.task);
  await moment();
  expect(log).toEqual(['one begins']);
  one.fail();
  await expect(first).rejects.toThrow('one');
  await moment();
  expect(log).toEqual(['one begins', 'two begins']);
  two.end();
  three.end();
  expect(await Promise.all([second, third])).toEqual(['two', 'three']);
});

test('other names and other owners do not wait', async () => {
  const log: string[] = [];
  const owner = {};
  const one = held(log, 'one');
  void inTurn(owner, 'a', never, one.task);
  expect(await inTurn(owner, 'b', never, async () => 'b')).toBe('b');
  expect(await inTurn({}, 'a', never, async () => 'a')).toBe('a');
  one.end();
});

test('who is stopped while they wait does not begin', async () => {
  const [owner, log] = [{}, [] as string[]];
  const one = held(log, 'one');
  const first = inTurn(owner, 'a', never, one.task);
  const stop = new AbortController();
  const second = inTurn(owner, 'a', stop.signal, held(log, 'two').task);
  stop.abort(new Error('stopped'));
  await expect(second).rejects.toThrow('stopped');
  one.end();
  await first;
  expect(log).toEqual(['one begins']);
});
