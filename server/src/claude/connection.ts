/** What calls share, and what each of them is about. */
import type { ClaudeError } from './errors.ts';
import type { CallFacts } from './observe/observer.ts';
import type { Settings } from './options.ts';
import type { HttpRequest, Transport } from './transport/transport.ts';

/** Something under way that ends when the client closes. */
export interface Stoppable {
  stop(reason: ClaudeError): void;
}

export interface Connection {
  readonly settings: Settings;
  readonly transport: Transport;
  /** What is under way: it is stopped when the client closes. */
  readonly running: Set<Stoppable>;
}

/** What a call is about. */
export interface CallParts {
  readonly request: HttpRequest;
  readonly facts: CallFacts;
  /** The statuses of a success; only 200 when absent. */
  readonly accepts?: ((status: number) => boolean) | undefined;
  /** Whether the request may be sent again after this failure; undefined stands for refused credentials. */
  readonly mayRepeat?: ((error: unknown) => boolean) | undefined;
  /** Called once, when the call is over. */
  readonly onEnd?: (() => void) | undefined;
}
