/** The way to the extension and back: questions with answers, and what is told unasked. Everything that arrives is checked (threats S22). */
import { HostMessage, type HostSpec, type PageMessage } from '#shared/panelHost.ts';
import type { RequestSpec } from '#shared/request.ts';

/** What an embedding page gives: VS Code's `acquireVsCodeApi`. */
export interface Frame {
  postMessage(message: PageMessage): void;
  /** Small things that last as long as the view: see VS Code, "Webview", `setState`. */
  getState(): unknown;
  setState(state: unknown): void;
}

/** For the person. `kind` is that of `shared/src/failure.ts`. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly kind: string;

  constructor(message: string, kind: string) {
    super(message);
    this.kind = kind;
  }
}

type Unasked = Exclude<HostMessage, { readonly is: 'answer' | 'failed' }>;

export interface Host {
  /** @throws Refused */
  ask<Params, Result>(
    spec: HostSpec<Params, Result> | RequestSpec<Params, Result, never>,
    params: Params,
  ): Promise<Result>;
  /** The page has drawn what was told up to `n`. */
  drawn(n: number): void;
  listen(listener: (message: Unasked) => void): () => void;
  readonly frame: Frame;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Refused): void;
}

/** @param messages where messages arrive: the window. */
export function createHost(frame: Frame, messages: Pick<EventTarget, 'addEventListener'>): Host {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(message: Unasked) => void>();
  /** What was told before anybody listened. */
  let early: Unasked[] = [];
  let asked = 0;
  for (const has of [true, false])
    messages.addEventListener(has ? 'focus' : 'blur', () => frame.postMessage({ is: 'focused', has }));
  messages.addEventListener('message', (event) => {
    const message = HostMessage.safeParse((event as MessageEvent<unknown>).data);
    // What is none of ours is none of our business.
    if (!message.success) return;
    const { data } = message;
    if (data.is !== 'answer' && data.is !== 'failed') {
      if (listeners.size === 0) early.push(data);
      for (const listener of listeners) listener(data);
      return;
    }
    const asker = waiting.get(data.n);
    waiting.delete(data.n);
    if (data.is === 'answer') asker?.resolve(data.result);
    else asker?.reject(new Refused(data.message, data.kind));
  });
  return {
    frame,
    async ask({ method, result }, params) {
      asked += 1;
      const n = asked;
      const answer = await new Promise((resolve, reject) => {
        waiting.set(n, { resolve, reject });
        frame.postMessage({ is: 'ask', n, method, params });
      });
      return result.parse(answer);
    },
    drawn: (n) => frame.postMessage({ is: 'drawn', n }),
    listen(listener) {
      listeners.add(listener);
      const missed = early;
      early = [];
      for (const message of missed) listener(message);
      return () => void listeners.delete(listener);
    },
  };
}

/** What the frame keeps: parts of the page put theirs beside each other's. */
export function stateOf(frame: Pick<Frame, 'getState'>): object {
  const state = frame.getState();
  return typeof state === 'object' && state !== null ? state : {};
}
