/** Text that grows in a document, but for what would make the editor ask a host: that waits until the person agrees (threats S11). */

import type { Judgement } from '../editing.ts';
import type { Growing } from './growing.ts';

export interface WaryParts {
  /** What stands before it. */
  readonly lead: string;
  /** What is wrong with text that comes into the document. */
  judge(text: string): Judgement;
  /** Asks the person; shows the whole of what is new. */
  agree(judgement: Judgement, text: string): Promise<boolean>;
}

/** What says that an address is fetched may stand lines before it, in UTF-16 code units. */
const longestReach = 2_000;

/** Only a whole line can be judged; from the first one that is asked about on, everything waits. */
export function startWary(growing: Growing, { lead, judge, agree }: WaryParts): Growing {
  let line = '';
  let all = '';
  let tail = lead.slice(-longestReach);
  let held: string | undefined;
  let judgement: Judgement | undefined;
  const put = (text: string): void => {
    if (held !== undefined) {
      held += text;
      return;
    }
    const found = judge(tail + text);
    tail = (tail + text).slice(-longestReach);
    if (found.kind === 'free') growing.push(text);
    else [judgement, held] = [found, text];
  };
  return {
    get stopped() {
      return growing.stopped;
    },
    abandon: (reason) => growing.abandon(reason),
    push(text) {
      all += text;
      line += text;
      const end = line.lastIndexOf('\n') + 1;
      if (end === 0) return;
      put(line.slice(0, end));
      line = line.slice(end);
    },
    async end() {
      if (line !== '') put(line);
      if (held === undefined || judgement === undefined) return growing.end();
      if (await agree(judgement, all)) {
        growing.push(held);
        return growing.end();
      }
      await growing.abandon('You did not agree to it.');
      return [];
    },
  };
}
