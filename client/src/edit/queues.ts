/** One thing at a time for each key: what comes later waits for what came before it under any of its keys. */

/** Runs tasks in the order in which they came, those without a common key at the same time. */
export function createQueues(): <Result>(keys: readonly string[], task: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>();
  return async (keys, task) => {
    const before = keys.flatMap((key) => last.get(key) ?? []);
    const mine = Promise.allSettled(before).then(task);
    for (const key of keys) last.set(key, mine);
    try {
      return await mine;
    } finally {
      for (const key of keys) if (last.get(key) === mine) last.delete(key);
    }
  };
}
