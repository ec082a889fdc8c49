/** Where the blocks of a request's documents stand: what a citation can name. Pure. */
import type { DocumentParam, MessageRequest } from '../../claude/index.ts';
import type { Source } from '../../ports.ts';
import type { MaterialLine } from './documents.ts';

/** A block as it was sent. Without lines it is no code of a document, and nothing to cite. */
export interface SentBlock {
  readonly text: string;
  readonly lines: readonly MaterialLine[];
}

/** The blocks of each document, by the indexes that citations use. */
export type Sent = readonly (readonly SentBlock[])[];

/** Lines of these were in no document as they were sent, or are not there any more. */
const uncitable: ReadonlySet<string> = new Set(['problem', 'problems', 'before', 'terminal']);

/** @param sources those of the request, in the order of its documents: each names the lines that these hold. */
export function sentIn({ messages }: MessageRequest, sources: readonly Source[]): Sent {
  const documents = messages.flatMap(({ role, content }) =>
    role === 'user' && typeof content !== 'string' ? content.filter(({ type }) => type === 'document') : [],
  );
  const places = placesOf(sources);
  let next = 0;
  return documents.map((document) => {
    const { context, source } = document as DocumentParam; // By its type.
    const part = /^part="([^"]*)"/.exec(context ?? '')?.[1] ?? '';
    while (next < places.length && places[next]?.part !== part) next++;
    return blocksIn(source).map((text) => {
      const lines: MaterialLine[] = [];
      for (const line of text.split('\n')) {
        const place = places[next];
        if (place?.part !== part) break;
        lines.push({ uri: place.uri, line: place.line, text: line });
        next++;
      }
      return { text, lines: uncitable.has(part) ? [] : lines };
    });
  });
}

function placesOf(sources: readonly Source[]) {
  return sources.flatMap(({ uri, firstLine, lastLine, part }) =>
    Array.from({ length: lastLine - firstLine + 1 }, (_, index) => ({ uri, part, line: firstLine + index })),
  );
}

function blocksIn(source: DocumentParam['source']): readonly string[] {
  if (source.type !== 'content' || typeof source.content === 'string') return [];
  return source.content.map((block) => (block.type === 'text' ? block.text : ''));
}
