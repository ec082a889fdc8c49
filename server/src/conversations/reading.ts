/** Reads a whole conversation along the way to its newest entry, or to another one. */
import type { Entry, StoredConversation } from '../ports.ts';
import type { Conversation } from './conversation.ts';
import { mended, type ReadStep } from './mended.ts';
import { titleOf } from './values.ts';

/**
 * Undefined where there is none.
 * @param listed the title in the list, for one whose own name is damaged.
 * @param entry the last one; the newest when absent.
 */
export async function storedOf(
  conversation: Conversation,
  listed?: string,
  entry?: string,
): Promise<StoredConversation | undefined> {
  const { tree } = conversation;
  const last = entry === undefined ? undefined : tree.get(entry);
  if (entry !== undefined && last === undefined) return undefined;
  const way = [...(last === undefined ? tree.way() : tree.wayTo(last))];
  const steps: ReadStep[] = [];
  for await (const contents of conversation.contents(way.map(({ node }) => node)))
    for (const content of contents) {
      const step = way[steps.length];
      const head = step?.node.head;
      const isRight = content !== undefined && content.kind === head?.kind;
      const entry = isRight ? { id: head.id, parent: head.parent, at: head.at, content } : undefined;
      steps.push({ entry, isAfterGap: step?.isAfterGap ?? false });
    }
  const entries = mended(steps);
  const summary = conversation.summary(listed ?? titleIn(entries));
  return summary === undefined ? undefined : { summary, entries };
}

function titleIn(entries: readonly Entry[]): string | undefined {
  const first = entries.find(({ content }) => content.kind === 'asked')?.content;
  return first?.kind === 'asked' ? titleOf(first.text) : undefined;
}
