/** Conversations: kept on disk, append-only; what is acknowledged is there, whatever happens to processes and files (threats R38 to R41). */
import {
  type ConversationSummary,
  type Conversations,
  type FoundEntry,
  type JournalShelf,
  type Log,
  Refusal,
} from '../ports.ts';
import { createCatalogue } from './catalogue.ts';
import type { Conversation } from './conversation.ts';
import type { NameHead } from './heads.ts';
import { type Bounds, limits, usualBounds } from './limits.ts';
import { createNoting } from './noting.ts';
import { storedOf } from './reading.ts';
import { foundIn, wordsIn } from './search.ts';
import { createShelf } from './shelf.ts';
import { folderIn, isConversationId, noUsage, titleOf } from './values.ts';

export interface ConversationsParts {
  /** One journal for each conversation, and one for the list. */
  readonly journals: JournalShelf;
  readonly log: Log;
  now(): Date;
  /** Eight bytes or more, in hexadecimal digits. */
  random(): string;
  readonly bounds?: Bounds;
}

export function createConversations(parts: ConversationsParts): Conversations {
  const { journals, log, now, bounds = usualBounds } = parts;
  const catalogue = createCatalogue(journals.open('index'), now, bounds);
  const shelf = createShelf(journals, bounds.open);
  const noting = createNoting(shelf, catalogue, log);
  const begun = new Map<string, NameHead>();

  const nameFor = (title: string, { forkOf, folder }: Pick<ConversationSummary, 'forkOf' | 'folder'>): NameHead => {
    const time = now();
    return {
      record: 'name',
      seq: time.getTime(),
      title: titleOf(title),
      begun: time.toISOString(),
      forkOf,
      folder: folderIn(folder),
    };
  };
  /** With what others have written; undefined where there is none. */
  const reading = async <Result>(
    id: string,
    act: (conversation: Conversation, summary: ConversationSummary) => Promise<Result>,
  ): Promise<Result | undefined> => {
    if (!isConversationId(id)) return undefined;
    await catalogue.refresh();
    if (catalogue.isRemoved(id)) return undefined;
    return shelf.use(id, async ({ conversation, load }) => {
      await load();
      await conversation.refresh();
      const summary = conversation.summary(catalogue.get(id)?.title);
      return summary === undefined ? undefined : act(conversation, summary);
    });
  };
  /** Nothing that was removed comes back: what was written in the same moment goes, too. */
  const orGone = async (id: string): Promise<void> => {
    if (!catalogue.isRemoved(id)) return;
    await shelf.leave(id);
    await journals.remove(id).catch(() => undefined);
    throw gone();
  };
  const write: Conversations['append'] = (id, entries) =>
    shelf.use(id, async ({ conversation, inTurn, load }) => {
      const first = await inTurn(async () => {
        await catalogue.refresh();
        await load();
        if (catalogue.isRemoved(id)) throw gone();
        const name = conversation.tree.name === undefined ? begun.get(id) : undefined;
        if (name === undefined && conversation.summary() === undefined) throw gone();
        return name;
      });
      await conversation.append(entries, first);
      begun.delete(id);
      await orGone(id);
      noting.note(id);
    });
  const sweep = async (): Promise<void> => {
    await catalogue.refresh();
    const left = (await journals.names()).filter((name) => catalogue.isRemoved(name));
    for (const id of left) await journals.remove(id).catch((error: unknown) => log.warn(String(error)));
    await catalogue.tidy();
  };
  let sweeping: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const sweepLater = (): void => {
    timer ??= setTimeout(() => {
      sweeping = sweep().catch((error: unknown) => log.warn(`conversations were not tidied: ${String(error)}`));
    }, bounds.tidy).unref();
  };
  const list = async (): Promise<readonly ConversationSummary[]> => {
    sweepLater();
    await catalogue.refresh();
    const unlisted = (await journals.names()).filter((name) => isConversationId(name) && !catalogue.knows(name));
    const unsure = new Set([...unlisted, ...noting.pending()]);
    const found: ConversationSummary[] = [];
    for (const id of unsure) {
      const summary = await reading(id, (_conversation, its) => Promise.resolve(its));
      if (summary === undefined) continue;
      found.push(summary);
      noting.note(id);
    }
    return [...catalogue.all().filter(({ id }) => !unsure.has(id)), ...found].sort(
      (one, other) => compare(other.changed, one.changed) || compare(other.id, one.id),
    );
  };
  return {
    list,
    async search(text, signal) {
      const words = wordsIn(text);
      const all: FoundEntry[] = [];
      for (const { id } of words.length === 0 ? [] : await list()) {
        signal.throwIfAborted();
        const found = await reading(id, (conversation, summary) => foundIn(conversation, summary, words, signal));
        all.push(...(found ?? []));
        if (all.length >= limits.found) break;
      }
      return all.slice(0, limits.found);
    },
    begin(title, folder) {
      const id = parts.random();
      if (!isConversationId(id)) throw new TypeError('An id of a conversation is hexadecimal digits.');
      const [oldest] = begun.keys();
      if (begun.size >= limits.begun && oldest !== undefined) begun.delete(oldest);
      begun.set(id, nameFor(title, folder === undefined ? {} : { folder }));
      return id;
    },
    async open(id, entry) {
      const name = begun.get(id);
      if (name !== undefined) return { summary: { id, ...emptySummary(name) }, entries: [] };
      return reading(id, async (conversation) => {
        const stored = await storedOf(conversation, catalogue.get(id)?.title, entry);
        noting.note(id);
        await conversation
          .tidy(bounds.files)
          .catch((error: unknown) => log.warn(`conversation ${id} was not tidied: ${String(error)}`));
        return stored;
      });
    },
    async append(id, entries) {
      if (!isConversationId(id)) throw gone();
      if (entries.length > 0) await write(id, entries);
    },
    async rename(id, title) {
      const name = begun.get(id);
      if (name !== undefined) begun.set(id, { ...name, title: titleOf(title) });
      if (name !== undefined) return;
      const renamed = await reading(id, async (conversation, { begun: since, forkOf, folder }) => {
        const seq = conversation.tree.nextSeq(now().getTime());
        await conversation.append([], { record: 'name', seq, title: titleOf(title), begun: since, forkOf, folder });
        await orGone(id);
        noting.note(id);
        return true;
      });
      if (renamed === undefined) throw gone();
    },
    async remove(id) {
      begun.delete(id);
      if (!isConversationId(id)) return;
      // First for good, then the files: killed in between, the rest is swept later.
      await catalogue.remove(id);
      await shelf.leave(id);
      await journals.remove(id);
    },
    fork: (id, entry) =>
      reading(id, async (conversation, summary) => {
        const node = conversation.tree.get(entry);
        if (node === undefined) return undefined;
        const nodes = conversation.tree.wayTo(node).map((step) => step.node);
        const copy = parts.random();
        await shelf.use(copy, (used) =>
          used.conversation.copy(conversation, nodes, nameFor(summary.title, { ...summary, forkOf: id })),
        );
        noting.note(copy);
        return copy;
      }),
    async close() {
      clearTimeout(timer);
      await sweeping;
      await noting.done();
      await shelf.close();
      await catalogue.close();
    },
  };
}

function emptySummary({ title, begun, folder }: NameHead): Omit<ConversationSummary, 'id'> {
  return { title, begun, changed: begun, questions: 0, usage: noUsage, ...(folder === undefined ? {} : { folder }) };
}

function gone(): Refusal {
  return new Refusal('This conversation was removed. Begin a new one.', 'removed');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
