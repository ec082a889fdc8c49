/** R46: when money is asked about. A price that is not known is said, and is no zero. */
import { expect, test } from 'vitest';
import { nothingSpent, type Spent, withAnswer } from '#shared/spent.ts';
import { limitReached, raised, type SpentSoFar, spendLimitsOf, spentWords } from './spendLimits.ts';

/** `0.5 1 ?`: three answers, the last one of unknown price. */
function spent(words: string): Spent {
  const prices = words.split(' ').filter((word) => word !== '');
  return prices.reduce((sum, word) => withAnswer(sum, word === '?' ? undefined : Number(word), 100), nothingSpent);
}

const limits = spendLimitsOf({ limitPerQuestion: 2, limitPerConversation: 10, limitPerDay: 25 });
const soFar = (question: string, conversation = question, day = conversation): SpentSoFar => ({
  question: spent(question),
  conversation: spent(conversation),
  day: spent(day),
});

test.each<readonly [string, string, string, string | undefined]>([
  ['', '', '', undefined],
  ['1.99', '9.99', '24.99', undefined],
  ['1 1', '1 1', '1 1', 'This question has cost $2.00; its limit is $2.00.'],
  ['1', '10', '10', 'This conversation has cost $10.00; its limit is $10.00.'],
  ['', '10', '10', 'This conversation has cost $10.00; its limit is $10.00.'],
  [
    '',
    '',
    '24 1 ?',
    'Chats of today have cost $25.00, without 1 answer of unknown price; the limit for a day is $25.00.',
  ],
  [
    '?',
    '?',
    '?',
    'This question has cost an unknown amount. The price of this model is not known, so no limit of money can be kept.',
  ],
  ['1', '1 ?', '1 ? ?', undefined],
])('R46: question %j, conversation %j, day %j: %s', (question, conversation, day, message) => {
  expect(limitReached(soFar(question, conversation, day), limits)?.message).toBe(message);
});

test('R46: a limit of 0 asks before the second request, and again before each', () => {
  const none = { ...limits, question: 0 };
  expect(limitReached(soFar(''), none)).toBeUndefined();
  const reached = limitReached(soFar('0.01'), none);
  expect(reached?.limit).toBe('question');
  if (reached === undefined) return;
  const more = raised(none, reached, soFar('0.01'), none);
  expect(limitReached(soFar('0.01 0.01'), more)?.limit).toBe('question');
});

test('R46: who goes on may spend as much again, and then is asked again', () => {
  const reached = limitReached(soFar('2.5'), limits);
  const more = reached && raised(limits, reached, soFar('2.5'), limits);
  expect(more).toEqual({ ...limits, question: 4.5 });
  expect(more && limitReached(soFar('2.5 1.9'), more)).toBeUndefined();
  expect(more && limitReached(soFar('2.5 2'), more)?.limit).toBe('question');
});

test('R46: unknown prices are agreed to once for a question', () => {
  const reached = limitReached(soFar('?'), limits);
  const more = reached && raised(limits, reached, soFar('?'), limits);
  expect(more && limitReached(soFar('? ? ? ?'), more)).toBeUndefined();
});

test.each([
  ['', '$0.00'],
  ['0.004', '$0.004'],
  ['0.0456', '$0.046'],
  ['1.239', '$1.24'],
  ['1 ? ?', '$1.00, without 2 answers of unknown price'],
  ['? ?', 'an unknown amount'],
])('%j is said as %s', (prices, words) => expect(spentWords(spent(prices))).toBe(words));
