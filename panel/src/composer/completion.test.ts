/** Suggestions: which answers are shown, and which come too late. */
import { expect, test } from 'vitest';
import type { Host } from '../host.ts';
import { createCompletion } from './completion.ts';

/** A host that answers when it is told to, the lines in any order. */
function asking() {
  const waiting = new Map<string, (answer: unknown) => void>();
  const ask = (_: unknown, { line }: { line: string }) =>
    new Promise((resolve) => {
      waiting.set(line, resolve);
    });
  return {
    host: { ask } as unknown as Pick<Host, 'ask'>,
    lines: () => [...waiting.keys()],
    async answer(line: string): Promise<void> {
      const suggestion = { label: `for ${line}`, detail: '', insert: `${line}!`, kind: 'word' };
      waiting.get(line)?.({ suggestions: [suggestion] });
      // Its answer is heard in the turns after this one.
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

test('an answer that comes after a newer question is dropped, whichever comes first', async () => {
  const { host, answer } = asking();
  const completion = createCompletion(host);
  completion.look('c', '@a', 2);
  completion.look('c', '@ab', 3);
  await answer('@ab');
  await answer('@a');
  expect(completion.suggestions().map(({ label }) => label)).toEqual(['for @ab']);
  completion.look('c', '@ab ', 4);
  expect(completion.suggestions()).toEqual([]);
});

test('an answer that comes when the word is over is dropped', async () => {
  const { host, answer } = asking();
  const completion = createCompletion(host);
  completion.look('c', '@a', 2);
  completion.look('c', '@a x', 4);
  await answer('@a');
  expect(completion.suggestions()).toEqual([]);
});

test('what was closed stays closed while its word goes on, and nothing is asked for it', async () => {
  const { host, answer, lines } = asking();
  const completion = createCompletion(host);
  completion.look('c', '@a', 2);
  await answer('@a');
  completion.close();
  completion.look('c', '@ab', 3);
  expect(lines()).toEqual(['@a']);
  completion.look('c', '@ab @', 5);
  await answer('@ab @');
  expect(completion.suggestions()).toHaveLength(1);
});

test('what was taken stands in the place of the word', async () => {
  const { host, answer } = asking();
  const completion = createCompletion(host);
  completion.look('c', 'see @a', 6);
  await answer('see @a');
  expect(completion.take('see @a', 0)).toEqual({ start: 4, end: 6, text: 'see @a! ' });
  expect(completion.suggestions()).toEqual([]);
  expect(completion.take('see @a', 0)).toBeUndefined();
});
