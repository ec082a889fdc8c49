/** Waits that end when they have become idle. */

/** What is waited for, or the signal's reason as soon as it is aborted. */
export async function unlessAborted<Value>(signal: AbortSignal, value: Value | Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, value]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
