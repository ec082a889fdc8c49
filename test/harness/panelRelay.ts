/** A page of the panel as the extension sees it, with a scripted server and deeds that are only counted. */
import type { PanelState } from '#shared/panel.ts';
import { type HostMessage, hostRequests } from '#shared/panelHost.ts';
import type { Ask } from '../../client/src/ask.ts';
import { Failed } from '../../client/src/failed.ts';
import { createLooking, type Looking } from '../../client/src/panel/looking.ts';
import { createRelay, deed, type Relay } from '../../client/src/panel/relay.ts';
import { type FakeClock, fakeClock } from './fakeClock.ts';
import { idleState } from './panelState.ts';
import { words } from './words.ts';

export interface RelayedPage {
  readonly relay: Relay;
  readonly looking: Looking;
  readonly clock: FakeClock;
  /** What the page was told. */
  readonly posts: HostMessage[];
  /** What reached the server. */
  readonly asked: { readonly method: string; readonly params: unknown }[];
  /** What the extension itself did. */
  readonly done: { readonly method: string; readonly params: unknown }[];
  readonly logged: string[];
  /** Asks, and gives what is posted for it. */
  ask(method: string, params: unknown): Promise<HostMessage | undefined>;
}

export interface RelayedOptions {
  /** Of the chat that is opened. */
  readonly state?: Partial<PanelState>;
  readonly isLookedAt?: (chat: string) => boolean;
  /** Instead of an empty answer. */
  readonly answers?: Readonly<Record<string, (params: unknown) => unknown>>;
}

export function relayedPage({ state, isLookedAt = () => false, answers = {} }: RelayedOptions = {}): RelayedPage {
  const clock = fakeClock();
  const posts: HostMessage[] = [];
  const asked: RelayedPage['asked'] = [];
  const done: RelayedPage['done'] = [];
  const logged: string[] = [];
  let made = 0;
  const opened = (params: unknown) => {
    made += 1;
    const { chat = `new ${made}` } = params as { readonly chat?: string };
    return { chat, seq: 0, items: [], texts: [], state: { ...idleState, ...state } };
  };
  const answerOf = async (method: string, params: unknown): Promise<unknown> =>
    (answers[method] ?? (method === 'gloss/chatOpen' ? opened : () => ({})))(params);
  // The scripted answers have the shapes that the tests need.
  const ask = (async ({ method }: { readonly method: string }, params: unknown) => {
    asked.push({ method, params });
    return answerOf(method, params);
  }) as unknown as Ask;
  const post = (message: HostMessage): void => void posts.push(message);
  const after = (run: () => void, delay: number) => clock.after(delay, run, false);
  const looking = createLooking({ post, ask, isLookedAt, changed() {}, now: clock.now, later: after });
  const relay = createRelay({
    ...{ looking, post, ask, words, now: clock.now },
    deeds: hostRequests.map((spec) =>
      deed<unknown, unknown>(spec, async (params) => {
        done.push({ method: spec.method, params });
        return answerOf(spec.method, params);
      }),
    ),
    toFailed: (error) => (error instanceof Failed ? error : new Failed('A bug.', 'bug')),
    log: (message) => void logged.push(message),
    ready() {},
    focused() {},
  });
  let n = 0;
  return {
    ...{ relay, looking, clock, posts, asked, done, logged },
    async ask(method, params) {
      n += 1;
      const mine = n;
      relay.receive({ is: 'ask', n: mine, method, params });
      await clock.pass(0);
      return posts.find((each) => (each.is === 'answer' || each.is === 'failed') && each.n === mine);
    },
  };
}
