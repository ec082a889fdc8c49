/** Text that grows. */
import { expect, test } from 'vitest';
import { random, scaled } from '../../../../test/harness/scale.ts';
import { Growth } from './growing.ts';

test('it is what was added, whatever the pieces', () => {
  const next = random();
  for (let round = 0; round < scaled(100); round++) {
    const growth = new Growth();
    let [text, expected] = ['', ''];
    for (let piece = 0; piece < 500; piece++) {
      const added = String.fromCodePoint(0x61 + Math.floor(next() * 20_000)).repeat(Math.floor(next() ** 4 * 300));
      text = growth.add(text, added);
      expected += added;
      if (next() < 0.01) expect(text).toBe(expected);
    }
    expect(text).toBe(expected);
  }
});

test('texts may take turns, also of the same length', () => {
  const growth = new Growth();
  const texts = ['', ''];
  for (let piece = 0; piece < 1_000; piece++)
    for (const at of [0, 1]) texts[at] = growth.add(texts[at] ?? '', `${at}${piece},`);
  const numbers = Array.from({ length: 1_000 }, (_, piece) => piece);
  expect(texts).toEqual([0, 1].map((at) => numbers.map((piece) => `${at}${piece},`).join('')));
});
