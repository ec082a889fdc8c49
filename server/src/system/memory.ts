/** How much memory the process holds: what V8 is told to do without, and when it gives back what it no longer needs. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createRest } from './rest.ts';

/**
 * The best compiler of WebAssembly takes 25 MB for a moment, and 8 MB of them stay with the process. All the WebAssembly
 * there is here is the HTTP parser, which reads some 20 bytes for each piece of an answer.
 */
const wasmStaysSimple = '--wasm-tiering-budget=1000000000';

/**
 * What runs ten times as often as V8 thinks enough is compiled by its better compilers: their working memory, some
 * 6 MB, stays with the process, and a server that mostly rests has nothing for them. What is really hot, as keystrokes in a
 * large document, gets there all the same, a moment later.
 */
const betterCompilersLater = [
  ...['--invocation-count-for-maglev=4000', '--invocation-count-for-maglev-osr=1000'],
  ...['--invocation-count-for-turbofan=30000', '--invocation-count-for-osr=5000'],
];

/** What V8 is told. */
export const flags: readonly string[] = [wasmStaysSimple, ...betterCompilersLater];

/**
 * Called when the code that is needed first is loaded: with other flags V8 refuses the compiled form of Node's own modules.
 * @returns to be called with every message from the editor.
 */
export function spareMemory(): () => void {
  for (const flag of flags) setFlagsFromString(flag);
  return createRest({
    every: (milliseconds, look) => {
      const timer = setInterval(look, milliseconds).unref();
      return () => clearInterval(timer);
    },
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000;
    },
    heap: () => {
      const { total_heap_size: reserved, used_heap_size: used } = getHeapStatistics();
      return { reserved, used };
    },
    collect: collectAll,
  });
}

/** Node has no other word for it. The last resort also gives the pages of the young generation back, up to 32 MB. */
function collectAll(): void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof gc === 'function') gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
