/** One connection of the transport, and how far the request that is on it has got. */
import type { Stage } from '../errors.ts';
import type { Attempt, Dial } from './connect.ts';
import { clientOptions, type UndiciClient, type UndiciParts } from './undici.ts';

export class Lane implements Attempt {
  readonly origin: string;
  readonly client: UndiciClient;
  /** The connection was made for the request that is on it. */
  fresh = true;
  /** Told how far the connection has got. */
  listener: Pick<Attempt, 'enter'> | undefined;
  /** Sockets that are still connecting, which are not undici's yet. */
  #closers: (() => void)[] | undefined;

  constructor({ Client }: UndiciParts, origin: string, dial: Dial) {
    this.origin = origin;
    this.client = new Client(origin, {
      ...clientOptions,
      connect: (options, connected) => {
        this.fresh = true;
        this.#closers = [];
        dial(this, options, (error, socket) => {
          if (error === null) this.#closers = undefined;
          connected(error, socket);
        });
      },
    });
  }

  enter(stage: Stage): void {
    this.listener?.enter(stage);
  }

  onGiveUp(close: () => void): void {
    this.#closers?.push(close);
  }

  async destroy(): Promise<void> {
    for (const close of this.#closers?.splice(0) ?? []) close();
    await this.client.destroy();
  }
}
