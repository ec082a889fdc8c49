/** What a panel is told of a chat: whoever hears all of it knows the same as whoever opens the chat then. */
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ChatChange } from '#shared/panel.ts';
import { chatChanged, chatOpenRequest } from '#shared/panelRequests.ts';
import { type ChatStore, createChatStore } from '../../../panel/src/store.ts';
import { engine, toolDoing, turnOf } from '../../../test/harness/engine.ts';
import { type FakeClock, fakeClock } from '../../../test/harness/fakeClock.ts';
import { bytesInUse } from '../../../test/harness/heap.ts';
import { random, scaled, seed } from '../../../test/harness/scale.ts';
import { type Answer, type Step, scriptedTransport, streamOf } from '../../../test/harness/scriptedTransport.ts';
import { written } from '../../../test/harness/streams.ts';
import { eventsOf, type Turn } from '../../../test/harness/turns.ts';
import type { Chat } from '../chat.ts';
import { contentsOf } from './panelContents.ts';
import { createFeed, type Feed, type FeedParts } from './panelFeed.ts';
import { panelStateOf } from './panelState.ts';

type Told = Parameters<FeedParts['tell']>[0];

interface Look {
  readonly feed: Feed;
  store: ChatStore;
  readonly told: Told[];
  /** How often it had to be opened again. */
  again: number;
}

const log = { clean: (text: string) => text, debug() {}, info() {}, warn() {}, error() {} };

function feedOf(chat: Chat, tell: FeedParts['tell']): Feed {
  return createFeed({
    ...{ chat, log, tell, changes: () => [], later: (act) => void setImmediate(act) },
    stateOf: (of) => panelStateOf(of, { pending: 0, trust: 'trusted', folders: 1 }),
  });
}

/** A panel that opens the chat, and again whenever it has to. */
async function lookAt(chat: Chat, taken: () => Promise<void> = async () => undefined): Promise<Look> {
  const told: Told[] = [];
  const feed = feedOf(chat, async (message) => {
    told.push(chatChanged.params.parse(JSON.parse(JSON.stringify(message))));
    if (!look.store.hear(message.seq, message.changes)) {
      look.again += 1;
      look.store = createChatStore(feed.open());
    }
    await taken();
  });
  const opened = chatOpenRequest.result.parse(JSON.parse(JSON.stringify(feed.open())));
  const look: Look = { feed, store: createChatStore(opened), told, again: 0 };
  return look;
}

/** What somebody knows who opens the chat now. */
function anew(chat: Chat) {
  const feed = feedOf(chat, async () => undefined);
  const { items, state, texts } = feed.open();
  feed.close();
  return { items, state, texts };
}

function agrees({ store }: Look, chat: Chat): void {
  const now = anew(chat);
  expect(store.items()).toEqual(now.items);
  expect(store.state()).toEqual(now.state);
  for (const { id, text } of now.texts) expect(store.content(id)?.text).toBe(text);
  // Whatever is known of a text is all of it.
  const known = store.items().filter(({ is, id }) => is !== 'call' && store.content(id) !== undefined);
  const contents = contentsOf(
    chat,
    known.map(({ id }) => id),
  );
  expect(contents.map(({ id, text }) => [id, text])).toEqual(known.map(({ id }) => [id, store.content(id)?.text]));
}

const words = ['one ', 'two\n', '# three\n\n', '`four` ', '\n\n', 'fünf 😀 '];

/** Time that passes with each turn of the event loop. */
function quickClock(): FakeClock {
  return {
    ...fakeClock(),
    after(_milliseconds, call) {
      const due = setImmediate(call);
      return () => clearImmediate(due);
    },
  };
}

/** The bytes in pieces, with time between them. */
function inPieces(bytes: Buffer, size: () => number): Step[] {
  const steps: Step[] = [];
  for (let at = 0, next = 0; at < bytes.length; at = next) {
    next = at + size();
    steps.push(bytes.subarray(at, next), { after: 1 });
  }
  return steps;
}

/** An answer that comes in pieces, with time between them. */
function answerWith(chance: () => number, name: string): Answer {
  const some = (most: number) => Math.floor(chance() * (most + 1));
  const text = () => Array.from({ length: 1 + some(8) }, () => words[some(words.length - 1)]).join('');
  const thinking = () => ({ type: 'thinking', thinking: text(), signature: 'signed' });
  const calls =
    chance() < 0.6 ? Array.from({ length: 1 + some(2) }, () => ({ call: chance() < 0.8 ? 'read' : 'fail' })) : [];
  const says: Turn['says'] = [
    ...(chance() < 0.4 ? [thinking()] : []),
    text(),
    ...(chance() < 0.2 ? [text()] : []),
    ...calls,
  ];
  const steps = inPieces(written(eventsOf({ says }, name)), () => 1 + some(400));
  if (chance() < 0.1) return streamOf(...steps.slice(0, steps.length / 2), { breaks: 'gone' });
  return streamOf(...steps, 'end');
}

async function story(number: number, isSlow: boolean) {
  const chance = random(seed() + number);
  const answers = Array.from({ length: 60 }, (_, index) => answerWith(chance, `${index}`));
  const { chats } = engine({
    transport: scriptedTransport(quickClock(), answers),
    tools: [
      toolDoing('read', async ({ report }) => {
        report('half');
        await turn();
        return 'It says so. And more.';
      }),
      toolDoing('fail', () => ({ text: 'It is not there. Look elsewhere.', failed: true })),
    ],
  });
  const chat = await chats.begin();
  const look = await lookAt(chat, isSlow ? async () => void (await turn()) : undefined);
  const waiting: Promise<unknown>[] = [];
  for (let step = 0; step < 30; step++) {
    const deed = chance();
    const asked = chat.stored().entries.filter(({ content }) => content.kind === 'asked');
    const { running } = chat.state();
    const meanwhile = chance() < 0.5 ? 'steer' : 'queue';
    if (deed < 0.3) waiting.push(chat.send(turnOf(`Question ${step}?`), { meanwhile }));
    else if (deed < 0.36) chat.stop();
    else if (deed < 0.42 && !running) {
      const from = asked[Math.floor(chance() * asked.length)];
      waiting.push(chat.send(turnOf('Again?'), { after: from?.parent ?? null }));
    } else if (deed < 0.48) look.store = createChatStore(look.feed.open());
    for (let rounds = Math.floor(chance() * 12); rounds > 0; rounds--) await turn();
    // At rest all was told; with a slow client only at the end.
    await turn();
    if (!isSlow) agrees(look, chat);
  }
  await Promise.allSettled(waiting);
  for (let rounds = 0; rounds < 50; rounds++) await turn();
  agrees(look, chat);
  return { look, chat, chats };
}

describe('what is told', () => {
  test('gives at each moment what opening the chat anew gives, whatever happens', async () => {
    let changes = 0;
    for (let number = 0; number < scaled(200); number++) {
      const { look } = await story(number, false);
      expect(look.again).toBe(0);
      changes += look.told.flatMap((message) => message.changes).length;
    }
    expect(changes).toBeGreaterThan(scaled(200) * 20);
  }, 120_000);

  test('and to a slow client in the end', async () => {
    for (let number = 0; number < scaled(100); number++) await story(10_000 + number, true);
  }, 120_000);

  test('counts by one', async () => {
    const { look } = await story(1, false);
    const seqs = look.told.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });
});

function textsIn(told: readonly Told[]): readonly Extract<ChatChange, { readonly is: 'text' }>[] {
  return told.flatMap(({ changes }) => changes.flatMap((change) => (change.is === 'text' ? [change] : [])));
}

describe('text that comes', () => {
  test('is told once, and stays where it is when it is an entry', async () => {
    const { chats } = engine({
      transport: scriptedTransport(quickClock(), [
        streamOf(...inPieces(written(eventsOf({ says: ['One two three.'] })), () => 40), 'end'),
      ]),
    });
    const chat = await chats.begin();
    const look = await lookAt(chat);
    await chat.send(turnOf('Say something.'));
    await turn();
    const [answer] = look.store.items().filter(({ is }) => is === 'answer');
    expect(
      textsIn(look.told)
        .map(({ text }) => text)
        .join(''),
    ).toBe('One two three.');
    expect(new Set(textsIn(look.told).map(({ id }) => id))).toEqual(new Set([answer?.id]));
    expect(look.told.flatMap(({ changes }) => changes.filter(({ is }) => is === 'drop'))).toEqual([]);
    expect(look.store.content(answer?.id ?? '')?.text).toBe('One two three.');
  });

  test('R14: while the client takes nothing, one message waits however much comes', async () => {
    const long = 'x'.repeat(2_000);
    const says = Array.from({ length: 400 }, () => long).join('\n');
    const steps = inPieces(written(eventsOf({ says: [says] })), () => 5_000);
    const { chats } = engine({ transport: scriptedTransport(quickClock(), [streamOf(...steps, 'end')]) });
    const chat = await chats.begin();
    let release = (): void => undefined;
    let isStuck = false;
    const look = await lookAt(chat, async () => {
      if (isStuck) await new Promise<void>((resolve) => (release = resolve));
    });
    const ended = chat.send(turnOf('Much, please.'));
    while (textsIn(look.told).length === 0) await turn();
    isStuck = true;
    await ended;
    const before = look.told.length;
    for (let rounds = 0; rounds < 20; rounds++) await turn();
    expect(look.told.length).toBe(before);
    isStuck = false;
    release();
    for (let rounds = 0; rounds < 20; rounds++) await turn();
    agrees(look, chat);
    expect(Math.max(...look.told.map((message) => JSON.stringify(message).length))).toBeLessThan(1_000_000);
  });

  test('R14: beside an answer of 100 MB at most 16 MB are kept, whether the client takes it or not', async () => {
    const listeners = new Set<Parameters<Chat['watch']>[0]>();
    const idle = engine({ transport: scriptedTransport(quickClock(), []) });
    const chat = await idle.chats.begin();
    let text = '';
    const live = () => ({
      ...{ id: 'a', isAsked: true, thinking: '', calls: [] },
      text,
      parts: [{ is: 'text', text }],
    });
    const growing = {
      ...chat,
      state: () => ({ ...chat.state(), running: true, live: live() }),
      watch: (listener: Parameters<Chat['watch']>[0]) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    } as Chat;
    let told = 0;
    let isSlow = false;
    const feed = feedOf(growing, async ({ changes }) => {
      for (const change of changes) if (change.is === 'text') told += change.text.length;
      await turn();
      for (let rounds = 0; isSlow && rounds < 50; rounds += 1) await turn();
    });
    feed.open();
    await turn();
    const before = bytesInUse();
    let most = 0;
    const pieces = scaled(50_000);
    for (let piece = 1; piece <= pieces; piece += 1) {
      const more = String(piece).padEnd(2_000, '.');
      text += more;
      isSlow = piece > pieces / 2;
      for (const listener of listeners) listener({ type: 'text', text: more });
      if (piece % 10 === 0) await turn();
      if (piece % (pieces / 10) === 0) most = Math.max(most, bytesInUse() - before - text.length);
    }
    expect(most).toBeLessThan(16_000_000);
    isSlow = false;
    for (let rounds = 0; told < text.length && rounds < 100_000; rounds += 1) await turn();
    expect(told).toBe(text.length);
    feed.close();
    await idle.chats.close();
  }, 120_000);
});
