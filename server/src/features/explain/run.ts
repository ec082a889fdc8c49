/** Explains code: from a place in a document to Markdown that streams. */
import { randomUUID } from 'node:crypto';
import type { ExplainChunk, ExplainParams, Explanation, Level } from '#shared/explain.ts';
import { type Answer, type Ask, type Context, Refusal } from '../../ports.ts';
import { type Complete, gather } from './gather.ts';
import type { Material } from './material.ts';
import { explainPrompt, followUpPrompt } from './prompt.ts';
import { replyOf } from './reply.ts';

type ExplainContext = Pick<
  Context,
  'outgoing' | 'documents' | 'providers' | 'files' | 'settings' | 'explanations' | 'locale' | 'signal' | 'trust'
>;

/**
 * Explains a range, or answers a follow-up.
 * @throws Refusal when there is nothing to explain or it must not leave; ClaudeError when the service fails.
 */
export async function runExplain(
  context: ExplainContext,
  params: ExplainParams,
  emit: (chunk: ExplainChunk) => void,
): Promise<Explanation> {
  let seq = 0;
  const onText = (text: string) => emit({ seq: seq++, text });
  return params.followUp === undefined ? explainAnew(context, params, onText) : goOn(context, params, onText);
}

async function explainAnew(
  context: ExplainContext,
  params: ExplainParams,
  onText: (text: string) => void,
): Promise<Explanation> {
  const settings = await context.settings.forDocument(params.uri);
  const { material, complete } = await gather(context, params, settings);
  const around = await complete();
  const request = explainPrompt(material, around.documents, {
    level: params.level,
    model: settings.explain.model,
    language: settings.explain.language || context.locale,
    audience: settings.explain.audience,
  });
  const ask: Ask = {
    purpose: 'Explain',
    request,
    sources: around.sources,
    replaced: around.replaced,
    excludedFiles: settings.excludedFiles,
  };
  const answer = await context.outgoing.ask(ask, { text: onText }, context.signal);
  return finish(context, { id: randomUUID(), uri: params.uri, level: params.level, material, around, ask, answer });
}

/** The next turn of an explanation that is already there. */
async function goOn(
  context: ExplainContext,
  params: ExplainParams,
  onText: (text: string) => void,
): Promise<Explanation> {
  const { id, question } = params.followUp ?? { id: '', question: '' };
  const record = await context.explanations.get(id);
  if (record === undefined || record.uri !== params.uri)
    throw new Refusal(
      'This explanation is from before the server was restarted. Refresh it, then ask again.',
      'expired',
      ['retry'],
    );
  const settings = await context.settings.forDocument(params.uri);
  const request = followUpPrompt(record.conversation, question);
  const { sources } = record;
  const ask: Ask = { purpose: 'Follow-up', request, sources, replaced: [], excludedFiles: settings.excludedFiles };
  const answer = await context.outgoing.ask(ask, { text: onText }, context.signal);
  const { markdown, notices } = replyOf(answer.message);
  const { kind, level, range } = record.turns[0]?.answer ?? { kind: 'code', level: params.level, range: record.range };
  const explanation: Explanation = {
    ...told(answer),
    ...{ id, markdown, range, kind, level, citations: [], context: noContext },
    notices: [...answer.notices, ...notices],
  };
  await context.explanations.put({
    ...record,
    at: new Date().toISOString(),
    turns: [...record.turns, { question, answer: explanation }],
    conversation: withAnswer(ask, answer),
  });
  return explanation;
}

const noContext = { tokens: 0, budget: 0 };

interface Finished {
  readonly id: string;
  readonly uri: string;
  readonly level: Level;
  readonly material: Material;
  readonly around: Complete;
  readonly ask: Ask;
  readonly answer: Answer;
}

async function finish(
  context: ExplainContext,
  { id, uri, level, material, around, ask, answer }: Finished,
): Promise<Explanation> {
  const { markdown, notices } = replyOf(answer.message);
  const { code, range, languageId, kind } = material;
  const symbol = material.symbol === undefined ? {} : { symbol: material.symbol };
  const explanation: Explanation = {
    ...told(answer),
    ...symbol,
    ...{ id, markdown, range, kind, level, citations: [], context: around.context },
    notices: [...answer.notices, ...around.notices, ...notices],
  };
  // An empty answer explains nothing: there is nothing to hover over, and nothing to ask on.
  if (markdown !== '')
    await context.explanations.put({
      ...{ id, uri, kind, level, languageId, code, range, ...symbol },
      ...{ key: '', at: new Date().toISOString(), notes: [], quotes: {} },
      turns: [{ answer: explanation }],
      conversation: withAnswer(ask, answer),
      sources: ask.sources,
    });
  return explanation;
}

function told({ message, usage, receipt, demo }: Answer): Pick<Explanation, 'model' | 'usage' | 'receipt' | 'demo'> {
  return { model: message.model, usage, receipt, demo };
}

/** The request with the model's turn at its end, blocks as they came. */
function withAnswer({ request }: Ask, { message }: Answer): Ask['request'] {
  return { ...request, messages: [...request.messages, { role: 'assistant', content: message.content }] };
}
