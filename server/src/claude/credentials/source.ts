/** Where keys and tokens come from: what a source is, and what it is given to work with. */
import type { Clock } from '../clock.ts';
import type { LevelLog, Warn } from '../log.ts';
import type { LearningScrub } from '../secrets.ts';
import type { Transport } from '../transport/transport.ts';

/** How a key or token is sent: as `x-api-key`, or as `Authorization: Bearer`. */
export type KeyScheme = 'x-api-key' | 'bearer';

/** A key or token, and how long it is good for. */
export interface Token {
  /** What is sent: the token alone, without a scheme. */
  readonly value: string;
  /**
   * When it ends, in milliseconds since 1970; absent or null for never. With 0 the source is asked again for every
   * attempt of a call.
   */
  readonly expiresAt?: number | null;
  /** How it is sent; when absent, as the client's `keyScheme` says, else as bearer token. */
  readonly header?: KeyScheme;
  /** Beta names that requests with it need; `oauth-2025-04-20` when absent and it is sent as bearer token. */
  readonly betas?: readonly string[];
  /** Sent as `anthropic-workspace-id`, for tokens that can act on several workspaces. */
  readonly workspaceId?: string | undefined;
}

/**
 * Gives keys or tokens: the client keeps what it gets until it is about to end, and asks once for all calls that wait.
 *
 * ```ts
 * const credentials = { token: async () => ({ value: await vault.read('claude'), expiresAt: Date.now() + 600_000 }) };
 * ```
 */
export interface CredentialSource {
  /**
   * The origins that its tokens may be sent to, such as `https://api.anthropic.com`. When absent, they may go to the
   * one of the first client that uses this source, and to no other.
   */
  readonly audience?: string | readonly string[];
  /** Milliseconds that getting a token may take; the client's `tokenDeadline` when absent. */
  readonly deadline?: number;
  /**
   * A token that is good now. What it throws reaches the caller as a `ClaudeError` of kind `authentication`.
   * @param signal Aborted when it takes too long, and when the client closes; not when one of several callers stops.
   */
  token(signal: AbortSignal, context: TokenContext): Promise<Token>;
}

/** What all sources of a client may use. */
export interface SharedContext {
  /** The service that tokens are for: `https://host[:port]`. */
  readonly origin: string;
  /** Host and port of the service, as errors name it. */
  readonly host: string;
  /** Path before `/v1/…`. */
  readonly prefix: string;
  /** The `user-agent` of requests for tokens. */
  readonly userAgent: string;
  /** Carries requests with the client's proxy and certificates. */
  readonly transport: Transport;
  /** Where time comes from. */
  readonly clock: Clock;
  /** Is told of steps, never of secrets. */
  readonly log: Pick<LevelLog, 'debug'>;
  /** Says each warning once. */
  readonly warn: Warn;
  /** Takes secrets out of text. Tell it every secret that comes up on the way. */
  readonly scrub: LearningScrub;
}

/** What a source may use. */
export interface TokenContext extends SharedContext {
  /** The token that the service refused last, for sources that keep tokens themselves: it is not to be given again. */
  readonly refused: string | undefined;
  /** How the client was told to send keys. */
  readonly keyScheme: KeyScheme | undefined;
}
