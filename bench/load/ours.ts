/** This client under load. */
import { Claude } from '../../server/src/claude/index.ts';
import { origin, question, underLoad } from './client.ts';

const clients = new Map<string, Claude>();

function clientFor(path: string): Claude {
  const client = clients.get(path) ?? new Claude({ apiKey: 'sk-bench', baseURL: `${origin}${path}` });
  clients.set(path, client);
  return client;
}

await underLoad({
  async stream(path, onEvent) {
    const stream = clientFor(path).messages.stream(question);
    for await (const _event of stream) onEvent();
    const { stop_reason } = await stream.finalMessage();
    if (stop_reason !== 'end_turn') throw new Error('the stream was not read to its end');
  },
  async create(path) {
    const { stop_reason } = await clientFor(path).messages.create(question);
    if (stop_reason !== 'end_turn') throw new Error('the answer is not whole');
  },
});
