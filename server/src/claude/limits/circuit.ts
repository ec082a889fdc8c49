/** After the service has said that a spending limit is reached: nothing that costs money is asked for a while. */
import type { Clock } from '../clock.ts';
import type { ClaudeError } from '../errors.ts';

/** Milliseconds until one call finds out whether the limit still holds. */
const pause = 30_000;

export class SpendCircuit {
  readonly #clock: Clock;
  #error: ClaudeError | undefined;
  #until = 0;
  #probe: object | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Why a call must not be sent, if it must not: the service's last word, as an error of its own. */
  refusal(): ClaudeError | undefined {
    if (this.#error === undefined) return undefined;
    const isOpen = this.#clock.now() >= this.#until && this.#probe === undefined;
    return isOpen ? undefined : this.#error.withDetails({});
  }

  /** A call is sent. */
  enter(call: object): void {
    if (this.#error !== undefined) this.#probe = call;
  }

  /** The service has answered a call. Returns whether the limit stops calls from now on. */
  refused(call: object, error: ClaudeError): boolean {
    if (error.kind !== 'spend_limit') return false;
    this.#error = error;
    this.#until = this.#clock.now() + pause;
    this.leave(call);
    return true;
  }

  /** The service has let a call through. */
  passed(call: object): void {
    if (call === this.#probe) this.#error = undefined;
    this.leave(call);
  }

  /** The call is over. */
  leave(call: object): void {
    if (call === this.#probe) this.#probe = undefined;
  }
}
