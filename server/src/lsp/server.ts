/** The server as an editor sees it, from `initialize` to `exit`. */
import { ErrorCodes, type InitializeError, type InitializeResult, ResponseError } from 'vscode-languageserver/node';
import type { ServerParts } from './serverParts.ts';
import { createSession, type Session } from './session.ts';

export function startServer(parts: ServerParts): void {
  let session: Session | undefined;
  parts.connection.onInitialize((params): InitializeResult | ResponseError<InitializeError> => {
    if (session !== undefined)
      return new ResponseError(ErrorCodes.InvalidRequest, 'The server is initialized already.', { retry: false });
    session = createSession(parts, params);
    return {
      capabilities: session.capabilities,
      serverInfo: { name: 'gloss-language-server', version: parts.version },
    };
  });
  parts.connection.onInitialized(() => session?.start());
  parts.connection.onShutdown(() => session?.close());
  parts.connection.listen();
}
