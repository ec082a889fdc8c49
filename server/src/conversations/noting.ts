/** Notes in the list what conversations have become: after they are safe on the disk, and until the list says what they say. */
import type { ConversationSummary, Log } from '../ports.ts';
import type { Catalogue } from './catalogue.ts';
import type { Shelf } from './shelf.ts';

export interface Noting {
  /** Soon; what comes meanwhile is noted together. */
  note(id: string): void;
  /** What the list does not say yet. */
  pending(): readonly string[];
  /** All that was asked for is noted, or could not be. */
  done(): Promise<void>;
}

export function createNoting(shelf: Shelf, catalogue: Catalogue, log: Log): Noting {
  const waiting = new Set<string>();
  let current: string | undefined;
  let running: Promise<void> | undefined;
  const noted = (id: string): Promise<void> =>
    shelf.use(id, async ({ conversation, load }) => {
      await load();
      // Another window may note less than there is by now: whoever notes last has looked after that.
      for (let round = 0; round < 3; round++) {
        await conversation.refresh();
        const summary = conversation.summary(catalogue.get(id)?.title);
        if (summary === undefined || catalogue.isRemoved(id) || isSame(summary, catalogue.get(id))) return;
        await catalogue.put(summary);
        await catalogue.refresh();
      }
    });
  const run = async (): Promise<void> => {
    for (const id of waiting) {
      waiting.delete(id);
      current = id;
      await noted(id).catch((error: unknown) =>
        log.warn(`conversation ${id} could not be noted in the list: ${String(error)}`),
      );
    }
    current = undefined;
    running = undefined;
  };
  return {
    note(id) {
      waiting.add(id);
      running ??= run();
    },
    pending: () => [...waiting, ...(current === undefined ? [] : [current])],
    async done() {
      while (running !== undefined) await running;
    },
  };
}

function isSame(one: ConversationSummary, other: ConversationSummary | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
