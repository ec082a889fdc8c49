/** What is kept between sessions, and the log: Gloss's own place on the disk. */

/** Gloss's own storage: private to this person, below one folder. Names are relative and plain. */
export interface Disk {
  /** Writes a new file; an existing one is an error. */
  create(name: string, text: string): Promise<void>;
  read(name: string): Promise<string | undefined>;
  /** Names in a folder, sorted; empty where there is none. */
  list(folder: string): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
}

/**
 * Append-only records below one folder of Gloss's own storage. Each process writes files of its own, all processes see
 * all records.
 */
export interface Journal {
  /**
   * Records that this journal has not told of before, file by file in the order in which they were written; its own are
   * not among them. What is damaged or cannot be read is left out: it never hides the others.
   */
  news(): Promise<readonly JournalEntry[]>;
  /** Resolves when the records are safe on disk. @throws Refusal when they cannot be written; a later call may succeed. */
  append(records: readonly JournalRecord[]): Promise<readonly JournalPlace[]>;
  /** Undefined when it is not there (any more), or is damaged. */
  body(place: JournalPlace): Promise<Uint8Array | undefined>;
  /** The same for many, each file opened once. */
  bodies(places: readonly JournalPlace[]): Promise<readonly (Uint8Array | undefined)[]>;
  /**
   * Writes anew what is wanted of this process's files and of those that dead processes left, and removes them. Files
   * of living processes are left alone; a crash at any moment loses nothing. `moved` tells of each new place.
   */
  compact(
    isWanted: (entry: JournalEntry) => boolean,
    moved: (entry: JournalEntry, place: JournalPlace) => void,
  ): Promise<void>;
  /** How much of what is on disk this process could write anew. */
  ownSize(): Promise<{ readonly files: number; readonly bytes: number }>;
  close(): Promise<void>;
}

/** Journals side by side, each in a folder of its own below one of Gloss's own storage. */
export interface JournalShelf {
  /** Nothing is on the disk before the first record. */
  open(name: string): Journal;
  /** Names of all that are on the disk, sorted; none where they cannot be read. */
  names(): Promise<readonly string[]>;
  /** Removes a journal with all of its files. @throws Refusal when something of it is left. */
  remove(name: string): Promise<void>;
}

/** Bytes that mean something to who wrote them: `head` is read at once, `body` when it is needed. */
export interface JournalRecord {
  readonly head: string;
  readonly body: Uint8Array;
}

export interface JournalEntry {
  readonly head: string;
  readonly place: JournalPlace;
}

export interface JournalPlace {
  readonly file: string;
  /** Of the record, in bytes. */
  readonly offset: number;
  readonly size: number;
}

/** Never the key, a prompt or a document: sizes and ids. */
export interface Log {
  /** The text without keys: for whatever leaves by another way than the log, such as an error's message. */
  clean(text: string): string;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}
