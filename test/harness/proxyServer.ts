/** A proxy on loopback for tests of the Claude client. */
import http from 'node:http';
import net from 'node:net';
import { onTestFinished } from 'vitest';
import { listening } from './claudeSockets.ts';

/** Connects every name to one port, or answers with a status. Tells what it was asked. */
export async function proxyServer(target: number, status = 200) {
  const asked: { readonly to: string; readonly authorization: string | undefined }[] = [];
  const server = http.createServer((_request, response) => response.writeHead(500).end());
  const tunnels = new Set<net.Socket>();
  server.on('connect', ({ url, headers }, socket: net.Socket) => {
    asked.push({ to: url ?? '', authorization: headers['proxy-authorization'] });
    tunnels.add(socket);
    socket.on('error', () => socket.destroy());
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\ncontent-type: text/html\r\n\r\n<h1>No</h1>`);
    const upstream = net.connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => socket.destroy());
  });
  const { host } = await listening(server);
  onTestFinished(() => {
    for (const socket of tunnels) socket.destroy();
  });
  return { host, asked };
}
