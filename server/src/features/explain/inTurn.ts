/** Equal requests one after the other: the later one finds what the earlier one was answered. */

/** What runs, by name, for each owner: nothing is kept when it has ended. */
const running = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Runs a task when no other one of this name runs any more, whatever became of that.
 * @param owner Whose names they are.
 * @throws The signal's reason, when it is aborted while it waits.
 */
export async function inTurn<Result>(
  owner: object,
  name: string,
  signal: AbortSignal,
  task: () => Promise<Result>,
): Promise<Result> {
  const mine = running.get(owner) ?? new Map<string, Promise<unknown>>();
  running.set(owner, mine);
  for (let other = mine.get(name); other !== undefined; other = mine.get(name)) await endOf(other, signal);
  signal.throwIfAborted();
  const result = task();
  mine.set(name, result);
  try {
    return await result;
  } finally {
    mine.delete(name);
  }
}

async function endOf(other: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const onAbort = () => resolve();
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) resolve();
  try {
    // How the other one ends is told to whoever asked for it.
    await Promise.race([other.catch(() => undefined), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  signal.throwIfAborted();
}
