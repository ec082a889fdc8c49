/** What is in a file that goes or moves, in a line: names exactly the text that the person's leave is for (threats S8). Pure. */
import { createHash } from 'node:crypto';
import type { Fact } from '../../ports.ts';
import { wholeLinesOf } from '../../text/wholeLines.ts';

export function sizeFact(text: string): Fact {
  const hash = createHash('sha256').update(text).digest('hex');
  const count = wholeLinesOf(text).length;
  return { name: 'Content', value: `${count} ${count === 1 ? 'line' : 'lines'}, SHA-256 ${hash}` };
}
