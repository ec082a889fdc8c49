/** All of a change or nothing of it: what was done is looked at part by part, and taken back when one is missing (threats R36). */

/** A document or a file of a change. */
export interface Part {
  /** As a person knows it. */
  readonly name: string;
  /** Whether it is now as the change wants it. */
  isDone(): Promise<boolean>;
  /** Makes it what it was; false when that cannot be done any more. */
  undo(): Promise<boolean>;
}

/** `none`: nothing was done at all. `undone`: some of it was, and is no more. `stuck`: these parts could not be taken back. */
export type Outcome =
  | { readonly kind: 'all' | 'none' | 'undone' }
  | { readonly kind: 'stuck'; readonly names: readonly string[] };

/** Performs a change of many parts, of which any may fail, throw, or be left out without a word. Never throws. */
export async function allOrNothing(perform: () => Promise<unknown>, parts: readonly Part[]): Promise<Outcome> {
  await orFalse(perform);
  const done: Part[] = [];
  for (const part of parts) if (await orFalse(part.isDone)) done.push(part);
  if (done.length === parts.length) return { kind: 'all' };
  if (done.length === 0) return { kind: 'none' };
  const stuck: string[] = [];
  for (const part of done.reverse()) if (!(await orFalse(part.undo))) stuck.push(part.name);
  return stuck.length === 0 ? { kind: 'undone' } : { kind: 'stuck', names: stuck };
}

/** What a failing part says of itself does not matter: what is there is looked at. */
async function orFalse(run: () => Promise<unknown>): Promise<boolean> {
  try {
    return (await run()) !== false;
  } catch {
    return false;
  }
}
