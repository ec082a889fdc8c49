/** What is made ready before a question is asked, and may ask the person itself: ended like what runs. */
import { Refusal } from '../ports.ts';
import { orStopped } from './orStopped.ts';

export interface Preparing {
  /** @throws Refusal of kind `stopped` when it is ended; the caller's reason. */
  during<Result>(make: (signal: AbortSignal) => Promise<Result>, asked: AbortSignal): Promise<Result>;
  /** Ends all of it. */
  stop(): void;
  isIdle(): boolean;
}

export function createPreparing(): Preparing {
  const running = new Set<AbortController>();
  return {
    async during(make, asked) {
      const stopping = new AbortController();
      const signal = AbortSignal.any([asked, stopping.signal]);
      running.add(stopping);
      try {
        return await orStopped(make(signal), signal);
      } finally {
        running.delete(stopping);
      }
    },
    stop() {
      for (const each of running)
        each.abort(new Refusal('Stopped before anything was sent. What you wrote stays.', 'stopped'));
    },
    isIdle: () => running.size === 0,
  };
}
