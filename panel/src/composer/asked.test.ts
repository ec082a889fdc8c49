/** The walk through earlier questions. */
import { expect, test } from 'vitest';
import { createAsked } from './asked.ts';

test('up goes to older ones, down comes back to what was being written', () => {
  const asked = createAsked(['one', 'two', 'three']);
  expect(asked.older('draft')).toBe('three');
  expect(asked.older('three')).toBe('two');
  expect(asked.older('two')).toBe('one');
  expect(asked.older('one')).toBeUndefined();
  expect(asked.isWalking()).toBe(true);
  expect([asked.newer(), asked.newer(), asked.newer()]).toEqual(['two', 'three', 'draft']);
  expect(asked.isWalking()).toBe(false);
  expect(asked.newer()).toBeUndefined();
});

test('what stands there already is passed over', () => {
  const asked = createAsked(['one', 'two', 'two']);
  expect(asked.older('two')).toBe('one');
  expect(asked.newer()).toBe('two');
});

test('a change ends the walk: the next one begins at the newest', () => {
  const asked = createAsked(['one', 'two']);
  asked.older('');
  asked.older('two');
  asked.rest();
  expect(asked.older('one, changed')).toBe('two');
});

test('what was asked again is the newest, and nothing is asked empty', () => {
  const asked = createAsked(['one', 'two']);
  asked.add('one');
  asked.add('  ');
  expect(asked.older('')).toBe('one');
  expect(asked.older('one')).toBe('two');
  expect(asked.older('two')).toBeUndefined();
});
