/** Waiting between calls, such as for a batch: until the time has passed, the caller loses interest, or the client closes. */
import type { Connection, Stoppable } from './connection.ts';
import { abortedError } from './failures.ts';

/** @throws ClaudeError of kind `aborted`. */
export function pauseOn(
  { settings, running }: Pick<Connection, 'settings' | 'running'>,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      forget();
      signal?.removeEventListener('abort', onAbort);
      running.delete(wait);
      then();
    };
    const wait: Stoppable = { peer: settings, stop: (reason) => settle(() => reject(reason)) };
    const onAbort = (): void => wait.stop(abortedError(signal?.reason));
    const forget = settings.clock.after(milliseconds, () => settle(resolve), true);
    running.add(wait);
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
