/** How much is kept and held: one table of all bounds of the store (threats R46). */
export const limits = {
  /** Bytes of one entry as it is written: what a request to the service may carry passes, deflated. */
  entry: 15_000_000,
  /** UTF-16 code units of one entry's JSON. */
  text: 48_000_000,
  /** Conversations whose heads are held in memory. */
  open: 8,
  /** Entries of one conversation; what is beyond is not read. */
  entries: 200_000,
  /** Conversations that were begun and have no entry yet. */
  begun: 100,
  /** Bytes of entries that are read at a time, as they are on the disk. */
  portion: 4_000_000,
  /** Entries that a search gives, and those of one conversation among them. */
  found: 200,
  foundEach: 20,
  /** UTF-16 code units of an excerpt, and of a title. */
  excerpt: 160,
  title: 160,
} as const;

/** What decides when files are put together. */
export interface Bounds {
  /** Conversations whose heads are held in memory. */
  readonly open: number;
  /** More files of a conversation, or of the list, are put together. */
  readonly files: number;
  /** Bytes of the list's files beside which nothing is tidied. */
  readonly listBytes: number;
  /** Milliseconds for which it is known that a conversation was removed: nothing brings it back. */
  readonly removed: number;
  /** Milliseconds after the first look at the list. */
  readonly tidy: number;
}

export const usualBounds: Bounds = {
  open: limits.open,
  files: 6,
  listBytes: 100_000,
  removed: 90 * 24 * 3_600_000,
  tidy: 30_000,
};
