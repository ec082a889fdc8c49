/** A service that answers with deltas at a steady pace, each holding the moment at which it was sent: `/DELTAS/v1/messages`. */
import { createServer, type ServerResponse } from 'node:http';
import { type Event, headEvents, tailEvents } from './answer.ts';

/** Milliseconds between two deltas of a stream: a fast model. */
const pace = 10;

const server = createServer((request, response) => {
  request.resume();
  const deltas = Number(/^\/(\d+)\//.exec(request.url ?? '')?.[1] ?? 0);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_1' });
  for (const event of headEvents()) send(response, event);
  stream(response, deltas);
});

function stream(response: ServerResponse, left: number): void {
  if (left === 0) {
    for (const event of tailEvents(1)) send(response, event);
    response.end();
    return;
  }
  // The same clock in every process of a machine.
  const text = `t${process.hrtime.bigint()}t words of an answer `;
  send(response, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
  setTimeout(stream, pace, response, left - 1);
}

function send(response: ServerResponse, event: Event): void {
  response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.({ port: address?.port });
});
process.on('disconnect', () => process.exit(0));
