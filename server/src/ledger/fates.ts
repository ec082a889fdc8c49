/** What became of a chat's edits, kept on our own disk: whoever goes on with the chat after a restart has the model told as well. */
import * as z from 'zod';
import { keepNewest } from '#shared/newest.ts';
import type { Disk, Log } from '../ports.ts';
import type { Room, Sheet } from './room.ts';
import type { Tracked } from './tracked.ts';

const Fates = z.object({
  group: z.string().max(64),
  hunks: z
    .array(
      z.object({
        ...{ id: z.string().max(64), text: z.string() },
        /** What it has made of its file; absent where that was not kept, or it made nothing. */
        change: z
          .object({ uri: z.string().max(4_096), added: z.int().min(0), removed: z.int().min(0) })
          .optional()
          .catch(undefined),
      }),
    )
    .max(10_000),
});
type Fates = z.infer<typeof Fates>;
type Fate = Fates['hunks'][number];

export interface FateStore {
  /** The hunks of a document have changed. Written soon. */
  keep(sheet: Sheet): void;
  /** Reads what is kept of these groups. */
  recall(groups: readonly string[]): Promise<void>;
  /** Of earlier sessions, as far as it was recalled. */
  of(group: string): readonly Fate[];
  /** Writes what waits. */
  flush(): Promise<void>;
}

export interface FateParts {
  readonly room: Room;
  readonly disk: Disk;
  readonly log: Log;
  /** A paragraph for the model. */
  textOf(hunk: Tracked, sheet: Sheet): string;
  /** What it has made of its file; undefined for nothing. */
  changeOf(hunk: Tracked, sheet: Sheet): Fate['change'];
}

const folder = 'fates';
/** The oldest beyond go: chats that nobody has gone on with for long. */
const mostFiles = 1_000;
/** Groups, in memory. */
const mostKnown = 10_000;
const digits = 8;
/** Milliseconds: what the person makes of an edit letter by letter is written once. */
const pause = 2_000;

export function createFates({ room, disk, log, textOf, changeOf }: FateParts): FateStore {
  const recalled = new Map<string, Fate[]>();
  /** By document and group: the file, and what it says. */
  const written = new Map<string, { readonly name: string | undefined; readonly says: string }>();
  const waiting = new Set<Sheet>();
  let isLate = false;
  let last = Promise.resolve();
  const write = async (sheet: Sheet): Promise<void> => {
    const chats = sheet.hunks.filter(({ origin }) => origin.action === 'chat');
    for (const [group, hunks] of Map.groupBy(chats, (hunk) => hunk.group)) {
      const settled = hunks.filter(isSettled);
      const says = JSON.stringify(settled.map((hunk) => [hunk.id, hunk.state, hunk.reason, keptBy(hunk, sheet)]));
      const key = `${sheet.uri}\n${group}`;
      const before = written.get(key);
      if (says === (before?.says ?? '[]')) continue;
      const fates = settled.map((hunk) => ({ id: hunk.id, text: textOf(hunk, sheet), change: changeOf(hunk, sheet) }));
      const name = fates.length === 0 ? undefined : await put({ group, hunks: fates });
      written.delete(key);
      written.set(key, { name, says });
      keepNewest(written, mostKnown);
      if (before?.name !== undefined) await disk.remove(before.name);
    }
  };
  const put = async (fates: Fates): Promise<string> => {
    const names = await disk.list(folder);
    const number = Number(names.at(-1)?.slice(0, digits) ?? 0) + 1;
    const name = `${folder}/${String(number).padStart(digits, '0')}-${fates.group}-${room.parts.random()}.json`;
    await disk.create(name, JSON.stringify(fates));
    for (const old of names.slice(0, 1 - mostFiles)) await disk.remove(`${folder}/${old}`).catch(() => undefined);
    return name;
  };
  const drain = (): Promise<void> => {
    last = last.then(async () => {
      const now = [...waiting];
      waiting.clear();
      for (const sheet of now)
        await write(sheet).catch((error: unknown) => log.error('what became of edits could not be kept', error));
    });
    return last;
  };
  return {
    keep(sheet) {
      if (!sheet.hunks.some(({ origin }) => origin.action === 'chat')) return;
      waiting.add(sheet);
      if (isLate) return;
      isLate = true;
      void room.parts.wait(pause).then(() => {
        isLate = false;
        return drain();
      });
    },
    async recall(groups) {
      const wanted = new Set(groups.filter((group) => !recalled.has(group)));
      for (const group of wanted) recalled.set(group, []);
      keepNewest(recalled, mostKnown);
      for (const name of wanted.size === 0 ? [] : await disk.list(folder)) {
        const group = name.split('-')[1] ?? '';
        const fates = wanted.has(group) ? readFates(await disk.read(`${folder}/${name}`)) : undefined;
        if (fates?.group === group) recalled.get(group)?.push(...fates.hunks);
      }
    },
    of: (group) => recalled.get(group) ?? [],
    flush: () => drain(),
  };
}

function isSettled({ state, growing, stopped }: Tracked): boolean {
  return !growing && (state === 'accepted' || state === 'edited' || (state === 'rejected' && !stopped));
}

/** What the developer made of it. */
function keptBy({ state, span }: Tracked, { text }: Sheet): string {
  return state === 'edited' ? text.slice(span.start, span.end) : '';
}

/** Undefined where it is not whole. */
function readFates(text: string | undefined): Fates | undefined {
  try {
    return Fates.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}
