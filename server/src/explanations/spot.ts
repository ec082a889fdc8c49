/** Where an explanation was when it was last seen in an open document: what is kept on disk of it. */
import * as z from 'zod';
import type { Range } from '#shared/place.ts';

const Line = z.int().min(0).max(10_000_000);
const Content = z.array(z.string()).readonly();
const StoredAnchor = z.object({
  content: Content,
  lead: z.array(z.string()).max(3).readonly(),
  trail: z.array(z.string()).max(3).readonly(),
  line: Line,
  copies: Line,
  twins: Line,
  twin: z.int().min(-1),
  shared: Content,
});

/** Some of the code in one line, counted from the first one: its first character, and the one behind the last. */
const Held = z.tuple([Line, Line, Line]).readonly();
export type Held = z.infer<typeof Held>;

export const Spot = z.object({
  /** Where it last read as it was explained. */
  anchor: StoredAnchor,
  /** How it read in the end, where that was different. */
  now: StoredAnchor.optional(),
  /** Where in that there was some of the code. */
  held: z.array(Held).max(500).readonly().optional(),
});
export type Spot = z.infer<typeof Spot>;

/** A citation where it was last seen. */
export interface Cited {
  readonly number: number;
  /** Undefined: the explained document. */
  readonly uri: string | undefined;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly state: 'verified' | 'changed' | 'unverified';
}

/** What is said of an explanation without looking at its document. */
export interface Standing {
  readonly uri: string;
  readonly dismissed: boolean;
  readonly range: Range;
  readonly state: 'current' | 'changed' | 'gone';
  readonly cited: readonly Cited[];
}
