/** Asks the editor where requests go and with which key, once, and again when told that the answer changed (product decision 10.4). */
import { type ClientCapabilities, type Connection as LspConnection, MessageType } from 'vscode-languageserver/node';
import {
  type Connection,
  Connection as ConnectionSchema,
  connectionChanged,
  connectionRequest,
} from '#shared/connection.ts';
import type { GlossCapabilities, InitializationOptions } from '#shared/initialization.ts';
import {
  type Access,
  accessFor,
  defaultBaseUrl,
  type Environment,
  endpointOf,
  environmentKey,
} from '../egress/access.ts';
import type { Trust } from '../ports.ts';

export interface EditorConnection {
  /**
   * The access in force. With `mayAsk` the person may be asked whether a key goes to another host: only on
   * the person's own action.
   */
  access(mayAsk: boolean): Promise<Access>;
  trust(): Trust;
  onChange(listener: () => void): void;
  /** `trust` is another one now. */
  onTrust(listener: () => void): void;
}

export interface EditorConnectionParts {
  readonly connection: LspConnection;
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly options: InitializationOptions;
  readonly environment: Environment;
}

export function createEditorConnection(parts: EditorConnectionParts): EditorConnection {
  let current: Promise<Connection> | undefined;
  let trust: Trust = trustOf(parts.options.trusted);
  const listeners = new Set<() => void>();
  const trustListeners = new Set<() => void>();
  parts.connection.onNotification(connectionChanged.method, () => {
    current = undefined;
    for (const listener of listeners) listener();
  });
  const ask = async (mayAsk: boolean): Promise<Connection> => {
    const answer = parts.gloss.connection ? await askClient(parts, mayAsk) : await askBare(parts, mayAsk);
    if (!parts.gloss.connection) return answer;
    const before = trust;
    trust = trustOf(answer.trusted);
    if (trust !== before) for (const listener of trustListeners) listener();
    return answer;
  };
  const settle = (asked: Promise<Connection>): Promise<Connection> => {
    current = asked;
    // A failed question is asked again the next time.
    asked.catch(() => {
      if (current === asked) current = undefined;
    });
    return asked;
  };
  return {
    async access(mayAsk) {
      const first = accessFor(await (current ?? settle(ask(false))), parts.environment);
      if (first.credential !== undefined || !mayAsk || environmentKey(parts.environment) === undefined) return first;
      return accessFor(await settle(ask(true)), parts.environment);
    },
    trust: () => trust,
    onChange: (listener) => void listeners.add(listener),
    onTrust: (listener) => void trustListeners.add(listener),
  };
}

function trustOf(trusted: boolean | undefined): Trust {
  if (trusted === undefined) return 'unknown';
  return trusted ? 'trusted' : 'restricted';
}

async function askClient({ connection, environment }: EditorConnectionParts, mayAsk: boolean): Promise<Connection> {
  const key = environmentKey(environment);
  const params = mayAsk && key !== undefined ? { environment: key } : {};
  return ConnectionSchema.parse(await connection.sendRequest(connectionRequest.method, params));
}

/** Editors without `gloss/connection`: the environment, and the options that they started us with. */
async function askBare(parts: EditorConnectionParts, mayAsk: boolean): Promise<Connection> {
  const baseUrl = parts.options.baseUrl ?? parts.environment.baseUrl ?? defaultBaseUrl;
  const key = environmentKey(parts.environment);
  const elsewhere = key !== undefined && key.origin !== endpointOf(baseUrl).origin;
  return {
    baseUrl,
    environmentKeyAllowed: elsewhere && mayAsk && (await personAgrees(parts, key.origin, endpointOf(baseUrl).origin)),
    headers: {},
    trusted: parts.options.trusted === true,
  };
}

/** A key that was meant for one host goes to another only when the person says so (threats S1). */
async function personAgrees(
  { connection, client }: EditorConnectionParts,
  meant: string,
  now: string,
): Promise<boolean> {
  if (client.window?.showMessage === undefined) return false;
  const send = { title: `Send it to ${now}` };
  const answer = await connection.sendRequest('window/showMessageRequest', {
    type: MessageType.Warning,
    message: `The key in the environment is meant for ${meant}. The editor's configuration asks to send it to ${now}.`,
    actions: [send, { title: 'Cancel' }],
  });
  return typeof answer === 'object' && answer !== null && 'title' in answer && answer.title === send.title;
}
