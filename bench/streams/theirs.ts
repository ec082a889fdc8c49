/** Reads a stream with the official client. Bundled a second time with its newest version in place of the usual one. */
import Anthropic from '@anthropic-ai/sdk';
import { addressOf, checkInput, measure, question } from './measure.ts';

await measure({
  async text(deltas, onFirst) {
    const client = new Anthropic({ apiKey: 'sk-bench', baseURL: addressOf('text', deltas) });
    let events = 0;
    const stream = client.messages.stream(question);
    for await (const _event of stream) if (events++ === 0) onFirst();
    const message = await stream.finalMessage();
    if (message.stop_reason !== 'end_turn') throw new Error('the stream was not read to its end');
    return events;
  },
  async tool(deltas) {
    const client = new Anthropic({ apiKey: 'sk-bench', baseURL: addressOf('tool', deltas) });
    let pieces = 0;
    let last: unknown;
    const stream = client.messages.stream(question).on('inputJson', (_piece, value) => {
      last = value;
      pieces += 1;
    });
    await stream.finalMessage();
    checkInput(last, pieces);
    return pieces;
  },
});
