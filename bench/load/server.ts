/**
 * A service for clients under load, asked by path: `/DELTAS/…` streams an answer of so many deltas, `/hold/DELTAS/…`
 * stops before its end; `/call/…` answers shortly, as a stream where that is asked for and as JSON otherwise.
 */
import net from 'node:net';
import { answer } from '../streams/answer.ts';

const prepared = new Map<string, Buffer>();

const server = net.createServer((socket) => {
  let request = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    request += chunk.toString('latin1');
    const bodyStart = request.indexOf('\r\n\r\n') + 4;
    const length = Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0);
    if (bodyStart < 4 || request.length < bodyStart + length) return;
    const [, kind = '', deltas = ''] = /^POST \/(hold|call)?\/?(\d*)/.exec(request) ?? [];
    const isStream = /"stream":true/.test(request.slice(bodyStart));
    request = '';
    socket.write(bytesFor(kind === 'call' ? (isStream ? 'call' : 'json') : `${kind} ${deltas}`));
  });
});

function bytesFor(what: string): Buffer {
  const bytes = prepared.get(what) ?? made(what);
  prepared.set(what, bytes);
  return bytes;
}

function made(what: string): Buffer {
  const [kind, deltas] = what.split(' ');
  if (kind === 'call') return answer('text', shortDeltas);
  if (kind === 'json') return json();
  const bytes = answer('text', Number(deltas));
  if (kind !== 'hold') return bytes;
  // A chunk begins with its length on a line of its own.
  const end = bytes.lastIndexOf('\r\n', bytes.indexOf('event: content_block_stop') - 3) + 2;
  return bytes.subarray(0, end);
}

const shortDeltas = 8;

/** The message that the short stream comes to. */
function json(): Buffer {
  const events = [...String(answer('text', shortDeltas)).matchAll(/^data: (.*)$/gm)].map(
    ([, data = '']) => JSON.parse(data) as { message?: object; delta?: { text?: string; stop_reason?: string } },
  );
  const message = events.find((event) => event.message !== undefined)?.message;
  const text = events.map(({ delta }) => delta?.text ?? '').join('');
  const usage = { input_tokens: 25, output_tokens: shortDeltas };
  const body = JSON.stringify({ ...message, content: [{ type: 'text', text }], stop_reason: 'end_turn', usage });
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nrequest-id: req_1\r\n';
  return Buffer.from(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.({ port: address?.port });
});
process.on('disconnect', () => process.exit(0));
