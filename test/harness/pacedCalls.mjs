/** One of several programs that share a key: makes calls all at once, and reports how many succeeded. */
import { Claude } from '../../server/src/claude/index.ts';

const [, , baseURL, calls] = process.argv;
const claude = new Claude({ apiKey: 'sk-shared', baseURL });
const outcomes = await Promise.allSettled(
  Array.from({ length: Number(calls) }, () =>
    claude.messages.create({
      model: 'claude-sonnet-5-5',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'hi' }],
    }),
  ),
);
await claude.close();
process.send({
  succeeded: outcomes.filter(({ status }) => status === 'fulfilled').length,
  failures: outcomes.flatMap(({ reason }) => (reason === undefined ? [] : [String(reason)])),
});
process.disconnect();
