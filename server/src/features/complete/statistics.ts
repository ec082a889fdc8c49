/** What suggestions came to, of all windows together: kept on this machine only, a record for each session, the newest count. */

import * as z from 'zod';
import type { SuggestionStatistics } from '#shared/suggestions.ts';
import type { Journal, JournalEntry, Log } from '../../ports.ts';
import { Counts, noCounts, sumOf, toStatistics } from './counts.ts';

export interface Statistics {
  /** Changes the counts of this session; they are written some time later. */
  add(change: (counts: Counts) => void): void;
  read(): Promise<SuggestionStatistics>;
  /** Begins to count anew. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export interface StatisticsParts {
  readonly journal: Journal;
  readonly log: Log;
  now(): Date;
  /** Names this session. */
  random(): string;
}

const Session = z.object({ id: z.string().max(64), since: z.iso.datetime(), counts: Counts });
const Reset = z.object({ reset: z.iso.datetime() });

/** Milliseconds after which what was added is on the disk. */
const pause = 60_000;
/** Sessions that are remembered. */
const most = 400;
const mostFiles = 6;

export function createStatistics({ journal, log, now, random }: StatisticsParts): Statistics {
  const id = random();
  const sessions = new Map<string, z.infer<typeof Session>>();
  let own = { id, since: now().toISOString(), counts: noCounts() };
  let begun = '';
  let timer: NodeJS.Timeout | undefined;
  let isTidy = false;
  let isNew = false;
  const startAnew = (): void => {
    own = { id, since: now().toISOString(), counts: noCounts() };
  };
  const learn = ({ head }: JournalEntry): void => {
    const value = parsed(head);
    const reset = Reset.safeParse(value);
    if (reset.success && reset.data.reset > begun) begun = reset.data.reset;
    const session = Session.safeParse(value);
    if (session.success && session.data.id !== id) sessions.set(session.data.id, session.data);
  };
  const forget = (): void => {
    for (const [name, { since }] of sessions) if (since < begun) sessions.delete(name);
    for (const name of [...sessions.keys()].slice(0, Math.max(0, sessions.size - most))) sessions.delete(name);
    if (own.since < begun) startAnew();
  };
  const hear = async (): Promise<void> => {
    for (const entry of await journal.news()) learn(entry);
    forget();
    if (isTidy || (await journal.ownSize()).files <= mostFiles) return;
    isTidy = true;
    await journal.compact(
      ({ head }) => isWanted(parsed(head)),
      () => undefined,
    );
    // Its own records are gone as well.
    isNew = true;
  };
  /** Of each session the newest record; of resets the newest. */
  const isWanted = (value: unknown): boolean => {
    const reset = Reset.safeParse(value);
    if (reset.success) return reset.data.reset === begun;
    const session = Session.safeParse(value);
    return session.success && JSON.stringify(sessions.get(session.data.id)) === JSON.stringify(session.data);
  };
  const write = async (record: object): Promise<void> => {
    await journal.append([{ head: JSON.stringify(record), body: new Uint8Array() }]);
  };
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (!isNew) return;
    isNew = false;
    await write(own).catch((error: unknown) => log.warn(`the statistics could not be written: ${String(error)}`));
  };
  return {
    add(change) {
      change(own.counts);
      isNew = true;
      timer ??= setTimeout(() => void flush(), pause).unref();
    },
    async read() {
      await hear().catch((error: unknown) => log.warn(`the statistics could not be read: ${String(error)}`));
      const all = [...sessions.values(), own];
      const since = all.map((session) => session.since).sort()[0] ?? own.since;
      return toStatistics(sumOf(all.map(({ counts }) => counts)), since);
    },
    async reset() {
      begun = now().toISOString();
      sessions.clear();
      startAnew();
      isNew = false;
      await write({ reset: begun });
    },
    async close() {
      await flush();
      await journal.close();
    },
  };
}

function parsed(head: string): unknown {
  try {
    return JSON.parse(head);
  } catch {
    return undefined;
  }
}
