/** Reads a stream with this client. */
import { Claude } from '../../server/src/claude/index.ts';
import { measure, origin, question } from './measure.ts';

await measure(async (deltas, onFirst) => {
  const claude = new Claude({ apiKey: 'sk-bench', baseURL: `${origin}/${deltas}` });
  let events = 0;
  const stream = claude.messages.stream(question);
  for await (const _event of stream) if (events++ === 0) onFirst();
  const message = await stream.finalMessage();
  if (message.stop_reason !== 'end_turn') throw new Error('the stream was not read to its end');
  await claude.close();
  return events;
});
