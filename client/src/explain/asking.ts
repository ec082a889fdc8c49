/** Asks the server for an explanation of a place as it is now, and for what it keeps of one. */
import { type ExplainParams, type Explanation, explainRequest } from '#shared/explain.ts';
import { type ExplanationSummary, readExplanationRequest } from '#shared/explanations.ts';
import type { Ask } from '../ask.ts';
import { openDocument } from '../edit/ranges.ts';
import { cancellable } from './cancellable.ts';
import type { OnPiece } from './conversation.ts';
import { fromStore, type Turn } from './turns.ts';

export interface Asking {
  readonly params: ExplainParams;
  readonly signal: AbortSignal;
  readonly onPiece: OnPiece;
}

/** Names the version of the document that the person sees, where it is open. */
export async function askFor(ask: Ask, { params, signal, onPiece }: Asking): Promise<Explanation> {
  const document = openDocument(params.uri);
  const asked = document === undefined ? params : { ...params, version: document.version };
  return cancellable(signal, (token) =>
    ask(explainRequest, asked, { token, onChunk: ({ text, citations }) => onPiece(text, citations) }),
  );
}

export interface Stored {
  readonly summary: ExplanationSummary;
  readonly turns: readonly Turn[];
}

/** What the store has of an explanation; undefined where it has nothing (any more). */
export async function readStored(ask: Ask, id: string): Promise<Stored | undefined> {
  const found = await ask(readExplanationRequest, { id });
  if (found === null) return undefined;
  const { summary, turns } = found;
  return { summary, turns: turns.map((turn) => fromStore(turn, summary.at)) };
}
