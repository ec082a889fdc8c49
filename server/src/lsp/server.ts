/** The server as an editor sees it, from `initialize` to `exit`. `initialize` is answered by little code; all the rest is loaded behind it. */
import {
  type Connection,
  type ConnectionOptions,
  ErrorCodes,
  type InitializeError,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
} from 'vscode-languageserver/node';
import { capabilitiesFor, glossPart } from './capabilities.ts';
import type { ServerParts } from './serverParts.ts';
import type { Session } from './session.ts';

export interface StartParts extends Omit<ServerParts, 'connection'> {
  connect(options: ConnectionOptions): Connection;
  /** The session cannot be made: the editor must not be left with a server that is alive and deaf (threats R23). */
  fail(error: unknown): void;
  /** Called when what is needed first is loaded. @returns to be called with every message. */
  spareMemory(): Promise<() => void>;
}

export function startServer({ connect, fail, spareMemory, ...parts }: StartParts): void {
  let session: Session | undefined;
  let loaded: Promise<void> | undefined;
  let heard: (() => void) | undefined;
  const connection = connect({
    messageStrategy: {
      // Whatever the editor says meanwhile waits for one promise, and so is heard in the order in which it was said.
      handleMessage: (message, next) => {
        heard?.();
        return loaded === undefined ? next(message) : loaded.then(() => next(message));
      },
    },
  });
  const load = async (params: InitializeParams): Promise<void> => {
    await answerWritten();
    const { createSession } = await import('./session.ts');
    heard = await spareMemory();
    session = createSession({ ...parts, connection }, params);
  };
  connection.onInitialize((params): InitializeResult | ResponseError<InitializeError> => {
    if (loaded !== undefined)
      return new ResponseError(ErrorCodes.InvalidRequest, 'The server is initialized already.', { retry: false });
    const capabilities = capabilitiesFor(params.capabilities ?? {}, {
      connection: glossPart(params)['connection'] === true,
    });
    loaded = load(params);
    loaded.catch(fail);
    return { capabilities, serverInfo: { name: 'gloss-language-server', version: parts.version } };
  });
  connection.onInitialized(() => session?.start());
  connection.onShutdown(() => session?.close());
  connection.listen();
}

/** The library writes an answer when the event loop comes round: what loads before that holds it up. */
function answerWritten(): Promise<void> {
  return new Promise((resolve) => void setImmediate(() => setImmediate(resolve)));
}
