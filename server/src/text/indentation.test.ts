/** Differences in indentation, and what becomes of another line by them. Tabs are written as `→`. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaled, seed } from '../../../test/harness/scale.ts';
import { indentationBetween, reindented } from './indentation.ts';

const written = (text: string): string => text.replaceAll('→', '\t');

function carried(from: readonly string[], to: readonly string[], line: string): string {
  const difference = indentationBetween(from.map((text, index) => [written(text), written(to[index] ?? '')]));
  return difference === undefined ? 'no difference' : reindented(written(line), difference).replaceAll('\t', '→');
}

test.each([
  ['deeper', ['a', '  b'], ['    a', '      b'], '  c', '      c'],
  ['less deep', ['    a', '      b'], ['  a', '    b'], '        c', '      c'],
  ['less deep than can be', ['    a'], ['a'], '  c', 'c'],
  ['less deep than can be, by levels', ['        a', '            b'], ['→a', '→→b'], 'c', 'c'],
  ['blank lines do not count', ['a', '', '  b'], ['  a', '', '    b'], '', ''],
  ['white space stays', ['a'], ['  a'], '   ', '   '],
  ['tabs', ['    a', '        b'], ['→a', '→→b'], '            c', '→→→c'],
  ['tabs, at another depth', ['a', '    b'], ['→a', '→→b'], '        c', '→→→c'],
  ['spaces', ['→a', '→→b'], ['  a', '    b'], '→→→c', '      c'],
  ['wider', ['  a', '    b'], ['    a', '        b'], '      c', '            c'],
  ['one line tells that a tab is its spaces', ['  a'], ['→a'], '    c', '→→c'],
  ['a rest of a level', ['  /*', '   *'], ['→/*', '→ *'], '     *', '→→ *'],
  ['uneven', ['a', '  b'], ['  a', '  b'], 'c', 'no difference'],
  ['one that goes where another was none', ['  a', 'b'], ['a', 'b'], 'c', 'no difference'],
  ['nothing to compare', ['', ' '], [' ', ''], 'c', 'no difference'],
])('%s', (_name, from, to, line, result) => {
  expect(carried(from, to, line)).toBe(result);
});

test('lines that were written with another unit at another depth come back', () => {
  const unit = fc.constantFrom('\t', '  ', '    ', '   ');
  const levels = fc.array(fc.nat(4), { minLength: 1, maxLength: 6 });
  const check = fc.property(unit, unit, fc.nat(2), levels, (from, to, deeper, depths) => {
    const pairs = [0, 1, ...depths].map(
      (depth) => [`${from.repeat(depth)}x`, `${to.repeat(depth + deeper)}x`] as const,
    );
    const difference = indentationBetween(pairs);
    expect(difference && pairs.map(([line]) => reindented(line, difference))).toEqual(pairs.map(([, line]) => line));
  });
  fc.assert(check, { numRuns: scaled(2_000), seed: seed() });
});
