/** Asks for an answer with citations: each is checked and numbered while the text comes. */
import type { Citation } from '#shared/citations.ts';
import type { Answer, Ask, Context } from '../../ports.ts';
import { createCiting } from './citing.ts';
import { createNumbering } from './numbering.ts';
import { replyOf } from './reply.ts';
import { sentIn } from './sent.ts';
import { createLineReader, type LineReader, type Origins, standingOf } from './standing.ts';

/** Hears each piece of text, with the citations whose marks are in it. */
export type Emit = (text: string, citations: readonly Citation[]) => void;

export interface Asked {
  readonly ask: Ask;
  /** What is known of the documents as they were when their lines were sent. */
  origins(lineReader: LineReader): Origins;
  /** Citations are numbered from here. */
  readonly firstNumber: number;
}

export interface Cited {
  readonly answer: Answer;
  /** Safe to show, with marks of citations. */
  readonly markdown: string;
  readonly notices: readonly string[];
  /** As they are now. */
  readonly citations: readonly Citation[];
  /** As they were in what was sent: what is kept. */
  readonly citationsThen: readonly Citation[];
  /** What each quotes, by its number. */
  readonly quotes: Readonly<Record<number, string>>;
}

export async function askCiting(
  { outgoing, documents, signal }: Pick<Context, 'outgoing' | 'documents' | 'signal'>,
  { ask, origins, firstNumber }: Asked,
  emit: Emit,
): Promise<Cited> {
  const lineReader = createLineReader(documents);
  const known = origins(lineReader);
  const numbering = createNumbering({
    sent: sentIn(ask.request, ask.sources),
    standing: (cited) => standingOf(cited, known, lineReader),
    first: firstNumber,
  });
  const citing = createCiting(numbering.numbered, emit);
  const answer = await outgoing.ask(ask, citing, signal);
  citing.end();
  return {
    answer,
    ...replyOf(answer.message, citing.whole()),
    citations: numbering.citations(),
    citationsThen: numbering.citationsThen(),
    quotes: numbering.quotes(),
  };
}
