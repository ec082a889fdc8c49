/** One attempt of a call: its request on the wire, watched by the deadlines until the answer begins. */
import type { Watch } from './deadlines.ts';
import type { ClaudeError, Stage } from './errors.ts';
import type { Peer } from './failures.ts';
import { Sending, streamedBody, type Turn } from './sending.ts';
import type { Arrival } from './stream/heldBack.ts';
import { type Decoded, decoded, encodingOf } from './transport/decoding.ts';
import type { Exchange, HttpRequest, HttpResponse, Transport } from './transport/transport.ts';

/** What attempts of a call share. */
export interface AttemptParts {
  readonly transport: Transport;
  readonly watch: Watch;
  readonly peer: Peer;
  /** Told when the attempt has got somewhere. */
  onStage(stage: Stage): void;
}

export class Attempt {
  readonly #parts: AttemptParts;
  readonly #sending: Sending | undefined;
  readonly #exchange: Exchange;
  #stage: Stage = 'connect';
  #sentAt = 0;
  #begunAt = 0;
  #answered = false;
  #decoded: Decoded | undefined;

  /** Sends the request. */
  constructor(request: HttpRequest, parts: AttemptParts) {
    this.#parts = parts;
    const body = streamedBody(request.body);
    this.#sending = body && new Sending(body, parts.peer.scrub, (turn) => this.#turn(turn));
    parts.watch.start('connect');
    const sent = this.#sending === undefined ? request : { ...request, body: this.#sending.body };
    this.#exchange = parts.transport.send(sent, (stage) => this.#reach(stage));
  }

  /** Its body was asked for: one that can be read only once is used up. */
  get opened(): boolean {
    return this.#sending?.opened === true;
  }

  /** Why it fails, where the caller's own body is to blame. */
  get failure(): ClaudeError | undefined {
    return this.#sending?.failure;
  }

  /** @throws TransportFailure */
  async response(): Promise<HttpResponse> {
    const { watch, peer } = this.#parts;
    try {
      const response = await this.#exchange.response;
      if (encodingOf(response) === undefined) return response;
      this.#decoded = await decoded(response, peer);
      return this.#decoded?.response ?? response;
    } finally {
      this.#answered = true;
      for (const name of ['connect', 'headers', 'idle'] as const) watch.stop(name);
    }
  }

  /** The first event was read. */
  begin(): void {
    this.#begunAt = this.#parts.peer.clock.now();
  }

  /** How the events came, when the last one was read. */
  arrival(events: number): Arrival {
    const took = this.#parts.peer.clock.now() - this.#begunAt;
    return { waited: this.#begunAt - this.#sentAt, took, events };
  }

  /** The answer was read: no more of the body is wanted. */
  end(): void {
    this.#sending?.close();
  }

  /** Closes the connection and the body, whatever they are doing. */
  destroy(): void {
    this.#exchange.destroy();
    this.#decoded?.destroy();
    this.#sending?.close();
  }

  #reach(stage: Stage): void {
    const { watch, onStage } = this.#parts;
    const wasSent = this.#stage === 'request' || this.#stage === 'headers';
    this.#stage = stage;
    onStage(stage);
    if (stage === 'headers') this.#sentAt = this.#parts.peer.clock.now();
    if (stage === 'request') {
      watch.stop('connect');
      // What is sent piece by piece has its own time: the wait for the answer begins behind it.
      if (this.#sending === undefined) watch.start('headers');
    } else if (wasSent && stage !== 'headers' && stage !== 'body') {
      // The connection turned out to be closed, and another one is made.
      watch.stop('headers');
      watch.start('connect');
    }
  }

  #turn(turn: Turn): void {
    const { watch } = this.#parts;
    if (this.#answered) return;
    if (turn === 'socket') watch.start('idle');
    else watch.stop('idle');
    if (turn === 'over') watch.start('headers');
  }
}
