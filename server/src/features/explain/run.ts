/** Explains code: from a place in a document to Markdown that streams. */
import { randomUUID } from 'node:crypto';
import type { ExplainChunk, ExplainParams, Explanation } from '#shared/explain.ts';
import type { Ask, Context, Snapshot } from '../../ports.ts';
import { askCiting, type Cited, type Emit } from './asking.ts';
import { goOn } from './followUp.ts';
import { type Complete, gather } from './gather.ts';
import { inTurn } from './inTurn.ts';
import { keepInPlace } from './keepInPlace.ts';
import { keyOf, subjectOf } from './key.ts';
import { knownAnswer } from './known.ts';
import type { Material } from './material.ts';
import { explainPrompt, type Wording } from './prompt.ts';
import { isWhole, toldBy, withAnswer } from './record.ts';
import { originsOf } from './standing.ts';

type ExplainContext = Pick<
  Context,
  'outgoing' | 'documents' | 'providers' | 'files' | 'settings' | 'explanations' | 'locale' | 'signal' | 'trust'
>;

/**
 * Explains a range, or answers a follow-up. What the store has an answer to is answered from there.
 * @throws Refusal when there is nothing to explain or it must not leave; ClaudeError when the service fails.
 */
export async function runExplain(
  context: ExplainContext,
  params: ExplainParams,
  emitChunk: (chunk: ExplainChunk) => void,
): Promise<Explanation> {
  let seq = 0;
  const emit: Emit = (text, citations) =>
    emitChunk({ seq: seq++, text, ...(citations.length === 0 ? {} : { citations: [...citations] }) });
  return params.followUp === undefined ? explainAnew(context, params, emit) : goOn(context, params, emit);
}

async function explainAnew(context: ExplainContext, params: ExplainParams, emit: Emit): Promise<Explanation> {
  const askedAt = new Date().toISOString();
  const { uri, level } = params;
  const settings = await context.settings.forDocument(uri);
  const { excludedFiles } = settings;
  const snapshot = context.documents.get(uri);
  const { material, complete } = await gather(context, params, settings);
  const wording: Wording = {
    level,
    model: settings.explain.model,
    language: settings.explain.language || context.locale,
    audience: settings.explain.audience,
  };
  const key = keyOf({ ...wording, ...material, subject: subjectOf(material) });
  return inTurn(context.explanations, `${uri} ${key}`, context.signal, async () => {
    const since = params.fresh === true ? askedAt : '';
    const known = await knownAnswer(context, { uri, key, material, snapshot, since, excludedFiles });
    if (known !== undefined) {
      if (known.markdown !== '') emit(known.markdown, known.citations);
      return known;
    }
    const around = await complete();
    const ask: Ask = {
      purpose: 'Explain',
      request: explainPrompt(material, around.documents, wording),
      sources: around.sources,
      replaced: around.replaced,
      context: around.context,
      excludedFiles,
    };
    const origins = originsOf(context.documents, snapshot, ask.sources);
    const cited = await askCiting(context, { ask, origins, firstNumber: 1 }, emit);
    return finish(context, { params, key, snapshot, material, around, ask, cited });
  });
}

interface Finished {
  readonly params: ExplainParams;
  readonly key: string;
  readonly snapshot: Snapshot | undefined;
  readonly material: Material;
  readonly around: Complete;
  readonly ask: Ask;
  readonly cited: Cited;
}

async function finish(
  { explanations }: ExplainContext,
  { params, key, snapshot, material, around, ask, cited }: Finished,
): Promise<Explanation> {
  const { uri, level } = params;
  const { answer, markdown, citations, citationsThen, quotes } = cited;
  const { code, range, languageId, kind } = material;
  const { tokens, budget } = around.context;
  const id = (params.fresh === true ? idAt(explanations.of(uri), material, level) : undefined) ?? randomUUID();
  const symbol = material.symbol === undefined ? {} : { symbol: material.symbol };
  const explanation: Explanation = {
    ...toldBy(answer),
    ...symbol,
    ...{ id, markdown, range, kind, level, context: { tokens, budget } },
    citations: [...citations],
    notices: [...answer.notices, ...around.notices, ...cited.notices],
  };
  // An empty answer explains nothing: there is nothing to hover over, and nothing to ask on.
  if (markdown === '') return explanation;
  const notices = await keepInPlace(explanations, {
    ...{ id, uri, kind, level, languageId, code, range, ...symbol, quotes, notes: [], sources: ask.sources },
    ...(snapshot === undefined ? {} : { version: snapshot.version }),
    key: isWhole(answer) ? key : '',
    at: new Date().toISOString(),
    turns: [{ answer: { ...explanation, citations: [...citationsThen] } }],
    conversation: withAnswer(ask, answer),
  });
  return { ...explanation, notices: [...explanation.notices, ...notices] };
}

/** What is refreshed: the explanation that stands at the same lines. */
function idAt(
  summaries: ReturnType<ExplainContext['explanations']['of']>,
  { kind, range }: Material,
  level: ExplainParams['level'],
): string | undefined {
  return summaries.find(
    (summary) =>
      summary.kind === kind &&
      summary.level === level &&
      summary.range.start.line === range.start.line &&
      summary.range.end.line === range.end.line,
  )?.id;
}
