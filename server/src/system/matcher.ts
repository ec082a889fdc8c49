/** Holds patterns against texts in a thread of its own, which is ended when it takes too long (threats S16). */
import { Worker } from 'node:worker_threads';
import { type MatchAnswer, type MatchQuestion, serveMatching } from './matching.ts';

/** Ends its thread when it is disposed of. */
export interface Matcher extends Disposable {
  /** @throws the signal's reason, which ends the thread as well; Error when the thread fails. */
  match(question: Omit<MatchQuestion, 'id'>): Promise<MatchAnswer>;
}

/** A URL and no file: bundles and sources start the same program. */
const program = new URL(
  `data:text/javascript,${encodeURIComponent(
    `import { parentPort } from 'node:worker_threads'; (${serveMatching.toString()})(parentPort);`,
  )}`,
);

/** A pattern that eats memory ends its thread, not the server. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

interface Waiting {
  resolve(answer: MatchAnswer): void;
  reject(reason: unknown): void;
}

export function startMatcher(signal: AbortSignal): Matcher {
  const worker = new Worker(program, { resourceLimits, env: {}, argv: [], execArgv: [] });
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let next = 0;
  let ended: unknown;
  const end = (reason: unknown): void => {
    ended ??= reason;
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
    signal.removeEventListener('abort', stop);
    void worker.terminate();
  };
  const stop = (): void => end(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  worker.on('message', (answer: MatchAnswer) => {
    waiting.get(answer.id)?.resolve(answer);
    waiting.delete(answer.id);
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error('The search ended early.')));
  return {
    match(question) {
      if (ended !== undefined || signal.aborted) return Promise.reject(ended ?? signal.reason);
      const id = next++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ ...question, id } satisfies MatchQuestion);
      });
    },
    [Symbol.dispose]: () => end(new Error('The search has ended.')),
  };
}
