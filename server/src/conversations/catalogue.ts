/** The list of conversations: the newest that each process has noted. It is derived, and mended from the conversations. */
import type { ConversationSummary, Journal, JournalEntry } from '../ports.ts';
import type { Bounds } from './limits.ts';
import { folderIn, isConversationId, isCount, isTime, listIn, titleOf, usageFields, usageIn } from './values.ts';

/** A conversation as it was noted; without a summary it was removed. */
interface Line {
  readonly seq: number;
  readonly id: string;
  readonly summary: ConversationSummary | undefined;
}

export interface Catalogue {
  /** What others have noted since. */
  refresh(): Promise<void>;
  /** Undefined for what it does not know, and for what was removed. */
  get(id: string): ConversationSummary | undefined;
  isRemoved(id: string): boolean;
  knows(id: string): boolean;
  all(): readonly ConversationSummary[];
  removed(): readonly string[];
  put(summary: ConversationSummary): Promise<void>;
  /** For good: ids are never used again. */
  remove(id: string): Promise<void>;
  tidy(): Promise<void>;
  close(): Promise<void>;
}

export function createCatalogue(journal: Journal, now: () => Date, bounds: Bounds): Catalogue {
  const lines = new Map<string, Line>();
  let clock = 0;
  /** Since it was tidied, by this process. */
  let added = 0;
  const much = () => Math.max(bounds.listBytes, 1_000 * lines.size);
  const learn = (line: Line): void => {
    clock = Math.max(clock, line.seq);
    const known = lines.get(line.id);
    if (known !== undefined && known.summary === undefined) return;
    if (known === undefined || line.summary === undefined || line.seq > known.seq) lines.set(line.id, line);
  };
  const put = async (id: string, summary: ConversationSummary | undefined): Promise<void> => {
    clock = Math.max(clock + 1, now().getTime());
    const line = { seq: clock, id, summary };
    // Also when it cannot be written: it is true, and mended later.
    learn(line);
    const head = written(line);
    added += head.length;
    await journal.append([{ head, body: new Uint8Array() }]);
  };
  const refresh = async (): Promise<void> => {
    for (const { head } of await journal.news()) {
      const line = read(head);
      if (line !== undefined) learn(line);
    }
  };
  const isWanted = ({ head }: JournalEntry): boolean => {
    const line = read(head);
    const known = line === undefined ? undefined : lines.get(line.id);
    if (line === undefined || known === undefined || line.seq < known.seq) return false;
    return line.summary !== undefined || line.seq > now().getTime() - bounds.removed;
  };
  const catalogue: Catalogue = {
    refresh,
    get: (id) => lines.get(id)?.summary,
    isRemoved: (id) => lines.has(id) && lines.get(id)?.summary === undefined,
    knows: (id) => lines.has(id),
    all: () => [...lines.values()].flatMap(({ summary }) => summary ?? []),
    removed: () => [...lines.values()].flatMap(({ id, summary }) => (summary === undefined ? [id] : [])),
    async put(summary) {
      await put(summary.id, summary);
      if (added > much()) await catalogue.tidy();
    },
    remove: (id) => put(id, undefined),
    async tidy() {
      added = 0;
      const { files, bytes } = await journal.ownSize();
      if (files <= bounds.files && bytes <= much()) return;
      await refresh();
      await journal.compact(isWanted, () => undefined);
    },
    close: () => journal.close(),
  };
  return catalogue;
}

function written({ seq, id, summary }: Line): string {
  if (summary === undefined) return JSON.stringify(['removed', seq, id]);
  const { title, begun, changed, questions, usage, forkOf, folder } = summary;
  const fields = ['listed', seq, id, title, begun, changed, questions, usageFields(usage), forkOf ?? null];
  return JSON.stringify(folder === undefined ? fields : [...fields, folder]);
}

/** Undefined for what no Gloss has written. */
function read(text: string): Line | undefined {
  const [record, seq, id, title, begun, changed, questions, paid, forkOf, name] = listIn(text);
  if (!isCount(seq) || !isConversationId(id)) return undefined;
  if (record === 'removed') return { seq, id, summary: undefined };
  const usage = usageIn(paid);
  if (record !== 'listed' || typeof title !== 'string' || !isTime(begun) || !isTime(changed)) return undefined;
  if (!isCount(questions) || usage === undefined || !(forkOf === null || isConversationId(forkOf))) return undefined;
  const summary = { id, title: titleOf(title), begun, changed, questions, usage };
  const folder = folderIn(name);
  const more = { ...(forkOf === null ? {} : { forkOf }), ...(folder === undefined ? {} : { folder }) };
  return { seq, id, summary: { ...summary, ...more } };
}
