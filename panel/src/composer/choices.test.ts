/** What the menus of the composer offer. */
import { expect, test } from 'vitest';
import { modelChoices } from './choices.ts';

const labels = (running: boolean) =>
  modelChoices({ model: 'claude-sonnet-5-5', effort: 'high', running }, []).map(({ label }) => label);

test('while an answer is being written the menu says from when on the choice counts', () => {
  expect(labels(false)).toEqual(['Model', 'Effort']);
  expect(labels(true)).toEqual(['Model, from the next question on', 'Effort, from the next question on']);
});
