/** A service that answers with one piece when it is told to: what the controls in a window read. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BareService {
  readonly url: string;
  /** Resolves when somebody waits for the answer. */
  asked(): Promise<void>;
  /** Sends the one piece of the answer; returns the moment. */
  send(): number;
  close(): void;
}

export async function bareService(): Promise<BareService> {
  let asked = Promise.withResolvers<ServerResponse>();
  let send = (): unknown => undefined;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    asked.resolve(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // It listens on a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async asked() {
      const response = await asked.promise;
      asked = Promise.withResolvers();
      send = () => response.end('data: {}\n\n');
    },
    send() {
      send();
      return performance.now();
    },
    close: () => void server.close(),
  };
}
