/** The heads of a conversation's records: all that the list and the tree need, small, so that thousands are read at once. */
import type { Usage } from '#shared/usage.ts';
import type { Entry, EntryContent } from '../ports.ts';
import {
  folderIn,
  isConversationId,
  isCount,
  isEntryId,
  isTime,
  listIn,
  titleOf,
  usageFields,
  usageIn,
} from './values.ts';

/** Of an entry; the record's body is its content. */
export interface EntryHead {
  readonly record: 'entry';
  /** Greater than that of every entry that was known when it was written: the time, unless a clock went back. */
  readonly seq: number;
  readonly id: string;
  readonly parent: string | undefined;
  readonly at: string;
  readonly kind: EntryContent['kind'];
  /** Copied from the conversation that this one was forked from: paid for there. */
  readonly isCopy: boolean;
  readonly usage: Usage | undefined;
}

/** What the conversation is called, and where it is from; the newest counts. No body. */
export interface NameHead {
  readonly record: 'name';
  readonly seq: number;
  readonly title: string;
  readonly begun: string;
  readonly forkOf: string | undefined;
  /** The name of the workspace folder that it was begun in. */
  readonly folder: string | undefined;
}

export type Head = EntryHead | NameHead;

const kinds = ['asked', 'answered', 'results', 'compacted', 'noted'] as const;

export function headOf({ id, parent, at, content }: Entry, seq: number): EntryHead {
  const usage = 'usage' in content ? content.usage : undefined;
  return { record: 'entry', seq, id, parent, at, kind: content.kind, isCopy: false, usage };
}

export function written(head: Head): string {
  if (head.record === 'name') {
    const { seq, title, begun, forkOf, folder } = head;
    return JSON.stringify(['name', seq, title, begun, forkOf ?? null, ...(folder === undefined ? [] : [folder])]);
  }
  const { seq, id, parent, at, kind, isCopy, usage } = head;
  const end = usage === undefined ? [] : [usageFields(usage)];
  return JSON.stringify([isCopy ? 'copy' : 'entry', seq, id, parent ?? null, at, kind, ...end]);
}

/** Undefined for what no Gloss has written. By hand: a schema takes three times as long, and there are thousands. */
export function read(text: string): Head | undefined {
  const [record, seq, ...fields] = listIn(text);
  if (!isCount(seq)) return undefined;
  if (record === 'name') {
    const [title, begun, forkOf, folder] = fields;
    if (typeof title !== 'string' || !isTime(begun) || !(forkOf === null || isConversationId(forkOf))) return undefined;
    return { record, seq, title: titleOf(title), begun, forkOf: forkOf ?? undefined, folder: folderIn(folder) };
  }
  const [id, parent, at, name, paid] = fields;
  const kind = kinds.find((one) => one === name);
  if (!(record === 'entry' || record === 'copy') || kind === undefined) return undefined;
  if (!isEntryId(id) || !(parent === null || isEntryId(parent)) || !isTime(at)) return undefined;
  const usage = usageIn(paid);
  if (paid !== undefined && usage === undefined) return undefined;
  return { record: 'entry', seq, id, parent: parent ?? undefined, at, kind, isCopy: record === 'copy', usage };
}
