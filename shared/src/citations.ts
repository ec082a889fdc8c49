/**
 * Citations: a statement of an explanation and the lines that it speaks of, checked by the server. In the text a mark
 * stands where the statement ends; whoever builds Markdown draws it.
 */
import * as z from 'zod';
import { Uri } from './place.ts';

export const Citation = z.strictObject({
  /** Of its mark, counted from 1. */
  number: z.int().min(1),
  uri: Uri,
  /** Zero-based, in the document as it is now. */
  firstLine: z.int().min(0),
  lastLine: z.int().min(0),
  /**
   * `verified`: the lines are there and read as the model quoted them; `changed`: they did, and somebody changed them
   * since; `unverified`: they never did. Only the first is ever shown as a link.
   */
  state: z.enum(['verified', 'changed', 'unverified']),
});
export type Citation = z.infer<typeof Citation>;

/** What stands in a text for a citation. A model's own use of these brackets is taken away before (`withoutMarks`). */
export function markOf(number: number): string {
  return `⟦${number}⟧`;
}

/** Every mark, with its number as the first group. */
export const marks = /⟦(\d{1,6})⟧/g;

/** A model's text that cannot be taken for one with marks: its own brackets of this kind become plain ones. */
export function withoutMarks(text: string): string {
  return text.replaceAll('⟦', '[[').replaceAll('⟧', ']]');
}

/** How a mark is drawn: as text, linked where there is a `url`. Undefined: the mark goes. */
export type Cite = (number: number) => { readonly text: string; readonly url?: string } | undefined;
