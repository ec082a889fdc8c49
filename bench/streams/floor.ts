/** Reads the bytes of a stream with undici alone: what no client can go below. */
import { request } from 'undici';
import type { Kind } from './answer.ts';
import { addressOf, measure, question } from './measure.ts';

async function read(kind: Kind, deltas: number, onFirst: () => void): Promise<number> {
  const address = `${addressOf(kind, deltas)}/v1/messages`;
  const { body } = await request(address, { method: 'POST', body: JSON.stringify(question) });
  let bytes = 0;
  for await (const chunk of body) {
    if (bytes === 0) onFirst();
    bytes += chunk.length;
  }
  if (bytes === 0) throw new Error('the stream was empty');
  return deltas;
}

await measure({
  text: async (deltas, onFirst) => (await read('text', deltas, onFirst)) + 5,
  tool: (deltas) => read('tool', deltas, () => {}),
});
