/** Reads the bytes of a stream with undici alone: what no client can go below. */
import { request } from 'undici';
import { measure, origin, question } from './measure.ts';

await measure(async (deltas, onFirst) => {
  const { body } = await request(`${origin}/${deltas}/v1/messages`, { method: 'POST', body: JSON.stringify(question) });
  let bytes = 0;
  for await (const chunk of body) {
    if (bytes === 0) onFirst();
    bytes += chunk.length;
  }
  if (bytes === 0) throw new Error('the stream was empty');
  return deltas + 5;
});
