/** S4: what was approved is exactly what was shown: any other value anywhere is another call. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaled, seed } from '../../../test/harness/scale.ts';
import type { Effective } from '../tool.ts';
import { hashOf } from './effectiveHash.ts';

const command: Effective = {
  ...{ tool: 'run', effect: 'runs', title: 'Run npm test', subjects: ['npm', 'test'] },
  facts: [
    { name: 'Program', value: '/usr/bin/npm' },
    { name: 'Folder', value: '/w' },
  ],
  ...{ isRememberable: true, mustAsk: [] },
};

test.each<readonly [string, object]>([
  ['tool', { tool: 'Run' }],
  ['effect', { effect: 'reads' }],
  ['title', { title: 'Run npm test ' }],
  ['a fact', { facts: [{ name: 'Program', value: '/w/npm' }, command.facts[1]] }],
  ["a fact's name", { facts: [{ name: 'program', value: '/usr/bin/npm' }, command.facts[1]] }],
  ['the order of facts', { facts: command.facts.toReversed() }],
  ['one fact more', { facts: [...command.facts, { name: '', value: '' }] }],
  ['one fact less', { facts: command.facts.slice(1) }],
  ['where names and values end', { facts: [{ name: 'Program/', value: 'usr/bin/npm' }, command.facts[1]] }],
  ['subjects', { subjects: ['npm test'] }],
  ['the order of subjects', { subjects: ['test', 'npm'] }],
  ['a subject more', { subjects: ['npm', 'test', ''] }],
  ['isRememberable', { isRememberable: false }],
  ['mustAsk', { mustAsk: [''] }],
  ['a field that is not known', { env: { PATH: '/w' } }],
  ['composition of a letter', { title: 'Run npm te\u0073\u0301t' }],
])('S4: another %s is another hash', (_, fields) => {
  expect(hashOf({ ...command, ...fields })).not.toBe(hashOf(command));
});

test('S4: the order in which the fields stand makes no difference', () => {
  const other = Object.fromEntries(Object.entries(command).toReversed()) as unknown as Effective;
  expect(hashOf(other)).toBe(hashOf(command));
});

/** What a hostile model would write: halves of surrogate pairs, quotes, escapes. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('\ud800', '\\ud800', '"', '\\"', ',', '[]', '\ufffd', 'null', '\0'),
);
const calls: fc.Arbitrary<Effective> = fc.record({
  ...{ tool: text, effect: fc.constantFrom('reads', 'edits', 'runs', 'tells'), title: text },
  facts: fc.array(fc.record({ name: text, value: text }), { maxLength: 3 }),
  subjects: fc.array(text, { maxLength: 3 }),
  ...{ isRememberable: fc.boolean(), mustAsk: fc.array(text, { maxLength: 2 }) },
});

test(`S4: two calls of ${scaled(5_000)} pairs have one hash exactly when they are the same`, () => {
  fc.assert(
    fc.property(calls, calls, fc.constantFrom(...Object.keys(command)), (one, other, field) => {
      const mutated = { ...one, [field]: other[field as keyof Effective] };
      const isSame = JSON.stringify(mutated) === JSON.stringify(one);
      expect(hashOf(mutated) === hashOf(one)).toBe(isSame);
      expect(hashOf(structuredClone(one))).toBe(hashOf(one));
    }),
    { seed: seed(), numRuns: scaled(5_000) },
  );
});
