/** What each client of the comparison does: reads streams and reports to the one who started it. */

/** Reads one stream to its end, telling of its first event. Returns the number of events. */
export type ReadStream = (deltas: number, onFirst: () => void) => Promise<number>;

/** Runs what the arguments say: `start` tells the time to the first event, `cpu DELTAS` the CPU time per event. */
export async function measure(read: ReadStream): Promise<void> {
  const [, , , mode, size] = process.argv;
  if (mode === 'start') {
    let first = 0;
    await read(10, () => {
      first = performance.now();
    });
    report({ value: first });
    return;
  }
  const deltas = Number(size);
  // The first streams pay for loading and compiling, which the time to the first event shows.
  for (let stream = 0; stream < 2; stream++) await read(deltas, () => {});
  const before = process.cpuUsage();
  const streams = 5;
  let events = 0;
  for (let stream = 0; stream < streams; stream++) events += await read(deltas, () => {});
  const { user, system } = process.cpuUsage(before);
  report({ value: (user + system) / events });
}

function report(result: { readonly value: number }): void {
  process.send?.(result, () => process.exit(0));
}

/** Where the service of this run is. */
export const origin = `http://127.0.0.1:${process.argv[2]}`;

/** The same question for all. */
export const question = {
  model: 'claude-sonnet-5-5',
  max_tokens: 20_000,
  messages: [{ role: 'user' as const, content: 'Explain this code.' }],
};
