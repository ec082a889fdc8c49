import { expect, test } from 'vitest';
import { createSuggestionCache, type Place } from './cache.ts';

const place = (before: string, after = '\n}\n'): Place => ({
  uri: 'file:///a.ts',
  languageId: 'typescript',
  before,
  after,
});
const known = (before: string, after?: string) => {
  const cache = createSuggestionCache();
  cache.keep(place('const a = '), 'one', { text: 'makeThing(1);' });
  return cache.find(place(before, after))?.known;
};

test.each([
  ['the same place', 'const a = ', 'makeThing(1);'],
  ['typed through', 'const a = make', 'Thing(1);'],
  ['taken back a little', 'const ', 'a = makeThing(1);'],
])('%s needs no further request', (_, before, text) => {
  expect(known(before)).toEqual({ text });
});

test.each([
  ['something else was typed', 'const a = build'],
  ['all of it was typed', 'const a = makeThing(1);'],
  ['the text above has changed', 'let b; const a = '],
  ['a line was taken back', ''],
])('%s: it is asked again', (_, before) => {
  expect(known(before)).toBeUndefined();
});

test('what follows has changed: it is asked again', () => {
  expect(known('const a = ', '\nreturn 1;\n}\n')).toBeUndefined();
});

test('a bracket that the editor closes is not suggested twice', () => {
  const cache = createSuggestionCache();
  cache.keep(place('call'), 'one', { text: '(first, [2])' });
  expect(cache.find(place('call(', ')\n}\n'))?.known).toEqual({ text: 'first, [2]' });
  expect(cache.find(place('call(first, [', '])\n}\n'))?.known).toEqual({ text: '2' });
});

test('that there is nothing is remembered for exactly that place', () => {
  const cache = createSuggestionCache();
  cache.keep(place('x = '), 'one', { nothing: 'filtered' });
  expect(cache.find(place('x = '))?.known).toEqual({ nothing: 'filtered' });
  expect(cache.find(place('x = 1'))).toBeUndefined();
});

test('far from the start of a long document only what is near has to be the same', () => {
  const cache = createSuggestionCache();
  const long = 'line of code\n'.repeat(1_000);
  cache.keep(place(`${long}const a = `), 'one', { text: 'b;' });
  expect(cache.find(place(`x${long}const a = `))?.known).toEqual({ text: 'b;' });
  expect(cache.find(place(`${long}const a = b`))?.known).toEqual({ text: ';' });
});

test('R28: the same for texts of which a half of a pair was typed', () => {
  const cache = createSuggestionCache();
  cache.keep(place('s = "'), 'one', { text: '😀😀";' });
  expect(cache.find(place('s = "😀'))?.known).toEqual({ text: '😀";' });
});

test('it is bounded, and another document is none of its business', () => {
  const cache = createSuggestionCache();
  for (let index = 0; index < 500; index += 1) cache.keep(place(`const a${index} = `), `${index}`, { text: '1;' });
  expect(cache.find(place('const a0 = '))).toBeUndefined();
  expect(cache.find(place('const a499 = '))?.id).toBe('499');
  expect(cache.find({ ...place('const a499 = '), uri: 'file:///b.ts' })).toBeUndefined();
  cache.forget('file:///a.ts');
  expect(cache.find(place('const a499 = '))).toBeUndefined();
});
