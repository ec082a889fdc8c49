/** Sources of tokens in tests, and clients that use them without sockets. */
import type { ClaudeOptions, CredentialSource, Token, TokenContext } from '../../server/src/claude/index.ts';
import { clientFor, good, problem } from './claudeCalls.ts';
import type { Answer } from './scriptedTransport.ts';

/** The service's answer to a key or token that it does not take. */
export const unauthorized: Answer = problem(401, 'authentication_error');

/** A source whose tokens a test hands out, one for each time it is asked. */
export interface ScriptedSource extends CredentialSource {
  /** What it was told was refused, each time it was asked. */
  readonly asked: readonly (string | undefined)[];
  readonly signals: readonly AbortSignal[];
  /** Questions that somebody waits for at this moment, and the most there ever were. */
  readonly open: number;
  readonly mostOpen: number;
}

/** @param next What it gives at the n-th time, from 1; may wait, and may throw. */
export function scriptedSource(next: (time: number, context: TokenContext) => Token | Promise<Token>): ScriptedSource {
  const asked: (string | undefined)[] = [];
  const signals: AbortSignal[] = [];
  const counts = { open: 0, mostOpen: 0 };
  return {
    asked,
    signals,
    get open() {
      return counts.open;
    },
    get mostOpen() {
      return counts.mostOpen;
    },
    async token(signal, context) {
      signals.push(signal);
      counts.open += 1;
      counts.mostOpen = Math.max(counts.mostOpen, counts.open);
      let isWaited = true;
      const settled = (): void => {
        if (isWaited) counts.open -= 1;
        isWaited = false;
      };
      signal.addEventListener('abort', settled);
      try {
        return await next(asked.push(context.refused), context);
      } finally {
        settled();
      }
    },
  };
}

/** A client without sockets that asks with this, and the key or token of each request that it sent. */
export function askingWith(options: Partial<ClaudeOptions>, answers: readonly Answer[] = [good]) {
  const parts = clientFor(answers, options, {});
  const sent = () => parts.transport.requests.map(({ headers }) => headers['x-api-key'] ?? headers['authorization']);
  return { ...parts, sent };
}
