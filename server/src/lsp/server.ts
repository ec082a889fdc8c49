/** The server as an editor sees it, from `initialize` to `exit`. */
import type { InitializeResult } from 'vscode-languageserver/node';
import type { ServerParts } from './serverParts.ts';
import { createSession, type Session } from './session.ts';

export function startServer(parts: ServerParts): void {
  let session: Session | undefined;
  parts.connection.onInitialize((params): InitializeResult => {
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
