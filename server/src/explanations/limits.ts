/** How much is kept: one table of all bounds of the store (threats R46). */
export const limits = {
  /** The oldest that were dismissed go first, then the oldest. */
  records: 20_000,
  /** Bytes on disk. */
  bytes: 200_000_000,
  /** Bytes of one record before it is deflated. */
  record: 8_000_000,
  /** UTF-16 code units of records that are kept in memory because they were read a moment ago. */
  cached: 8_000_000,
  /** Changes of an open document that an answer on its way can be followed through. */
  changes: 200,
  /** Citations of one explanation. */
  citations: 1_000,
} as const;

/** Milliseconds. */
export const pauses = {
  /** Typing in a row is told of once. */
  tell: 150,
  tellAtLast: 1_000,
  /** Places that moved are written once. */
  keep: 2_000,
  keepAtLast: 60_000,
  /** Files are tidied when nobody waits. */
  tidy: 30_000,
} as const;

/** What decides what is dropped and tidied. */
export interface Bounds {
  readonly records: number;
  readonly bytes: number;
  /** More files are put together. */
  readonly files: number;
  /** Milliseconds. */
  readonly tidy: number;
}

export const usualBounds: Bounds = { records: limits.records, bytes: limits.bytes, files: 6, tidy: pauses.tidy };
