/** Asks a source for a token: with a deadline, and with failures that people can read and that hold no secret. */
import { ClaudeError } from '../errors.ts';
import { hideTokens, safeCause } from '../secrets.ts';
import type { Credential } from './choice.ts';
import { secretProblem } from './secret.ts';
import type { CredentialSource, SharedContext, Token, TokenContext } from './source.ts';

/** Asks once. @param refused The token that the service refused last. @throws ClaudeError */
export type Ask = (refused: string | undefined) => Promise<Token>;

export interface Asking {
  readonly ask: Ask;
  /** Gives up what is under way. Asking afterwards fails. */
  close(): void;
}

export type Sourced = Extract<Credential, { kind: 'source' }>;

export function createAsking(credential: Sourced, around: SharedContext): Asking {
  const { source, named, keyScheme, deadline } = credential;
  const { clock, scrub } = around;
  const closing = new AbortController();
  const once = (refused: string | undefined): Promise<Token> =>
    new Promise((resolve, reject) => {
      const stopping = new AbortController();
      const giveUp = (error: ClaudeError): void => {
        reject(error);
        stopping.abort(error);
      };
      const onClose = (): void => giveUp(new ClaudeError('aborted', 'The client was closed.', stage));
      const onDeadline = (): void => giveUp(tooLate(named, deadline));
      // Nothing else may keep the process alive for the one who waits.
      const forget = deadline < Infinity ? clock.after(deadline, onDeadline, true) : undefined;
      closing.signal.addEventListener('abort', onClose, { once: true });
      const settled = (): void => {
        forget?.();
        closing.signal.removeEventListener('abort', onClose);
      };
      stopping.signal.addEventListener('abort', settled, { once: true });
      if (closing.signal.aborted) onClose();
      const asked = askedOnce(source, stopping.signal, { ...around, refused, keyScheme });
      void asked.then(resolve, reject).finally(settled);
    });
  const ask: Ask = async (refused) => {
    try {
      return checked(await once(refused), named, scrub.learn);
    } catch (error) {
      if (error instanceof ClaudeError) throw error;
      const hide = (text: string): string => hideTokens(scrub(text));
      const said = error instanceof Error ? hide(error.message) : '';
      const why = said === '' ? '' : `: ${said.replace(/[.\s]+$/, '')}`;
      throw new ClaudeError('authentication', `${named} failed${why}.`, { ...stage, cause: safeCause(error, hide) });
    }
  };
  return { ask, close: () => closing.abort() };
}

const stage = { stage: 'credentials' } as const;

/** What a function throws at once is a rejection like any other. */
async function askedOnce(source: CredentialSource, signal: AbortSignal, context: TokenContext): Promise<Token> {
  signal.throwIfAborted();
  return source.token(signal, context);
}

function tooLate(named: string, deadline: number): ClaudeError {
  return new ClaudeError('timeout', `${named} gave nothing within ${deadline / 1000} s.`, stage);
}

/** Seconds since 1970 for any day of this age, where milliseconds are meant. */
const looksLikeSeconds = (time: number): boolean => time > 1e9 && time < 1e11;

function checked(token: Token, named: string, learn: (secret: string) => void): Token {
  const { value, expiresAt } = token ?? {};
  if (typeof value === 'string') learn(value);
  const problem = secretProblem(value);
  if (problem !== undefined) throw new ClaudeError('authentication', `What ${lowered(named)} gave ${problem}`, stage);
  if (expiresAt !== undefined && expiresAt !== null && (!Number.isFinite(expiresAt) || looksLikeSeconds(expiresAt)))
    throw new ClaudeError(
      'configuration',
      `${named} gave an end of its token that is not in milliseconds since 1970. Correct expiresAt.`,
      stage,
    );
  return token;
}

function lowered(named: string): string {
  return named.charAt(0).toLowerCase() + named.slice(1);
}
