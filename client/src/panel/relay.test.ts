import { expect, test } from 'vitest';
import type { PanelApproval } from '#shared/panel.ts';
import { hostRequests, type PageMessage } from '#shared/panelHost.ts';
import { panelRequests } from '#shared/panelRequests.ts';
import { relayedPage } from '../../../test/harness/panelRelay.ts';
import { idleState } from '../../../test/harness/panelState.ts';
import { random, scaled } from '../../../test/harness/scale.ts';
import { Failed } from '../failed.ts';

const approval = (hash: string): PanelApproval => ({ title: 'Run', facts: [], because: [], maySession: false, hash });
const decide = (chat: string, hash: string) => ({ chat, hash, decision: 'once' });

test('the server is asked what the page asks, and its answer comes back under the same number', async () => {
  const page = relayedPage({ answers: { 'gloss/chats': () => ({ chats: [] }) } });
  expect(await page.ask('gloss/chats', {})).toEqual({ is: 'answer', n: 1, result: { chats: [] } });
  expect(page.asked).toEqual([{ method: 'gloss/chats', params: {} }]);
});

test('a failure comes back as words for the person, with its kind', async () => {
  const fails = (): never => {
    throw new Failed('There is no key yet.', 'noKey');
  };
  const page = relayedPage({ answers: { 'gloss/chatStop': fails, 'panel/copy': fails } });
  const failed = { is: 'failed', message: 'There is no key yet.', kind: 'noKey' };
  expect(await page.ask('gloss/chatStop', { chat: 'a' })).toEqual({ ...failed, n: 1 });
  expect(await page.ask('panel/copy', { text: 'a' })).toEqual({ ...failed, n: 2 });
});

test('S4: an approval is given only by a page that was shown it', async () => {
  const page = relayedPage({ state: { approvals: [approval('first')] } });
  await page.ask('gloss/chatOpen', { chat: 'a' });
  expect(await page.ask('gloss/chatDecide', decide('a', 'second'))).toMatchObject({ is: 'failed', kind: 'stale' });
  expect(await page.ask('gloss/chatDecide', decide('b', 'first'))).toMatchObject({ is: 'failed', kind: 'stale' });
  page.looking.hear('a', 1, [{ is: 'ended', ending: 'stopped' }]);
  // It waits until the page has drawn what it has, and so does the approval in it.
  page.looking.hear('a', 2, [{ is: 'state', state: { ...idleState, approvals: [approval('second')] } }]);
  expect(await page.ask('gloss/chatDecide', decide('a', 'second'))).toMatchObject({ is: 'failed' });
  expect(page.asked.filter(({ method }) => method === 'gloss/chatDecide')).toEqual([]);
  page.relay.receive({ is: 'drawn', n: 1 });
  await page.clock.pass(100);
  expect(await page.ask('gloss/chatDecide', decide('a', 'second'))).toMatchObject({ is: 'answer' });
  expect(await page.ask('gloss/chatDecide', decide('a', 'first'))).toMatchObject({ is: 'answer' });
});

test('S4: what an earlier page was shown is not shown to the next one', async () => {
  const page = relayedPage({ state: { approvals: [approval('first')] } });
  await page.ask('gloss/chatOpen', { chat: 'a' });
  page.relay.leave();
  expect(await page.ask('gloss/chatDecide', decide('a', 'first'))).toMatchObject({ is: 'failed', kind: 'stale' });
});

test('what an earlier page asked is not answered to the one that begins in its place', async () => {
  const { promise, resolve } = Promise.withResolvers<object>();
  const page = relayedPage({ answers: { 'gloss/chats': () => promise } });
  page.relay.receive({ is: 'ask', n: 1, method: 'gloss/chats', params: {} });
  page.relay.receive({ is: 'ask', n: 1, method: 'panel/ready', params: {} });
  resolve({ chats: [] });
  await page.clock.pass(0);
  expect(page.posts).toEqual([{ is: 'answer', n: 1, result: {} }]);
});

test('a chat that nobody looks at any more is closed, one that another page looks at is not', async () => {
  const page = relayedPage({ isLookedAt: (chat) => chat === 'shared' });
  const closed = () => page.asked.filter(({ method }) => method === 'gloss/chatClose').map(({ params }) => params);
  await page.ask('gloss/chatOpen', { chat: 'a' });
  await page.ask('gloss/chatOpen', { chat: 'shared' });
  expect(closed()).toEqual([{ chat: 'a' }]);
  await page.ask('gloss/chatClose', { chat: 'a' });
  await page.ask('gloss/chatOpen', { chat: 'b' });
  expect(closed()).toEqual([{ chat: 'a' }]);
  page.relay.leave();
  expect(closed()).toEqual([{ chat: 'a' }, { chat: 'b' }]);
  expect(page.looking.chat()).toBe(undefined);
});

test('a chat that was opened for a page that has gone meanwhile is closed again', async () => {
  const { promise, resolve } = Promise.withResolvers<object>();
  const page = relayedPage({ answers: { 'gloss/chatOpen': () => promise } });
  page.relay.receive({ is: 'ask', n: 1, method: 'gloss/chatOpen', params: { chat: 'a' } });
  page.relay.leave();
  expect(page.looking.at('a')).toBe(true);
  resolve({ chat: 'a', seq: 0, items: [], texts: [], state: idleState });
  await page.clock.pass(0);
  expect(page.asked.map(({ method }) => method)).toEqual(['gloss/chatOpen', 'gloss/chatClose']);
  expect([page.looking.at('a'), page.posts]).toEqual([false, []]);
});

test('S22: what is larger than any question has no effect', async () => {
  const page = relayedPage();
  const base64 = 'A'.repeat(13_000_000);
  const asked = (count: number) => ({
    chat: 'a',
    draft: { text: '', selection: true, media: Array.from({ length: count }, () => ({ name: 'a.png', base64 })) },
  });
  expect(await page.ask('panel/keepDraft', asked(6))).toBe(undefined);
  expect([page.posts, page.done]).toEqual([[], []]);
  expect(await page.ask('panel/keepDraft', asked(1))).toMatchObject({ is: 'answer' });
});

test('S22: what comes too often has no effect', async () => {
  const page = relayedPage();
  const busy = () => page.posts.filter((post) => post.is === 'failed' && post.kind === 'busy').length;
  for (let index = 0; index < 1_000; index += 1) await page.ask('panel/copy', { text: 'x' });
  expect([page.done.length, busy()]).toEqual([400, 600]);
  await page.clock.pass(10_000);
  for (let n = 2_000; n < 2_300; n += 1)
    page.relay.receive({ is: 'ask', n, method: 'panel/copy', params: { text: 'x' } });
  await page.clock.pass(0);
  expect([page.done.length, busy()]).toEqual([600, 700]);
});

test('S22: fuzzed messages have no effect, and nothing of them is logged', async () => {
  const next = random();
  const page = relayedPage();
  const count = scaled(5_000);
  for (let index = 0; index < count; index += 1) {
    page.relay.receive(fuzzed(next));
    if (index % 50 === 0) await page.clock.pass(1_000);
  }
  await page.clock.pass(1_000);
  expect([page.asked, page.done]).toEqual([[], []]);
  expect(page.posts.every(({ is }) => is === 'failed')).toBe(true);
  // Once for each kind of thing, and none of it in the page's words.
  expect(page.logged.length).toBeLessThan(60);
  expect(page.logged.filter((line) => line.includes('evil'))).toEqual([]);
});

type Next = () => number;

/** Something that is near to a message, and is none: each valid one has at least one thing wrong. */
function fuzzed(next: Next): unknown {
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(next() * values.length)] as Value;
  const method = pick([...panelRequests, ...hostRequests]).method;
  const good: PageMessage = { is: 'ask', n: 1 + Math.floor(next() * 1_000), method, params: { evil: 'evil' } };
  const approvalOfOthers = decide('evil', `evil ${next()}`);
  const params = pick<unknown>([
    { evil: 1 },
    { chat: 'evil', evil: 1 },
    { chat: ['evil'], hash: 1, decision: 'once' },
    { chat: 'x'.repeat(200) },
    { uri: 7, line: -1 },
    { url: '' },
    { words: '', text: 7, command: 'evil' },
    JSON.parse('{"__proto__": {"chat": "evil"}, "constructor": 1}'),
    null,
    [],
    'evil',
    Number.NaN,
  ]);
  return pick<() => unknown>([
    () => ({ ...good, params }),
    () => ({ ...good, method: pick(['gloss/evil', 'evil', '__proto__', 'gloss/apply', 'gloss/demo', 'shutdown', '']) }),
    () => ({ ...good, method: 'gloss/chatDecide', params: approvalOfOthers }),
    () => ({
      ...good,
      n: pick<unknown>([0, -1, 1.5, '1', null, Number.POSITIVE_INFINITY]),
      method: 'panel/ready',
      params: {},
    }),
    () => ({ ...good, evil: 1, method: 'gloss/chats', params: {} }),
    () => ({ is: pick(['evil', 'answer', 'told', 'run', '', 7]), n: 1, method, params }),
    () => ({ is: 'drawn', n: pick<unknown>([1, 2, 1e9, -1, 'evil']) }),
    () => ({ is: 'focused', has: pick<unknown>([1, 'evil', null]) }),
    () => pick<unknown>([undefined, null, 1, 'evil', [], [good], () => good, Symbol('evil'), new Map([['is', 'ask']])]),
  ])();
}
