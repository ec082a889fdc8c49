/** Reads a stream with the official client. */
import Anthropic from '@anthropic-ai/sdk';
import { measure, origin, question } from './measure.ts';

await measure(async (deltas, onFirst) => {
  const client = new Anthropic({ apiKey: 'sk-bench', baseURL: `${origin}/${deltas}` });
  let events = 0;
  const stream = client.messages.stream(question);
  for await (const _event of stream) if (events++ === 0) onFirst();
  const message = await stream.finalMessage();
  if (message.stop_reason !== 'end_turn') throw new Error('the stream was not read to its end');
  return events;
});
