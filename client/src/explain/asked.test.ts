/** What commands on explanations are called with (threats S36). */
import { expect, test } from 'vitest';
import { askedExplanation } from './asked.ts';

test.each([
  ['no argument', []],
  ['undefined', [undefined]],
  ['null', [null]],
  ["a menu's resource", [{ scheme: 'file', fsPath: '/a', path: '/a' }]],
])('%s means the explanation at the cursor', (_name, values) => {
  expect(askedExplanation(values)).toEqual({ kind: 'here' });
});

test('S36: a row of the list names an explanation, and nothing that only looks like one does', () => {
  expect(askedExplanation([{ kind: 'explanation', id: 'x' }])).toEqual({ kind: 'listed', id: 'x' });
  const broken = [
    ...[{ id: '' }, { id: 'x'.repeat(65) }, { id: 1 }, {}, { id: 'x', more: 1 }].map((rest) => ({
      kind: 'explanation',
      ...rest,
    })),
    ...['x', 1, true, Symbol('x'), () => 'x'],
  ];
  expect(broken.map((value) => askedExplanation([value]).kind)).toEqual(broken.map(() => 'nothing'));
});

test('S36: any other object is compared with those of the editor, which nobody else has', () => {
  const objects = [{}, [], { kind: 'file', uri: 'file:///a' }, { thread: {} }, new Date()];
  expect(objects.map((value) => askedExplanation([value]).kind)).toEqual(objects.map(() => 'object'));
});
