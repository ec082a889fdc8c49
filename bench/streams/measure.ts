/** What each client of the comparison does: reads streams and reports to the one who started it. */
import type { Kind } from './answer.ts';

/** Reads one stream to its end, telling of its first event. Returns the number of events. */
export type ReadText = (deltas: number, onFirst: () => void) => Promise<number>;

/** Reads the input of a tool to its end, looking at its value after each piece. Returns the number of pieces. */
export type ReadTool = (deltas: number) => Promise<number>;

/** What a client can read. */
export interface Reads {
  readonly text: ReadText;
  readonly tool: ReadTool;
}

/** Streams that are read and not measured: they pay for loading and compiling, which the time to the first event shows. */
const warmUps = 2;

/**
 * Runs what the arguments say: `start` tells the time to the first event, `cpu DELTAS` the CPU time per event,
 * `tool DELTAS` that per piece of a tool's input.
 */
export async function measure({ text, tool }: Reads): Promise<void> {
  const [, , , mode, size] = process.argv;
  const deltas = Number(size);
  if (mode === 'start') report(await timeToFirst(text));
  else if (mode === 'cpu') report(await cpuPerEvent(() => text(deltas, () => {}), 5));
  // Shorter ones warm up just as well: what reads all again at each piece takes seconds for a long one.
  else if (mode === 'tool') report(await cpuPerEvent((isWarmUp) => tool(isWarmUp ? deltas / 5 : deltas), 2));
  else throw new Error(`there is no mode ${mode}`);
}

async function timeToFirst(read: ReadText): Promise<number> {
  let first = 0;
  await read(10, () => {
    first = performance.now();
  });
  return first;
}

async function cpuPerEvent(read: (isWarmUp: boolean) => Promise<number>, streams: number): Promise<number> {
  for (let stream = 0; stream < warmUps; stream++) await read(true);
  const before = process.cpuUsage();
  let events = 0;
  for (let stream = 0; stream < streams; stream++) events += await read(false);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / events;
}

function report(value: number): void {
  process.send?.({ value }, () => process.exit(0));
}

/** Where the service of this run gives such an answer. */
export function addressOf(kind: Kind, deltas: number): string {
  return `http://127.0.0.1:${process.argv[2]}/${kind}/${deltas}`;
}

/** The same question for all. */
export const question = {
  model: 'claude-sonnet-5-5',
  max_tokens: 20_000,
  messages: [{ role: 'user' as const, content: 'Explain this code.' }],
};

/** What the last look at a tool's input must show: all of its edits. @throws Error when it does not. */
export function checkInput(value: unknown, pieces: number): void {
  const edits = typeof value === 'object' && value !== null && 'edits' in value ? value.edits : undefined;
  const last: unknown = Array.isArray(edits) ? edits.at(-1) : undefined;
  const isWhole = typeof last === 'object' && last !== null && 'whole_words' in last && last.whole_words === true;
  if (!isWhole || pieces === 0) throw new Error('the input was not read to its end');
}
