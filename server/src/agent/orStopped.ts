/** What waits is over at once when it is stopped, whatever it waits for (threats S5). */
export async function orStopped<Result>(result: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([result, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Why a run is stopped when nobody has stopped it: the window or the server ends (faults R45). */
export const closed = new Error('the server shuts down');
