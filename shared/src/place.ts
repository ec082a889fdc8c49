/** Where in a document: the LSP's own shapes (section "Text Documents"), zero-based, in UTF-16 code units. */
import * as z from 'zod';

const Index = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);
export const Position = z.strictObject({ line: Index, character: Index });
export type Position = z.infer<typeof Position>;

export const Range = z.strictObject({ start: Position, end: Position });
export type Range = z.infer<typeof Range>;

/** A document's URI as the editor spells it. Bounded, so that a hostile one cannot fill a log. */
export const Uri = z.string().min(1).max(4096);
