/** Where lines start: as the standard counts them, whatever ends them. */
import { expect, test } from 'vitest';
import { random, scaled } from '../../../test/harness/scale.ts';
import { lineStartsOf } from './lines.ts';

/** The same, letter by letter. */
function oneByOne(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ 0: end, index }) => index + end.length)];
}

test('lines start behind \\n, \\r\\n and \\r, in any mixture', () => {
  const pieces = ['\n', '\r', '\r\n', 'a', '\u2028', '\n\r'];
  const chance = random();
  const next = (count: number) => Math.floor(chance() * count);
  for (let round = 0; round < scaled(20_000); round++) {
    const text = Array.from({ length: next(12) }, () => pieces[next(pieces.length)]).join('');
    expect(lineStartsOf(text), JSON.stringify(text)).toEqual(oneByOne(text));
  }
});
