/** What becomes of what is written: sent, given back, edited, kept. */
import { expect, test } from 'vitest';
import type { HostMessage } from '#shared/panelHost.ts';
import type { Host } from '../host.ts';
import { createComposer } from './model.ts';

function composing(answers: Readonly<Record<string, () => unknown>> = {}) {
  const asked: { method: string; params: unknown }[] = [];
  const listeners: ((message: HostMessage) => void)[] = [];
  let state: unknown;
  const host = {
    ask: async ({ method }: { method: string }, params: unknown) => {
      asked.push({ method, params });
      return answers[method]?.() ?? {};
    },
    listen: (listener: (message: HostMessage) => void) => listeners.push(listener),
    frame: {
      getState: () => state,
      setState: (next: unknown) => {
        state = next;
      },
    },
  } as unknown as Host;
  const model = createComposer(host, { sendKey: 'enter', history: [] });
  const tell = (message: HostMessage): void => {
    for (const listener of listeners) listener(message);
  };
  return {
    model,
    tell,
    sent: () => asked.filter(({ method }) => method === 'gloss/chatSend').map((one) => one.params),
  };
}

test('an earlier question is sent from where it was asked, and what was being written comes back', async () => {
  const { model, sent } = composing();
  model.show('c1');
  model.type('being written');
  model.edit('q1', 'an earlier one');
  model.type('an earlier one, changed');
  await model.send();
  expect(sent()).toMatchObject([{ chat: 'c1', from: 'q1', draft: { text: 'an earlier one, changed' } }]);
  expect(model.text()).toBe('being written');
  model.edit('q1', 'again');
  model.cancelEdit();
  expect([model.text(), model.written().editing]).toEqual(['being written', undefined]);
});

test('what could not be sent goes back to its chat, in front of what was written meanwhile', async () => {
  const failed = Promise.withResolvers<never>();
  const { model } = composing({ 'gloss/chatSend': () => failed.promise });
  model.show('c1');
  model.type('first');
  const sending = model.send();
  expect(model.text()).toBe('');
  model.type('second');
  model.show('c2');
  failed.reject(new Error('no'));
  await sending;
  expect(model.text()).toBe('');
  model.show('c1');
  expect(model.text()).toBe('first\n\nsecond');
});

test('nothing is sent where nothing is written, and what the editor adds before a chat is there waits for it', async () => {
  const { model, tell, sent } = composing();
  tell({ is: 'add', mentions: ['@a'], media: [], text: 'more' });
  expect(model.text()).toBe('');
  model.show('c1');
  expect(model.text()).toBe('@a more');
  tell({ is: 'add', mentions: ['@a'], media: [] });
  expect(model.text()).toBe('@a more');
  model.type('  ');
  await model.send();
  expect(sent()).toEqual([]);
});
