/** Decides whether a server that stopped by itself is started again. */

const mostCrashes = 4;
const window = 3 * 60_000;

/**
 * Remembers crashes and says whether to start again: not when it never got going (it would fail again), nor after
 * the fifth crash within three minutes. Times in milliseconds, never going back.
 */
export function createCrashCount(): { mayRestart(hadStarted: boolean, now: number): boolean; forget(): void } {
  let crashes: readonly number[] = [];
  return {
    mayRestart(hadStarted, now) {
      crashes = [...crashes.filter((time) => now - time < window), now];
      return hadStarted && crashes.length <= mostCrashes;
    },
    forget() {
      crashes = [];
    },
  };
}
