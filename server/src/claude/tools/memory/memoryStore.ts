/** Where memories are kept: what the memory tool needs of it. */

/** A file or directory. */
export interface MemoryEntry {
  /** The last part of its path. */
  readonly name: string;
  /** What it is. */
  readonly kind: 'file' | 'directory';
  /** Bytes; of a directory, as the store sees it. */
  readonly size: number;
}

type MaybeLater<Value> = Value | Promise<Value>;

/**
 * Files below `/memories`. Paths are absolute, with `/`, and have been checked: they name `/memories` or something
 * below it, without `.`, `..`, empty or encoded parts. A store on a disk has to look behind links by itself: none may
 * lead out. Calls come one after the other.
 */
export interface MemoryStore {
  /** What lies there; undefined for nothing. `/memories` itself is always a directory. */
  find(path: string): MaybeLater<MemoryEntry | undefined>;
  /** What lies directly in a directory. */
  list(path: string): MaybeLater<readonly MemoryEntry[]>;
  /** The text of a file. */
  read(path: string): MaybeLater<string>;
  /** Makes or replaces a file, and the directories that it needs. */
  write(path: string, text: string): MaybeLater<void>;
  /** Removes a file, or a directory with all that is in it. */
  remove(path: string): MaybeLater<void>;
  /** Moves a file or directory to a place where nothing is, and makes the directories that it needs. */
  rename(from: string, to: string): MaybeLater<void>;
}
