/** What a person reads of a request: what went along, with how much it was thought to be, and what it cost. */
import { expect, test } from 'vitest';
import type { Receipt } from './receipt.ts';
import { receiptText } from './receiptText.ts';

const receipt: Receipt = {
  ...{ id: '1', time: '2026-11-28T12:00:00.000Z', purpose: 'Explain', host: 'api.anthropic.com', demo: false },
  ...{ credentialSource: 'environment', replaced: [], request: { model: 'm' } },
  sources: [{ uri: 'file:///w/a.ts', firstLine: 0, lastLine: 4, part: 'code' }],
};
const parts = [
  { part: 'imports', tokens: 40 },
  { part: 'code', tokens: 1200 },
];
const usage = { inputTokens: 1500, outputTokens: 300, cacheReadTokens: 0, cacheWriteTokens: 0, price: 0.009 };

test('what went along is told part by part, against the budget, and beside it what the service counted', () => {
  const text = receiptText(
    { ...receipt, context: { tokens: 1240, budget: 16_000, parts } },
    { result: 'answered', usage },
  );
  expect(text).toContain(
    [
      'Context: about 1240 tokens of at most 16000, estimated before sending:',
      '  imports  40',
      '  code     1200',
      '',
    ].join('\n'),
  );
  expect(text).toContain('Tokens     1500 in, 300 out');
  expect(text).toContain('Price      $0.009000');
});

test('where nothing was counted nothing is told of it', () => {
  expect(receiptText(receipt, undefined)).not.toContain('Context');
});
