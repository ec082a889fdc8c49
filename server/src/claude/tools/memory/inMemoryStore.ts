/** Memories that last as long as the process. */
import { memoryRoot } from './memoryPath.ts';
import type { MemoryEntry, MemoryStore } from './memoryStore.ts';

/** Bytes of all files together, unless another limit is given. */
const defaultBytes = 10_000_000;

/** A store in memory. Directories are there as long as something lies in them. */
export interface InMemoryStore extends MemoryStore {
  /** The files by path, as they are now. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * @param files By path, such as `/memories/notes.md`.
 * @param maxBytes What all files may take together; writing more fails.
 */
export function createMemoryStore(
  files: Readonly<Record<string, string>> = {},
  maxBytes: number = defaultBytes,
): InMemoryStore {
  const texts = new Map(Object.entries(files));
  const below = (path: string) => [...texts].filter(([file]) => file.startsWith(`${path}/`));
  const find = (path: string): MemoryEntry | undefined => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const text = texts.get(path);
    if (text !== undefined) return { name, kind: 'file', size: Buffer.byteLength(text) };
    const inside = below(path);
    if (inside.length === 0 && path !== memoryRoot) return undefined;
    return { name, kind: 'directory', size: inside.reduce((sum, [, held]) => sum + Buffer.byteLength(held), 0) };
  };
  const move = (from: string, to: string): void => {
    const text = texts.get(from);
    if (text === undefined) return;
    texts.delete(from);
    texts.set(to, text);
  };
  return {
    files: texts,
    find,
    list(path) {
      const names = new Set(below(path).map(([file]) => file.slice(path.length + 1).split('/', 1)[0] ?? ''));
      return [...names].flatMap((name) => find(`${path}/${name}`) ?? []);
    },
    read: (path) => texts.get(path) ?? '',
    write(path, text) {
      const others = [...texts].reduce((sum, [file, held]) => sum + (file === path ? 0 : Buffer.byteLength(held)), 0);
      if (others + Buffer.byteLength(text) > maxBytes)
        throw new Error(`Error: There is no room for ${path}: delete something first.`);
      texts.set(path, text);
    },
    remove(path) {
      texts.delete(path);
      for (const [file] of below(path)) texts.delete(file);
    },
    rename(from, to) {
      for (const [file] of below(from)) move(file, `${to}${file.slice(from.length)}`);
      move(from, to);
    },
  };
}
