/** Checks what a model cites against what it was sent: the document, the range, and the words. Pure. */
import type { MaterialLine } from './documents.ts';
import type { Sent, SentBlock } from './sent.ts';

/** Lines of one document that follow each other, as they were sent. */
export interface Cited {
  readonly lines: readonly [MaterialLine, ...MaterialLine[]];
  /** The model quotes them as they were sent. */
  readonly isQuoted: boolean;
}

interface BlockLocation {
  readonly cited_text: string;
  readonly document_index: number;
  readonly start_block_index: number;
  /** The first block that is not cited any more (API, "Citations"). */
  readonly end_block_index: number;
}

function isLocation(citation: unknown): citation is BlockLocation {
  if (typeof citation !== 'object' || citation === null) return false;
  // What the service sends may be anything.
  const fields = citation as Readonly<Partial<Record<string, unknown>>>;
  return (
    fields['type'] === 'content_block_location' &&
    typeof fields['cited_text'] === 'string' &&
    [fields['document_index'], fields['start_block_index'], fields['end_block_index']].every(isIndex)
  );
}

function isIndex(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** The lines that a citation names; several where they do not follow each other, none where it names nothing that was sent. */
export function citedIn(citation: unknown, sent: Sent): readonly Cited[] {
  if (!isLocation(citation)) return [];
  const { document_index: index, start_block_index: start, end_block_index: end, cited_text: quote } = citation;
  const blocks = sent[index] ?? [];
  const isInside = start < end && end <= blocks.length;
  // What is outside names some place of the document all the same: the reader is told that it does not hold.
  const named = isInside ? blocks.slice(start, end) : blocks.slice(0, 1);
  const isQuoted = isInside && quotes(quote, named);
  return runsOf(named.flatMap(({ lines }) => lines)).map((lines) => ({ lines, isQuoted }));
}

/** Whether the quote is these blocks, with any white space between and around them. */
function quotes(quote: string, blocks: readonly SentBlock[]): boolean {
  let rest = quote.trim();
  for (const { text } of blocks) {
    const words = text.trim();
    if (!rest.startsWith(words)) return false;
    rest = rest.slice(words.length).trimStart();
  }
  return rest === '';
}

/** Lines that follow each other, without blank ones at their ends. */
function runsOf(lines: readonly MaterialLine[]): readonly Cited['lines'][] {
  const runs: MaterialLine[][] = [];
  for (const line of lines) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && last.uri === line.uri && last.line + 1 === line.line) runs.at(-1)?.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run) => {
    const from = run.findIndex(({ text }) => text.trim() !== '');
    const [first, ...others] = run.slice(from, run.findLastIndex(({ text }) => text.trim() !== '') + 1);
    return first === undefined || from < 0 ? [] : [[first, ...others] as const];
  });
}
