/** The next turn of an explanation that is already there. */
import type { ExplainParams, Explanation } from '#shared/explain.ts';
import { type Ask, type Context, Refusal } from '../../ports.ts';
import { askCiting, type Emit } from './asking.ts';
import { closedFiles } from './closedFiles.ts';
import { inTurn } from './inTurn.ts';
import { keep } from './keep.ts';
import { followUpPrompt } from './prompt.ts';
import { toldBy, withAnswer } from './record.ts';
import { originOfRecord } from './standing.ts';

export type FollowUpContext = Pick<
  Context,
  'outgoing' | 'documents' | 'files' | 'settings' | 'explanations' | 'signal' | 'trust'
>;

/** Questions about the same explanation are answered one after the other: each goes on from the one before. */
export function goOn(
  context: FollowUpContext,
  { uri, level, followUp }: ExplainParams,
  emit: Emit,
): Promise<Explanation> {
  const { id, question: typed } = followUp ?? { id: '', question: '' };
  return inTurn(context.explanations, `follow-up ${id}`, context.signal, async () => {
    const { explanations } = context;
    const record = await explanations.get(id);
    if (record === undefined || record.uri !== uri)
      throw new Refusal(
        'This explanation is from before the server was restarted. Refresh it, then ask again.',
        'expired',
        ['retry'],
      );
    if (record.kind === 'notes')
      throw new Refusal('Line notes cannot be asked on. Explain the code, and ask there.', 'notes');
    const settings = await context.settings.forDocument(uri);
    // What is kept with the explanation is what was sent: no secret that was typed is on the disk either (threats S12).
    const { text: question, replaced } = await context.outgoing.clean(typed);
    const ask: Ask = {
      purpose: 'Follow-up',
      request: followUpPrompt(record.conversation, question),
      sources: record.sources,
      replaced,
      excludedFiles: settings.excludedFiles,
    };
    const earlier = record.turns.flatMap(({ answer }) => answer.citations.map(({ number }) => number));
    const closed = await closedFiles(
      context,
      record.sources.map((source) => source.uri).filter((its) => its !== uri),
    );
    const get = (its: string) => context.documents.get(its) ?? closed.get(its);
    const cited = await askCiting(
      { ...context, documents: { ...context.documents, get } },
      {
        ask,
        firstNumber: 1 + Math.max(0, ...earlier),
        origins: (lineReader) => {
          const own = originOfRecord(record, explanations.summary, lineReader);
          return (of) => (of === record.uri ? own : undefined);
        },
      },
      emit,
    );
    const { answer, markdown, citations, citationsThen, quotes } = cited;
    const first = record.turns[0]?.answer ?? { kind: 'code' as const, level, range: record.range };
    const explanation: Explanation = {
      ...toldBy(answer),
      ...{ id, markdown, kind: first.kind, level: first.level, range: first.range, context: noContext },
      citations: [...citations],
      notices: [...answer.notices, ...cited.notices],
    };
    // What was declined is no part of the conversation: there is nothing to go on from.
    if (markdown === '') return explanation;
    const notices = await keep(explanations, {
      ...record,
      at: new Date().toISOString(),
      turns: [...record.turns, { question, answer: { ...explanation, citations: [...citationsThen] } }],
      quotes: { ...record.quotes, ...quotes },
      conversation: withAnswer(ask, answer),
    });
    return { ...explanation, notices: [...explanation.notices, ...notices] };
  });
}

const noContext = { tokens: 0, budget: 0 };
