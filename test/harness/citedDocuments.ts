/** The documents of a request as a model sees them, and citations of them: right ones, and wrong ones of every kind. */

export interface SeenDocument {
  readonly part: string;
  readonly index: number;
  readonly blocks: readonly string[];
}

export interface Planted {
  readonly kind: string;
  readonly citation: unknown;
}

/** In the order in which citations count them. */
export function documentsIn(messages: readonly unknown[]): readonly SeenDocument[] {
  // The server under test made them: a test that expects others fails.
  const turns = messages as readonly {
    content: readonly { context?: string; source?: { content: { text: string }[] } }[];
  }[];
  return turns
    .flatMap(({ content }) => (typeof content === 'string' ? [] : content))
    .flatMap(({ context = '', source }) => (source === undefined ? [] : [{ context, source }]))
    .map(({ context, source }, index) => ({
      part: /part="([^"]*)"/.exec(context)?.[1] ?? '',
      index,
      blocks: source.content.map(({ text }) => text),
    }));
}

/** A citation of some blocks, as the service makes it. */
export function citing({ index, blocks }: SeenDocument, start: number, end = start + 1, change: object = {}): unknown {
  return {
    type: 'content_block_location',
    cited_text: blocks.slice(start, end).join(''),
    document_index: index,
    document_title: null,
    start_block_index: start,
    end_block_index: end,
    ...change,
  };
}

/** Everything that can be wrong with a citation of the block `at`. */
export function plantedIn(documents: readonly SeenDocument[], document: SeenDocument, at: number): readonly Planted[] {
  const { blocks } = document;
  const count = blocks.length;
  const quote = blocks[at] ?? '';
  const other = blocks.findIndex((text) => text.trim() !== quote.trim());
  const wrong = (kind: string, change: object) => ({ kind, citation: citing(document, at, at + 1, change) });
  return [
    wrong('an unknown document', { document_index: documents.length }),
    wrong('a negative document', { document_index: -1 }),
    wrong('no document', { document_index: undefined }),
    wrong('not a number', { start_block_index: null }),
    wrong('a fraction', { start_block_index: at + 0.5 }),
    wrong('a number as text', { start_block_index: String(at) }),
    wrong('a negative start', { start_block_index: -1 }),
    wrong('outside', { start_block_index: count, end_block_index: count + 1 }),
    wrong('an end outside', { end_block_index: count + 1 }),
    wrong('a right start and an end outside', {
      ...{ start_block_index: count - 1, end_block_index: count + 1 },
      cited_text: blocks[count - 1],
    }),
    wrong('far outside', { start_block_index: 1e15, end_block_index: 1e15 + 1 }),
    wrong('reversed', { start_block_index: at + 1, end_block_index: at }),
    wrong('empty', { end_block_index: at }),
    wrong('without an end', { end_block_index: undefined }),
    wrong('the right quote at a wrong place', { start_block_index: other, end_block_index: other + 1 }),
    wrong('the quote of another place', { cited_text: blocks[other] }),
    wrong('a quote with another letter', { cited_text: quote.replace(/\w(?=\W*$)|\S(?=\s*$)/, '¤') }),
    wrong('a part of the lines', { cited_text: quote.trim().slice(0, -1) }),
    wrong('more than the lines', { cited_text: `${quote} and more` }),
    wrong('other white space inside', { cited_text: quote.trim().replace(/ |$/, '  x') }),
    wrong('an empty quote', { cited_text: '' }),
    wrong('no quote', { cited_text: undefined }),
    wrong('too many lines', { start_block_index: 0, end_block_index: count }),
    wrong('a type of its own', { type: 'verified_location' }),
    wrong('lines by character', { type: 'char_location', start_char_index: 0, end_char_index: quote.length }),
    ...documents
      .filter(({ index, blocks: its }) => index !== document.index && its[at]?.trim() !== quote.trim())
      .map(({ index, part }) => wrong(`the right quote in the document ${part}`, { document_index: index })),
  ];
}
