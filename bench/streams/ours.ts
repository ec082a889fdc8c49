/** Reads a stream with this client. */
import { Claude } from '../../server/src/claude/index.ts';
import { addressOf, checkInput, measure, question } from './measure.ts';

await measure({
  async text(deltas, onFirst) {
    const claude = new Claude({ apiKey: 'sk-bench', baseURL: addressOf('text', deltas) });
    let events = 0;
    const stream = claude.messages.stream(question);
    for await (const _event of stream) if (events++ === 0) onFirst();
    const message = await stream.finalMessage();
    if (message.stop_reason !== 'end_turn') throw new Error('the stream was not read to its end');
    await claude.close();
    return events;
  },
  async tool(deltas) {
    const claude = new Claude({ apiKey: 'sk-bench', baseURL: addressOf('tool', deltas) });
    let pieces = 0;
    let last: unknown;
    for await (const { state, value } of claude.messages.stream(question).toolInputs()) {
      last = value;
      if (state === 'open') pieces += 1;
    }
    checkInput(last, pieces);
    await claude.close();
    return pieces;
  },
});
