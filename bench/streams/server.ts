/** A service that answers every request with prepared bytes: `node server.ts`, asked for `/DELTAS/v1/messages`. */
import net from 'node:net';
import { answer } from './answer.ts';

const prepared = new Map<number, Buffer>();

const server = net.createServer((socket) => {
  let request = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    request += chunk.toString('latin1');
    const bodyStart = request.indexOf('\r\n\r\n') + 4;
    const length = Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0);
    if (bodyStart < 4 || request.length < bodyStart + length) return;
    const deltas = Number(/^POST \/(\d+)\//.exec(request)?.[1] ?? 1);
    request = '';
    socket.write(bytesFor(deltas));
  });
});

function bytesFor(deltas: number): Buffer {
  const bytes = prepared.get(deltas) ?? answer(deltas).bytes;
  prepared.set(deltas, bytes);
  return bytes;
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.({ port: address?.port });
});
process.on('disconnect', () => process.exit(0));
