/** Our streams beside the official client's, as a table. */
import { claudeStream } from './claudeStream.ts';
import type { Bench } from './row.ts';

export const bench: Bench = {
  title: 'Streams, beside the official TypeScript client on the same server',
  async run() {
    const rows = await claudeStream();
    return rows.map(({ name, ours, theirs, ratio, bar }) => ({
      figure: name,
      ours: ours.toFixed(1),
      control: `${theirs.toFixed(1)} (official client)`,
      result: `${ratio.toFixed(2)}x`,
      bar: bar === undefined ? '' : `at most ${bar}x`,
      held: bar === undefined || ratio <= bar,
    }));
  },
};
