/** When a command must end: on Ctrl+C, when it is told to, or when whoever started it has gone. */

/**
 * Aborts at the first of them. The reason is the exit code that tells the caller which it was. A signal may come twice
 * (from the terminal, and from whoever passes it on), so it keeps being caught.
 */
export function untilStopped(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => controller.abort(130));
  process.on('SIGTERM', () => controller.abort(143));
  process.on('SIGHUP', () => controller.abort(129));
  const starter = process.ppid;
  const check = () => {
    if (process.ppid !== starter) controller.abort(143);
  };
  setInterval(check, 1000).unref();
  return controller.signal;
}
