/** Finds the document that says that it is the code to explain, and which of its blocks holds which line. */

export interface SentDocument {
  readonly text: string;
  /** One-based number of the first line. */
  readonly firstLine: number;
  readonly language: string;
  /** Its place among all documents of the request, as citations count them. */
  readonly index: number;
  readonly title: string | null;
  readonly blocks: readonly string[];
  readonly isCited: boolean;
}

/** The last document of part `code`. Blocks of a content document hold whole lines. */
export function sentDocumentIn(contents: readonly unknown[]): SentDocument | undefined {
  const documents = contents.flatMap((content) => (Array.isArray(content) ? content.filter(isDocument) : []));
  const index = documents.findLastIndex(({ context }) => /(?:^| )part="code"/.test(context ?? ''));
  const found = documents[index];
  if (found === undefined) return undefined;
  const context = found.context ?? '';
  const blocks = found.source.content.map(({ text }) => text);
  return {
    text: blocks.join('\n'),
    firstLine: Number(/ lines="(\d+)/.exec(context)?.[1] ?? 1),
    language: / language="([^"]*)"/.exec(context)?.[1] ?? 'unknown',
    index,
    title: found.title ?? null,
    blocks,
    isCited: found.citations?.enabled === true,
  };
}

interface ContentDocument {
  readonly title?: string | null;
  readonly context?: string | null;
  readonly citations?: { readonly enabled?: boolean } | null;
  readonly source: { readonly content: readonly { readonly text: string }[] };
}

/** With its text in blocks. */
function isDocument(block: unknown): block is ContentDocument {
  if (typeof block !== 'object' || block === null || !('source' in block)) return false;
  const { source } = block;
  return (
    typeof source === 'object' &&
    source !== null &&
    'content' in source &&
    Array.isArray(source.content) &&
    source.content.every((part: unknown) => typeof part === 'object' && part !== null && 'text' in part)
  );
}
