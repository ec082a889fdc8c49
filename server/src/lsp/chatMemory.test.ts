/** What a chat's document said before is known again, and does not grow without end. */
import { expect, test } from 'vitest';
import { scaled } from '../../../test/harness/scale.ts';
import { createChatMemory } from './chatMemory.ts';

const section = (id: string, text: string) => ({ id, isTheirs: false, text });

test('what stands there is taken for an earlier version where it is one, else for the newest', () => {
  const memory = createChatMemory();
  for (const text of ['one\n', 'two\n', 'three\n']) memory.keep([section('a', text)]);
  expect(memory.of('a', 'one\n')).toBe('one\n');
  expect(memory.of('a', 'one\r\n')).toBe('one\r\n');
  expect(memory.of('a', 'typed into\n')).toBe('three\n');
  expect(memory.of('b', 'one\n')).toBeUndefined();
});

test(`R46: of ${scaled(1_000)} answers of 100,000 letters that came in 20 pieces, few earlier versions are held, and each newest one`, () => {
  const memory = createChatMemory();
  const whole = 'x'.repeat(100_000);
  for (let answer = 0; answer < scaled(1_000); answer += 1)
    for (let piece = 1; piece <= 20; piece += 1)
      memory.keep([section(`answer ${answer}`, `${answer} ${whole.slice(0, piece * 5_000)}`)]);
  expect(memory.size).toBeLessThanOrEqual(2_000_000);
  expect(memory.of('answer 0', 'typed')).toBe(`0 ${whole}`);
  expect(memory.of(`answer ${scaled(1_000) - 1}`, `${scaled(1_000) - 1} ${whole.slice(0, 95_000)}`)).toHaveLength(
    95_000 + String(scaled(1_000) - 1).length + 1,
  );
});
