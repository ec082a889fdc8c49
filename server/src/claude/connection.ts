/** What calls share, and what each of them is about. */
import type { Credentials } from './credentials/credentials.ts';
import type { ClaudeError } from './errors.ts';
import type { CallFacts } from './observe/observer.ts';
import type { Settings } from './options.ts';
import type { HttpRequest, Transport } from './transport/transport.ts';

/** Something under way that ends when the client closes. */
export interface Stoppable {
  readonly peer: Settings;
  stop(reason: ClaudeError): void;
}

export interface Connection {
  readonly settings: Settings;
  readonly credentials: Credentials;
  /** With the client's middleware around it. */
  readonly transport: Transport;
  /** What is under way: it is stopped when the client closes. */
  readonly running: Set<Stoppable>;
  /** Origins whose streams were found to be held back on their way. */
  readonly heldBack: Set<string>;
}

/** What a call is about. */
export interface CallParts {
  readonly request: HttpRequest;
  readonly facts: CallFacts;
  /** Whether its answer comes piece by piece. */
  readonly isStream: boolean;
  /** It makes something that is paid for: sent again only where the service has surely not taken it. */
  readonly costs: boolean;
  /** Every success (2xx) will do, not only 200. */
  readonly anySuccess: boolean;
}
