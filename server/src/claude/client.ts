/** The client: its endpoints, and what they share. */
import { beginCall, type Caller } from './caller.ts';
import type { Connection } from './connection.ts';
import { createBatches } from './endpoints/batches.ts';
import { createFiles, type Files } from './endpoints/files.ts';
import { createMessages, type Messages } from './endpoints/messages.ts';
import { createModels, type Models } from './endpoints/models.ts';
import { createRaw, type Raw } from './endpoints/raw.ts';
import { createSkills, type Skills } from './endpoints/skills.ts';
import { ClaudeError } from './errors.ts';
import { abortedError } from './failures.ts';
import { type ClaudeOptions, settingsOf } from './options.ts';
import { pauseOn } from './pause.ts';
import { createHttpTransport } from './transport/http.ts';

/**
 * A client for the Claude API. Make one for each key and address, and keep it: it holds a few connections.
 *
 * ```ts
 * const claude = new Claude({ apiKey });
 * for await (const text of claude.messages.stream({ model, max_tokens: 1000, messages }).text()) show(text);
 * ```
 */
export class Claude {
  readonly messages: Messages;
  readonly models: Models;
  readonly files: Files;
  readonly skills: Skills;
  /** For endpoints that have no method here: the answer as JSON, unchecked. */
  readonly request: Raw['request'];
  /** The same for answers that are bytes. */
  readonly requestBytes: Raw['requestBytes'];
  readonly #connection: Connection;
  #closed = false;

  /** @throws ClaudeError of kind `configuration` that names the option and the fix. */
  constructor(options: ClaudeOptions) {
    const settings = settingsOf(options);
    const transport = options.transport ?? createHttpTransport(settings);
    this.#connection = { settings, transport, running: new Set() };
    const caller: Caller = {
      call: (asked, more) => {
        if (this.#closed)
          throw new ClaudeError('configuration', 'The client was closed. Make a new one.', { stage: 'settings' });
        return beginCall(this.#connection, asked, more);
      },
      pause: (milliseconds, signal) => pauseOn(this.#connection, milliseconds, signal),
    };
    this.messages = createMessages(caller, settings.log, createBatches(caller, settings));
    this.models = createModels(caller);
    this.files = createFiles(caller);
    this.skills = createSkills(caller);
    ({ request: this.request, requestBytes: this.requestBytes } = createRaw(caller));
  }

  /** Stops what runs and closes all connections. Later calls fail. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const call of [...this.#connection.running]) call.stop(abortedError('the client was closed'));
    await this.#connection.transport.close();
  }
}
