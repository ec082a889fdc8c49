/** A service that answers every request with prepared bytes: `node server.ts`, asked for `/KIND/DELTAS/v1/messages`. */
import net from 'node:net';
import { answer } from './answer.ts';

const prepared = new Map<string, Buffer>();

const server = net.createServer((socket) => {
  let request = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    request += chunk.toString('latin1');
    const bodyStart = request.indexOf('\r\n\r\n') + 4;
    const length = Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0);
    if (bodyStart < 4 || request.length < bodyStart + length) return;
    const [, kind, deltas] = /^POST \/(\w+)\/(\d+)\//.exec(request) ?? [];
    request = '';
    socket.write(bytesFor(kind ?? '', Number(deltas)));
  });
});

function bytesFor(kind: string, deltas: number): Buffer {
  const name = `${kind} ${deltas}`;
  const bytes = prepared.get(name) ?? answer(kind === 'tool' ? 'tool' : 'text', deltas);
  prepared.set(name, bytes);
  return bytes;
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.({ port: address?.port });
});
process.on('disconnect', () => process.exit(0));
