/** What each client does under load: `node CLIENT.mjs PORT MODE …`, and the figures of it to the one who started it. */

/** One way to the service. */
export interface LoadClient {
  /** Reads a stream to its end, telling of each event. */
  stream(path: string, onEvent: () => void): Promise<void>;
  /** Gets a whole answer. */
  create(path: string): Promise<void>;
}

/** The same question for all. */
export const question = {
  model: 'claude-sonnet-5-5',
  max_tokens: 20_000,
  messages: [{ role: 'user' as const, content: 'Explain this code.' }],
};

/** Where the service of this run is. */
export const origin = `http://127.0.0.1:${process.argv[2]}`;

/** Does what the arguments say, and exits. */
export async function underLoad(client: LoadClient): Promise<void> {
  const [, , , mode, ...numbers] = process.argv;
  const [first = 0, second = 0] = numbers.map(Number);
  const figures =
    mode === 'memory'
      ? await memory(client, first, second)
      : mode === 'latency'
        ? await latency(client, first, second)
        : await load(client, first, second);
  process.send?.(figures, () => process.exit(0));
}

const calm = 20;

/** Milliseconds: Node looks at the allocations of five seconds. */
const rest = 6_000;

/** Bytes of memory for each open stream: the growth from 20 of them to all, each after so many deltas. */
async function memory(client: LoadClient, streams: number, deltas: number): Promise<readonly number[]> {
  const few = await opened(client, calm, deltas);
  const before = await settledRss();
  await opened(client, streams - calm, deltas);
  const growth = (await settledRss()) - before;
  return [growth / (streams - calm), few];
}

/** Opens streams, a few at a time, until each has had its deltas. They stay open. */
async function opened(client: LoadClient, streams: number, deltas: number): Promise<number> {
  const atOnce = 10;
  // The start of the message and of its block come before the deltas.
  const expected = deltas + 2;
  for (let begun = 0; begun < streams; begun += atOnce)
    await Promise.all(
      Array.from({ length: Math.min(atOnce, streams - begun) }, () => {
        let events = 0;
        return new Promise<void>((resolve, reject) => {
          client
            .stream(`/hold/${deltas}`, () => {
              events += 1;
              if (events === expected) resolve();
            })
            .catch(reject);
        });
      }),
    );
  return streams;
}

/** What is in use when nothing has happened for a while: Node gives back the room for what is short-lived only then. */
async function settledRss(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, rest));
  // What is free is given back to the system in the background, and some of it only by the next collection.
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return process.memoryUsage.rss();
}

/** Milliseconds of each of so many calls, begun so many times a second whether the earlier ones are done or not. */
async function latency(client: LoadClient, calls: number, perSecond: number): Promise<readonly number[]> {
  for (let call = 0; call < perSecond * 2; call++) await client.create('/call');
  const times: number[] = [];
  const running: Promise<void>[] = [];
  const started = performance.now();
  for (let call = 0; call < calls; call++) {
    const due = started + (call * 1_000) / perSecond;
    while (performance.now() < due)
      await new Promise((resolve) => setTimeout(resolve, Math.max(due - performance.now(), 0)));
    const began = performance.now();
    running.push(client.create('/call').then(() => void times.push(performance.now() - began)));
  }
  await Promise.all(running);
  return times;
}

/** Events a second with so many streams at once, and the growth of memory in bytes at its peak; fails when one is lost. */
async function load(client: LoadClient, streams: number, deltas: number): Promise<readonly number[]> {
  let events = 0;
  await client.stream('/10', () => {});
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const started = performance.now();
  const read = () =>
    client.stream(`/${deltas}`, () => {
      events += 1;
    });
  await Promise.all(Array.from({ length: streams }, read));
  const seconds = (performance.now() - started) / 1_000;
  clearInterval(watch);
  peak = Math.max(peak, process.memoryUsage.rss());
  if (events !== streams * (deltas + 5)) throw new Error(`${events} events came instead of ${streams * (deltas + 5)}`);
  return [events / seconds, peak - before];
}
