/** What is said in a turn, without all that is not text. */

/** The texts among the blocks of a turn. */
export function textsOf(blocks: unknown): readonly string[] {
  if (typeof blocks === 'string') return [blocks];
  if (!Array.isArray(blocks)) return [];
  return blocks.flatMap(({ type, text }: { readonly type?: unknown; readonly text?: unknown }) =>
    type === 'text' && typeof text === 'string' ? [text] : [],
  );
}
