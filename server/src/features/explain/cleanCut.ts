/** The beginning of a text as it may leave: of a secret that is cut nobody knows what it is, so more is cleaned than is sent. Pure. */
import type { Cleaned } from '../../ports.ts';

/** A secret that is longer is known by so much of it. In UTF-16 code units. */
export const behindCut = 1_000;

/** @param length of the beginning, in UTF-16 code units. */
export async function cleanCut(
  text: string,
  length: number,
  clean: (text: string) => Promise<Cleaned>,
): Promise<Cleaned> {
  if (text.length <= length) return clean(text);
  const begun = text.slice(0, length + behindCut);
  const cleaned = await clean(begun);
  const sent = cleaned.text.slice(0, length).toWellFormed();
  return { text: sent, replaced: sent === text.slice(0, length).toWellFormed() ? [] : cleaned.replaced };
}
