/** Who waits for whom. */
import { expect, test } from 'vitest';
import { createQueues } from './queues.ts';

/** Tasks that note when they begin, and end when they are told to. */
function watched() {
  const queue = createQueues();
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const start = (name: string, keys: readonly string[]): Promise<string> =>
    queue(keys, () => {
      begun.push(name);
      return new Promise((resolve, reject) => ends.set(name, (error) => (error ? reject(error) : resolve(name))));
    });
  const settled = async (): Promise<readonly string[]> => {
    await new Promise((resolve) => setImmediate(resolve));
    return begun;
  };
  return { start, settled, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

test('tasks with a common key run one after the other, others at once', async () => {
  const { start, settled, end } = watched();
  const tasks = [
    start('a1', ['a']),
    start('a2', ['a']),
    start('b1', ['b']),
    start('ab', ['a', 'b']),
    start('b2', ['b']),
  ];
  expect(await settled()).toEqual(['a1', 'b1']);
  end('a1');
  expect(await settled()).toEqual(['a1', 'b1', 'a2']);
  end('b1');
  end('a2');
  expect(await settled()).toEqual(['a1', 'b1', 'a2', 'ab']);
  end('ab');
  await settled();
  end('b2');
  expect(await Promise.all(tasks)).toEqual(['a1', 'a2', 'b1', 'ab', 'b2']);
});

test('a task that fails does not stop the next', async () => {
  const { start, settled, end } = watched();
  const failing = start('one', ['a']);
  const next = start('two', ['a']);
  await settled();
  end('one', new Error('no'));
  await expect(failing).rejects.toThrow('no');
  expect(await settled()).toEqual(['one', 'two']);
  end('two');
  expect(await next).toBe('two');
});
