/** The official client under load. */
import Anthropic from '@anthropic-ai/sdk';
import { origin, question, underLoad } from './client.ts';

const clients = new Map<string, Anthropic>();

function clientFor(path: string): Anthropic {
  const client = clients.get(path) ?? new Anthropic({ apiKey: 'sk-bench', baseURL: `${origin}${path}` });
  clients.set(path, client);
  return client;
}

// It refuses calls without a stream from 21,334 tokens on, which this question stays below.
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
