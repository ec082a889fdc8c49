/** What chats cost in a day, over all windows and restarts. */
import type { Spent } from '#shared/spent.ts';

export interface Spend {
  /**
   * Counts at once; resolves when it is on disk. What cannot be written is tried again with the next, and counts
   * meanwhile.
   * @param day where the person is, such as `2026-03-01`.
   */
  add(day: string, dollars: number | undefined, tokens: number): Promise<void>;
  /** Also what other windows have written up to now. */
  ofDay(day: string): Promise<Spent>;
}
