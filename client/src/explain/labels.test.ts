/** The words around an explanation. */
import { expect, test } from 'vitest';
import type { Explanation } from '#shared/explain.ts';
import { words } from '../../../test/harness/words.ts';
import { answerLabel, asMarkdown, contextOf, notesOf, type Subjected, threadLabel } from './labels.ts';
import { failed, finished, newTurn, received, started, stopped, unread } from './turns.ts';

const usage = { inputTokens: 500, outputTokens: 180, cacheReadTokens: 10, cacheWriteTokens: 2, price: 0.00284 };
const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
const answer: Explanation = {
  id: 'a',
  markdown: 'It adds.',
  range,
  symbol: 'total',
  model: 'claude-sonnet-5-5',
  usage,
  demo: false,
  notices: ['A secret was replaced.'],
  ...{ kind: 'code', level: 'normal', citations: [], context: { tokens: 0, budget: 0 } },
};
const about: Subjected = { kind: 'code', symbol: undefined, level: 'normal', state: 'current' };
const streaming = received(started(newTurn()), 'It');
const failure = { kind: 'connection', message: 'The service cannot be reached.' };

test.each([
  ['while it is being written', [streaming], 'Explanation (writing …)'],
  ['of a symbol', [finished(newTurn(), answer)], 'Explanation of total'],
  ['by the demo', [finished(newTurn(), { ...answer, demo: true })], 'Explanation of total (demo)'],
  ['of nothing with a name', [stopped(streaming)], 'Explanation'],
  ['of a hostile name', [finished(newTurn(), { ...answer, symbol: 'a\n\u202eb\u0000c' })], 'Explanation of a b c'],
])('the label of an explanation %s', (_name, turns, label) => {
  expect(threadLabel(turns, about, words)).toBe(label);
});

test.each<[string, Partial<Subjected>, string]>([
  ['whose code has changed', { state: 'changed' }, 'Explanation · code has changed'],
  ['whose code is gone', { state: 'gone', symbol: 'f' }, 'Explanation of f · its code is gone'],
  ['that was not read yet', { symbol: 'total' }, 'Explanation of total'],
  ['of a problem', { kind: 'problem', symbol: 'total' }, 'Explanation of a problem'],
  ['of a change', { kind: 'change', state: 'changed' }, 'Explanation of a change · code has changed'],
])('the label of a thread %s', (_name, more, label) => {
  expect(threadLabel([unread('It adds')], { ...about, ...more }, words)).toBe(label);
});

test('the menus of a thread can tell what it is doing, its level, what became of its code, and what it is about', () => {
  expect(contextOf([streaming], about)).toBe('streaming normal current code');
  const stale: Subjected = { kind: 'problem', symbol: undefined, level: 'deep', state: 'changed' };
  expect(contextOf([finished(newTurn(), answer)], stale)).toBe('idle deep changed problem');
});

test('an answer from the store says when it was made, and that it cost nothing', () => {
  const stored = new Date(2026, 10, 7, 23, 30).toISOString();
  expect(answerLabel(finished(newTurn(), { ...answer, stored }), words)).toBe(
    'claude-sonnet-5-5 · from 2026-11-07, no cost',
  );
  expect(answerLabel(finished(newTurn(), { ...answer, stored, demo: true }), words)).toBe(
    'demo, no model is running · from 2026-11-07, no cost',
  );
});

test('the tokens of what was sent around the code are told', () => {
  const context = { tokens: 1_830, budget: 6_000 };
  expect(answerLabel(finished(newTurn(), { ...answer, context }), words)).toBe(
    'claude-sonnet-5-5 · 512 in, 180 out · 1830 of context · $0.0028',
  );
});

test.each([
  ['with a price', usage, 'claude-sonnet-5-5 · 512 in, 180 out · $0.0028'],
  ['without one', { ...usage, price: undefined }, 'claude-sonnet-5-5 · 512 in, 180 out'],
  ['that was free', { ...usage, price: 0 }, 'claude-sonnet-5-5 · 512 in, 180 out · $0'],
  ['almost free', { ...usage, price: 0.00001 }, 'claude-sonnet-5-5 · 512 in, 180 out · < $0.0001'],
  ['that was dear', { ...usage, inputTokens: 1_200_000, price: 3.456 }, 'claude-sonnet-5-5 · 1.2M in, 180 out · $3.46'],
])('an answer %s says so', (_name, { price, ...tokens }, label) => {
  const used = price === undefined ? tokens : { ...tokens, price };
  expect(answerLabel(finished(newTurn(), { ...answer, usage: used }), words)).toBe(label);
});

test.each([
  ['that streams', streaming, '', []],
  ['that waits', newTurn('Why?'), 'waiting for the answer above', []],
  ['of the demo', finished(newTurn(), { ...answer, demo: true, notices: [] }), 'demo, no model is running', []],
  ['with a notice', finished(newTurn(), answer), 'claude-sonnet-5-5 · 512 in, 180 out · $0.0028', answer.notices],
  ['stopped on the way', stopped(streaming), 'stopped', ['Stopped. The text is what had arrived until then.']],
  ['stopped before it began', stopped(started(newTurn())), 'stopped', ['Stopped.']],
  [
    'stopped over an earlier one',
    stopped(started(finished(newTurn(), answer))),
    'stopped',
    ['Stopped. The text is the earlier explanation.'],
  ],
  [
    'that broke off',
    failed(streaming, failure),
    'incomplete',
    [`${failure.message} The text is what had arrived until then.`],
  ],
  ['that never came', failed(started(newTurn()), failure), '', [failure.message]],
  [
    'that failed over an earlier one',
    failed(started(finished(newTurn(), answer)), failure),
    '',
    [`${failure.message} The text is the earlier explanation.`],
  ],
])('an answer %s is marked', (_name, turn, label, notes) => {
  expect([answerLabel(turn, words), notesOf(turn, words)]).toEqual([label, notes]);
});

test('copied, a conversation has its questions, its answers and what was said beside them', () => {
  const turns = [finished(newTurn(), answer), failed(started(newTurn('Why\nso?')), failure), newTurn('And?')];
  expect(asMarkdown(turns, words, (markdown) => markdown.toUpperCase())).toBe(
    'IT ADDS.\n\n> A secret was replaced.\n\n---\n\n> Why\n> so?\n\n> The service cannot be reached.\n\n---\n\n> And?\n',
  );
});
