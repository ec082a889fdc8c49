/** Texts with what they cite: the blocks of an answer, as the service makes them where documents can be cited. */
import type { SentDocument } from './sentDocument.ts';
import { placeMarks } from './wording.ts';

/** A block of text, and the citations that come with it. */
export interface CitedText {
  readonly text: string;
  readonly citations: readonly unknown[];
}

const marked = new RegExp(
  `${placeMarks.open}([^${placeMarks.lines}]*)${placeMarks.lines}(\\d+)-(\\d+)${placeMarks.close}`,
);

/** An answer cut where it speaks of a place: cited in the document, else said in words. */
export function textsOf(answer: string, document: SentDocument | undefined): readonly CitedText[] {
  // Text, words, first line, last line; and again.
  const parts = answer.split(marked);
  if (document?.isCited !== true) {
    const text = parts.filter((_part, index) => index % 4 < 2).join('');
    return text === '' ? [] : [{ text, citations: [] }];
  }
  const texts: CitedText[] = [];
  for (let at = 0; at < parts.length; at += 4) {
    const [text = '', words, first, last] = parts.slice(at, at + 4);
    const citation = words === undefined ? undefined : citationOf(document, Number(first), Number(last));
    if (text !== '' || citation !== undefined)
      texts.push({ text, citations: citation === undefined ? [] : [citation] });
  }
  return texts;
}

/** Lines are counted from 1, in the file. Undefined for lines that were not sent. */
function citationOf(document: SentDocument, firstLine: number, lastLine: number): unknown {
  const { blocks, index, title } = document;
  const starts = startsOf(document);
  const start = starts.findLastIndex((line) => line <= firstLine);
  const end = starts.findLastIndex((line) => line <= lastLine) + 1;
  if (start < 0 || end <= start) return undefined;
  return {
    type: 'content_block_location',
    cited_text: blocks.slice(start, end).join('\n'),
    document_index: index,
    document_title: title,
    start_block_index: start,
    end_block_index: end,
  };
}

/** The first line of each block. */
function startsOf({ blocks, firstLine }: SentDocument): readonly number[] {
  let line = firstLine;
  return blocks.map((block) => {
    const start = line;
    line += block.split('\n').length;
    return start;
  });
}
