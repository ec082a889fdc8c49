/** What chats cost in a day: of all windows and restarts together, kept in a journal, so that a limit cannot be escaped by a new window. */
import { nothingSpent, withAnswer } from '#shared/spent.ts';
import type { Journal, JournalEntry, Log, Spend } from '../ports.ts';

export interface SpendParts {
  readonly journal: Journal;
  readonly log: Log;
  now(): Date;
  /** Ids keep a record that was written anew from counting twice. */
  random(): string;
}

/** The day where the person is, such as `2026-03-01`. */
export function dayOf(date: Date): string {
  const part = (value: number, width: number) => String(value).padStart(width, '0');
  return [part(date.getFullYear(), 4), part(date.getMonth() + 1, 2), part(date.getDate(), 2)].join('-');
}

/** Files of earlier sessions that are put together. */
const mostFiles = 6;
/** Days before today that are kept: clocks and time zones of windows may differ. */
const keptDays = 2;

export function createSpend({ journal, log, now, random }: SpendParts): Spend & { close(): Promise<void> } {
  const records = new Map<string, SpendRecord>();
  const unwritten = new Set<SpendRecord>();
  const isKept = ({ day }: SpendRecord) => day >= dayOf(daysBefore(now(), keptDays));
  const learn = ({ head }: JournalEntry): void => {
    const record = read(head);
    if (record !== undefined && isKept(record) && !records.has(record.id)) records.set(record.id, record);
  };
  const hear = async (): Promise<void> => {
    for (const entry of await journal.news()) learn(entry);
  };
  const write = async (): Promise<void> => {
    const some = [...unwritten];
    await journal.append(some.map((record) => ({ head: written(record), body: new Uint8Array() })));
    for (const record of some) unwritten.delete(record);
  };
  /** With the first question: a new day begins with the records of the one before gone. */
  const tidy = async (): Promise<void> => {
    for (const record of records.values()) if (!isKept(record)) records.delete(record.id);
    if ((await journal.ownSize()).files <= mostFiles) return;
    await hear();
    await journal.compact(({ head }) => {
      const record = read(head);
      return record !== undefined && isKept(record);
    }, learn);
  };
  let tidied: string | undefined;
  const tidyOnce = async (day: string): Promise<void> => {
    if (tidied === day) return;
    tidied = day;
    await tidy().catch((error: unknown) => log.warn(`the record of what was spent was not tidied: ${String(error)}`));
  };
  return {
    async add(day, dollars, tokens) {
      const record = { id: random(), day, dollars, tokens };
      records.set(record.id, record);
      unwritten.add(record);
      await write().catch((error: unknown) => log.warn(`what was spent could not be written: ${String(error)}`));
    },
    async ofDay(day) {
      await tidyOnce(dayOf(now()));
      await hear();
      const some = [...records.values()].filter((record) => record.day === day);
      return some.reduce((sum, { dollars, tokens }) => withAnswer(sum, dollars, tokens), nothingSpent);
    },
    async close() {
      if (unwritten.size > 0)
        await write().catch((error: unknown) => log.warn(`what was spent could not be written: ${String(error)}`));
      await journal.close();
    },
  };
}

function daysBefore(date: Date, days: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - days);
}

interface SpendRecord {
  readonly id: string;
  readonly day: string;
  readonly dollars: number | undefined;
  readonly tokens: number;
}

function written({ id, day, dollars, tokens }: SpendRecord): string {
  return JSON.stringify([1, id, day, dollars ?? null, tokens]);
}

/** Undefined for what no Gloss has written: an amount below zero would give money back. */
function read(head: string): SpendRecord | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(head);
  } catch {
    return undefined;
  }
  if (!Array.isArray(fields)) return undefined;
  const [version, id, day, dollars, tokens]: readonly unknown[] = fields;
  if (version !== 1 || typeof id !== 'string' || typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day))
    return undefined;
  if (!(dollars === null || isAmount(dollars)) || !isAmount(tokens)) return undefined;
  return { id, day, dollars: dollars ?? undefined, tokens };
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
