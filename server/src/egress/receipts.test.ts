/** Receipts of conversations: their messages are shown as they were sent, from where they are kept. */
import { expect, test } from 'vitest';
import { memoryDisk } from '../../../test/harness/storeWorld.ts';
import type { MessageParam } from '../claude/index.ts';
import type { Receipt } from './receipt.ts';
import { createDigest, createReceipts } from './receipts.ts';

const log = { clean: (text: string) => text, debug() {}, info() {}, warn() {}, error() {} };
const messages: readonly MessageParam[] = [
  { role: 'user', content: 'What is this?' },
  { role: 'assistant', content: [{ type: 'text', text: 'A function.' }] },
];
const receipt: Receipt = {
  ...{ id: '20261128T120000000Z-0123abcd', time: '2026-11-28T12:00:00.000Z', purpose: 'Chat', host: 'h', demo: false },
  ...{ credentialSource: 'environment', replaced: [], sources: [], request: { model: 'm', max_tokens: 1 } },
  said: { conversation: 'c', entry: 'e', model: 'm', digest: createDigest()(messages) },
};

async function shown(said: readonly MessageParam[] | undefined): Promise<string> {
  const receipts = createReceipts(memoryDisk(), log, async () => said);
  await receipts.open(receipt);
  return (await receipts.text())?.text ?? '';
}

test('the messages of a conversation are in its receipts, without a copy of them', async () => {
  const text = await shown(messages);
  expect(text).toContain('A function.');
  expect(text).not.toContain('not exactly');
});

test('messages that are not those that were sent are said to be others', async () => {
  expect(await shown(messages.slice(1))).toContain('not exactly what was sent');
});

test('a conversation that was deleted is said to be', async () => {
  expect(await shown(undefined)).toContain('The conversation was deleted');
});
