/** Files of pending hunks on our own disk: a folder for each workspace folder, a file for each document and session. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Disk, Log } from '../ports.ts';
import { keyOf } from './memory.ts';

const StoredHunk = z.object({
  id: z.string().max(64),
  group: z.string().max(64),
  action: z.string(),
  title: z.string(),
  instruction: z.string().optional(),
  before: z.string(),
  after: z.string(),
  growing: z.boolean(),
  place: z.enum(['buffer', 'aside']),
  state: z.enum(['proposed', 'conflicted']),
  reason: z.string().optional(),
  file: z.enum(['create', 'delete', 'rename']).optional(),
  to: z.string().optional(),
  warnings: z.array(z.string()),
  /** Names the text that it was last seen in, where that is not the record's. */
  text: z.string().optional(),
  anchor: z.object({ content: z.string(), lead: z.string(), trail: z.string(), start: z.int().min(0) }),
});
export type StoredHunk = z.infer<typeof StoredHunk>;
const StoredSheet = z.object({
  uri: z.string(),
  text: z.string(),
  hunks: z.array(StoredHunk),
  /** Hunks that the person has decided on, which a file that is still there may have. */
  settled: z.array(z.string()).default([]),
});
export type StoredSheet = z.infer<typeof StoredSheet>;

export interface Records {
  /** @returns its name. */
  create(folder: string, id: string, sheet: StoredSheet): Promise<string>;
  remove(name: string): Promise<void>;
  /** Those of a document, the newest first, as the disk has them now. */
  of(folder: string, uri: string): Promise<readonly Found[]>;
}

export interface Found {
  readonly name: string;
  readonly sheet: StoredSheet;
}

/** In one folder; the oldest beyond go. What they have was pending in a text that is long gone. */
const mostFiles = 2_000;
/** Of the number that a file's name begins with, so that names are in order. */
const digits = 8;
const isRecord = /^\d{8}-[0-9a-f]{32}-/;

export function createRecords(disk: Disk, log: Log): Records {
  const told = new Set<string>();
  const namesIn = async (folder: string): Promise<readonly string[]> =>
    (await disk.list(folder)).filter((name) => isRecord.test(name));
  const read = async (name: string, uri: string): Promise<readonly Found[]> => {
    const text = await disk.read(name);
    // Another window was faster.
    if (text === undefined) return [];
    const { success, data } = StoredSheet.safeParse(unsealed(text));
    if (success) return data.uri === uri ? [{ name, sheet: data }] : [];
    if (!told.has(name)) log.warn(`${name} could not be read; it is left where it is`);
    told.add(name);
    return [];
  };
  return {
    async create(folder, id, sheet) {
      const names = await namesIn(folder);
      const number = Number(names.at(-1)?.slice(0, digits) ?? 0) + 1;
      const name = `${folder}/${String(number).padStart(digits, '0')}-${nameOf(sheet.uri)}-${id}.json`;
      await disk.create(name, sealed(sheet));
      for (const old of names.slice(0, 1 - mostFiles)) await disk.remove(`${folder}/${old}`).catch(() => undefined);
      return name;
    },
    remove: (name) => disk.remove(name),
    async of(folder, uri) {
      const isOfIt = `-${nameOf(uri)}-`;
      const names = (await namesIn(folder)).filter((name) => name.startsWith(isOfIt, digits)).reverse();
      const found: Found[] = [];
      for (const name of names) found.push(...(await read(`${folder}/${name}`, uri)));
      return found;
    },
  };
}

/**
 * By the workspace folder that a document lies in: the same whichever other folders a window has. What lies in none is
 * apart for each set of folders.
 */
export function folderOf(uri: string, roots: readonly string[]): string {
  const isIn = (root: string) => uri === root || uri.startsWith(root.endsWith('/') ? root : `${root}/`);
  const [innermost] = roots.filter(isIn).sort((one, other) => other.length - one.length);
  return `pending/${nameOf(innermost ?? [...roots].sort().join('\n'))}`;
}

function nameOf(place: string): string {
  return createHash('sha256').update(place).digest('hex').slice(0, 32);
}

/** With a sum over it: a hunk that is put back at a wrong place would take away what stands there (threats R39). */
function sealed(sheet: StoredSheet): string {
  return JSON.stringify({ sum: keyOf(JSON.stringify(sheet)), sheet });
}

/** Undefined where it is not what was written. */
function unsealed(text: string | undefined): unknown {
  try {
    const { sum, sheet } = JSON.parse(text ?? '') as { readonly sum?: unknown; readonly sheet?: unknown }; // Compared next.
    return sum === keyOf(JSON.stringify(sheet)) ? sheet : undefined;
  } catch {
    // Not JSON: the schema says so.
    return undefined;
  }
}
