/** One conversation on the disk: its journal, and the tree of what is in it. */
import type { ConversationSummary, Entry, EntryContent, Journal } from '../ports.ts';
import { packed, unpacked } from './body.ts';
import { headOf, type NameHead, read, written } from './heads.ts';
import { limits } from './limits.ts';
import { createTree, type Node, type Tree } from './tree.ts';

export interface Conversation {
  readonly id: string;
  readonly tree: Tree;
  /** What others have written since. */
  refresh(): Promise<void>;
  /** Entries, and a name where it gets one; they are kept in the order in which this is called. */
  append(entries: readonly Entry[], name?: NameHead): Promise<void>;
  /** Copies entries as they are, and names the conversation at the end. */
  copy(from: Conversation, nodes: readonly Node[], name: NameHead): Promise<void>;
  /** What entries say, some at a time; undefined for what cannot be read. */
  contents(nodes: readonly Node[]): AsyncGenerator<readonly (EntryContent | undefined)[]>;
  bodies(nodes: readonly Node[]): Promise<readonly (Uint8Array | undefined)[]>;
  summary(title?: string): ConversationSummary | undefined;
  /** Puts the files of processes that ended together. */
  tidy(files: number): Promise<void>;
  close(): Promise<void>;
}

export function createConversation(id: string, journal: Journal): Conversation {
  const tree = createTree();
  let packing: Promise<unknown> = Promise.resolve();
  const write = async (records: readonly { readonly head: string; readonly body: Uint8Array }[]): Promise<void> => {
    const places = await journal.append(records);
    for (const [index, { head }] of records.entries()) {
      const [found, place] = [read(head), places[index]];
      if (found !== undefined && place !== undefined) tree.learn(found, place);
    }
  };
  const conversation: Conversation = {
    ...{ id, tree },
    async refresh() {
      for (const { head, place } of await journal.news()) {
        const found = read(head);
        if (found !== undefined) tree.learn(found, place);
      }
    },
    async append(entries, name) {
      const heads = entries.map((entry) => written(headOf(entry, tree.nextSeq(Date.parse(entry.at)))));
      const bodies = packing.then(() => Promise.all(entries.map(({ content }) => packed(content))));
      packing = bodies.catch(() => undefined);
      const records = (await bodies).map((body, index) => ({ head: heads[index] ?? '', body }));
      const names = name === undefined ? [] : [{ head: written(name), body: new Uint8Array() }];
      await write([...names, ...records]);
    },
    async copy(from, nodes, name) {
      for (const some of portions(nodes)) {
        const bodies = await from.bodies(some);
        const records = some.flatMap(({ head }, index) => {
          const body = bodies[index];
          return body === undefined ? [] : [{ head: written({ ...head, isCopy: true }), body }];
        });
        await write(records);
      }
      await write([{ head: written(name), body: new Uint8Array() }]);
    },
    async *contents(nodes) {
      for (const some of portions(nodes)) {
        const bodies = await conversation.bodies(some);
        yield await Promise.all(bodies.map((body) => (body === undefined ? undefined : unpacked(body))));
      }
    },
    async bodies(nodes) {
      const bodies = await journal.bodies(nodes.map(({ place }) => place));
      if (!bodies.includes(undefined)) return bodies;
      // Another process may have written them anew elsewhere.
      await conversation.refresh();
      return journal.bodies(nodes.map(({ place }) => place));
    },
    summary: (title = 'Chat') => tree.summary(id, title),
    async tidy(files) {
      if ((await journal.ownSize()).files <= files) return;
      await journal.compact(
        () => true,
        ({ head }, place) => {
          const found = read(head);
          if (found !== undefined) tree.learn(found, place);
        },
      );
    },
    async close() {
      await packing;
      await journal.close();
    },
  };
  return conversation;
}

/** Some at a time, by their size on the disk. */
function* portions(nodes: readonly Node[]): Generator<readonly Node[]> {
  let [some, size]: [Node[], number] = [[], 0];
  for (const node of nodes) {
    some.push(node);
    size += node.place.size;
    if (size < limits.portion) continue;
    yield some;
    [some, size] = [[], 0];
  }
  if (some.length > 0) yield some;
}
