/** Runs tasks that need one another, as many at once as the machine has room for. */

export interface Task<Result> {
  readonly name: string;
  /** Tasks that must have succeeded before; they stand earlier in the list. */
  readonly needs: readonly string[];
  /** How many of the slots it takes; 0 for one that mostly waits for the network. */
  readonly weight: number;
  /** @param missing the needed tasks that failed: the task cannot do its work then, and says so. */
  run(missing: readonly string[]): Promise<Result>;
}

/** The results in the order of the tasks. `succeeded` decides whether what needs a task can run. */
export async function runTasks<Result>(
  tasks: readonly Task<Result>[],
  slots: number,
  succeeded: (result: Result) => boolean,
): Promise<readonly Result[]> {
  const room = createRoom(slots);
  const started = new Map<string, Promise<Result>>();
  for (const task of tasks) started.set(task.name, runWhenReady(task));
  return Promise.all(started.values());

  async function runWhenReady(task: Task<Result>): Promise<Result> {
    const missing: string[] = [];
    for (const need of task.needs) {
      const result = await started.get(need);
      if (result === undefined || !succeeded(result)) missing.push(need);
    }
    const leave = await room.enter(Math.min(task.weight, slots));
    try {
      return await task.run(missing);
    } finally {
      leave();
    }
  }
}

interface Room {
  /** Resolves when there are that many free slots, first come first served; the result gives them back. */
  enter(weight: number): Promise<() => void>;
}

function createRoom(slots: number): Room {
  const queue: { readonly weight: number; readonly open: () => void }[] = [];
  let free = slots;

  function admit(): void {
    for (let next = queue[0]; next !== undefined && next.weight <= free; next = queue[0]) {
      free -= next.weight;
      queue.shift();
      next.open();
    }
  }

  return {
    async enter(weight) {
      if (weight > 0) {
        const { promise, resolve } = Promise.withResolvers<void>();
        queue.push({ weight, open: resolve });
        admit();
        await promise;
      }
      return () => {
        free += weight;
        admit();
      };
    },
  };
}
