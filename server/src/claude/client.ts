/** The client: its endpoints, and what they share. */
import { createBuilder } from './builder/builder.ts';
import type { MessageBuilder } from './builder/messageBuilder.ts';
import type { Nothing } from './builder/state.ts';
import { beginCall, type Caller } from './caller.ts';
import type { Connection } from './connection.ts';
import type { Credentials } from './credentials/credentials.ts';
import { openCredentials } from './credentials/open.ts';
import type { SharedContext } from './credentials/source.ts';
import { createBatches } from './endpoints/batches.ts';
import { createFiles, type Files } from './endpoints/files.ts';
import { createMessages, type Messages } from './endpoints/messages.ts';
import { createModels, type Models } from './endpoints/models.ts';
import { createRaw, type Raw } from './endpoints/raw.ts';
import { createSkills, type Skills } from './endpoints/skills.ts';
import { ClaudeError } from './errors.ts';
import { abortedError } from './failures.ts';
import { betaNames } from './headers.ts';
import type { SpendMeter } from './limits/meter.ts';
import { createAdmit } from './models/admit.ts';
import { createModelMemory } from './models/memory.ts';
import {
  type ClaudeOptions,
  changedOptions,
  changesCredentials,
  type OptionChanges,
  type Settings,
  settingsOf,
} from './options.ts';
import { pauseOn } from './pause.ts';
import { createHttpTransport } from './transport/http.ts';
import { wrapped } from './transport/middleware.ts';
import type { Transport } from './transport/transport.ts';

/** What clients have in common that were made from each other. */
interface Family extends Pick<Connection, 'running' | 'heldBack'> {
  /** Without middleware. */
  readonly transport: Transport;
  /** The first of them was closed. */
  isClosed: boolean;
}

/** What a client takes over from the one that it is made from. */
interface Inheritance {
  readonly family: Family;
  readonly settings: Partial<Settings>;
  /** Absent where it has credentials of its own. */
  readonly credentials: Credentials | undefined;
}

/** By the options that `withOptions` makes a client with. */
const inheritances = new WeakMap<ClaudeOptions, Inheritance>();

/**
 * A client for the Claude API. Make one for each key and address, and keep it: it holds a few connections.
 *
 * ```ts
 * const claude = new Claude({ apiKey });
 * for await (const text of claude.messages.stream({ model, max_tokens: 1000, messages }).text()) show(text);
 * ```
 */
export class Claude {
  /** Answers, streams, runs of tools, counts and batches (API reference, "Messages"). */
  readonly messages: Messages;
  /** Which models there are, and their rules (API reference, "Models"). */
  readonly models: Models;
  readonly #options: ClaudeOptions;
  /** What the calls used and cost. */
  readonly meter: SpendMeter;
  /** Files that the service keeps (API reference, "Files"). */
  readonly files: Files;
  /** Skills that a container can be given (API reference, "Skills"). */
  readonly skills: Skills;
  /** For endpoints that have no method here: the answer as JSON, unchecked. */
  readonly request: Raw['request'];
  /** The same for answers that are bytes. */
  readonly requestBytes: Raw['requestBytes'];
  readonly #connection: Connection;
  readonly #family: Family;
  #isClosed = false;

  /** @throws ClaudeError of kind `configuration` that names the option and the fix. */
  constructor(options: ClaudeOptions = {}) {
    const inheritance = inheritances.get(options);
    const settings = { ...settingsOf(options), ...inheritance?.settings };
    this.#options = options;
    this.#family = inheritance?.family ?? familyOf(options.transport ?? createHttpTransport(settings));
    const { running, heldBack } = this.#family;
    const transport = wrapped(this.#family.transport, options.middleware ?? []);
    const credentials =
      inheritance?.credentials ?? openCredentials(settings.credential, contextOf(settings, transport));
    this.#connection = { settings, credentials, transport, running, heldBack };
    const caller: Caller = {
      call: (asked, more) => {
        if (this.#isClosed || this.#family.isClosed)
          throw new ClaudeError('configuration', 'The client was closed. Make a new one.', { stage: 'settings' });
        return beginCall(this.#connection, asked, more);
      },
      pause: (milliseconds, signal) => pauseOn(this.#connection, milliseconds, signal),
    };
    this.meter = settings.meter;
    const memory = createModelMemory();
    const betas = betaNames(settings.headers['anthropic-beta'] ?? '');
    const admit = createAdmit({ memory, betas, warn: settings.warn });
    const batches = createBatches(caller, admit, settings);
    this.messages = createMessages(caller, { admit, batches, clock: settings.clock });
    this.models = createModels(caller, memory);
    this.files = createFiles(caller);
    this.skills = createSkills(caller);
    ({ request: this.request, requestBytes: this.requestBytes } = createRaw(caller));
  }

  /**
   * A client with some options of its own, such as shorter deadlines, on the connections of this one. Both count
   * together what they cost, and keep to the limits of the service together, unless it has another key.
   * @throws ClaudeError of kind `configuration` that names the option and the fix.
   */
  withOptions(changes: OptionChanges): Claude {
    const { settings, credentials } = this.#connection;
    const options = { ...changedOptions(this.#options, changes), meter: settings.meter };
    const isSame = !changesCredentials(changes);
    inheritances.set(options, {
      family: this.#family,
      settings: isSame ? { gate: settings.gate } : {},
      credentials: isSame ? credentials : undefined,
    });
    return created(options);
  }

  /**
   * A request, put together call by call. It cannot be sent before model, tokens and question are there.
   *
   * ```ts
   * await claude.message().model('claude-sonnet-5-5').maxTokens(1000).user('Why is the sky blue?').send();
   * ```
   */
  message(): MessageBuilder<Nothing> {
    return createBuilder(this.messages);
  }

  /**
   * Stops what runs and closes all connections. Later calls fail. Clients that were made from this one are closed with
   * it; one of those stops its own calls only.
   */
  async close(): Promise<void> {
    const { transport, running } = this.#family;
    const inheritance = inheritances.get(this.#options);
    this.#isClosed = true;
    this.#family.isClosed ||= inheritance === undefined;
    for (const call of [...running])
      if (inheritance === undefined || call.peer === this.#connection.settings)
        call.stop(abortedError('the client was closed'));
    if (inheritance?.credentials === undefined) this.#connection.credentials.close();
    if (inheritance === undefined) await transport.close();
  }
}

function familyOf(transport: Transport): Family {
  return { transport, running: new Set(), heldBack: new Set(), isClosed: false };
}

/** What those who get tokens may use: nothing of it is a secret. */
function contextOf(settings: Settings, transport: Transport): SharedContext {
  const { origin, host, prefix, headers, clock, log, warn, scrub } = settings;
  return { origin, host, prefix, userAgent: headers['user-agent'] ?? '', transport, clock, log, warn, scrub };
}

/** Apart: a class that names itself gets another name in a bundle. */
function created(options: ClaudeOptions): Claude {
  return new Claude(options);
}
