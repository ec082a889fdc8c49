/** Puts what happens on the disk, in its order, before anything goes on. */
import type { Answer, Conversations, Entry, EntryContent } from '../ports.ts';
import { paidFor } from './paid.ts';
import { type ToldHere, toldIn } from './told.ts';

export interface Recorder {
  readonly entries: readonly Entry[];
  /** What the model knows of its edits: what is told goes with the next entry that is sent. */
  readonly told: Pick<ToldHere, 'get' | 'set'>;
  /** Those that are on the disk: nothing else is shown to anybody. */
  readonly kept: readonly Entry[];
  /** The id that the next answer will have: what comes of it is named by it already. */
  readonly coming: string;
  /** Resolves when it is on the disk. @throws Refusal when it cannot be written. */
  record(content: EntryContent): Promise<void>;
  /** Goes on from an earlier entry, or anew: what came behind it stays where it is, on another branch. */
  goBackTo(entry: string | null): boolean;
}

export interface RecorderParts {
  readonly id: string;
  readonly conversations: Pick<Conversations, 'append'>;
  readonly newId: () => string;
  readonly now: () => Date;
  /** It is on the disk. */
  onEntry(entry: Entry): void;
}

export function createRecorder(stored: readonly Entry[], parts: RecorderParts): Recorder {
  let entries: Entry[] = [...stored];
  let told = toldIn(entries);
  const onTheWay = new Set<Entry>();
  let coming = parts.newId();
  const idFor = ({ kind }: EntryContent): string => {
    const id = kind === 'answered' ? coming : parts.newId();
    if (kind === 'answered') coming = parts.newId();
    return id;
  };
  return {
    get entries() {
      return entries;
    },
    get told() {
      return told;
    },
    get kept() {
      const at = onTheWay.size === 0 ? -1 : entries.findIndex((entry) => onTheWay.has(entry));
      return at < 0 ? entries : entries.slice(0, at);
    },
    get coming() {
      return coming;
    },
    async record(given) {
      const isSent = given.kind === 'asked' || given.kind === 'results';
      const content = isSent ? { ...given, ...told.take() } : given;
      const entry: Entry = { id: idFor(content), parent: entries.at(-1)?.id, at: parts.now().toISOString(), content };
      entries.push(entry);
      onTheWay.add(entry);
      await parts.conversations.append(parts.id, [entry]).finally(() => onTheWay.delete(entry));
      parts.onEntry(entry);
    },
    goBackTo(id) {
      if (id === null) entries = [];
      if (id === null) told = toldIn(entries);
      const at = entries.findIndex((entry) => entry.id === id);
      if (at < 0) return id === null;
      entries = entries.slice(0, at + 1);
      told = toldIn(entries);
      return true;
    },
  };
}

/** An answer's part of its entry. */
export function answeredBy(answer: Answer, model: string): Omit<Extract<EntryContent, { kind: 'answered' }>, 'turn'> {
  const { receipt, demo, message } = answer;
  return { kind: 'answered', model, stopReason: String(message.stop_reason), usage: paidFor(answer), receipt, demo };
}
