/** The turns of an explanation: its text and its fate, from the question to the last word. Values; each step makes a new one. */
import type { Citation } from '#shared/citations.ts';
import type { Explanation } from '#shared/explain.ts';
import type { ExplanationTurn } from '#shared/explanations.ts';

/** `unread`: it is in the store, and only its beginning is known here. */
export type TurnState = 'unread' | 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';

export interface Turn {
  readonly state: TurnState;
  /** What the person asked; absent in the explanation itself. */
  readonly question?: string;
  /** What has arrived so far; in the end the authoritative text. */
  readonly text: string;
  /** What the marks in the text stand for. */
  readonly citations: readonly Citation[];
  /** The person wants a new answer, not the one in the store. */
  readonly fresh?: boolean;
  /** The last complete answer. Kept while a new one streams, so that a failure loses nothing. */
  readonly answer?: Explanation;
  /** Why there is no complete answer. */
  readonly failure?: { readonly kind: string; readonly message: string };
}

export function newTurn(question?: string): Turn {
  return { state: 'waiting', text: '', citations: [], ...(question === undefined ? {} : { question }) };
}

/** Stands for turns that are in the store: the beginning of what was said. */
export function unread(title: string): Turn {
  return { ...newTurn(), state: 'unread', text: `${title} …` };
}

/** A turn from the store, which costs nothing now. */
export function fromStore({ question, answer }: ExplanationTurn, at: string): Turn {
  return finished(newTurn(question), { stored: at, ...answer });
}

/** Asked again, or for the first time. The text of an earlier answer stays until the new one begins; a new one that was wanted and failed is still wanted. */
export function again({ question, answer, fresh }: Turn): Turn {
  return { ...newTurn(question), ...(answer === undefined ? {} : { answer }), ...(fresh === true ? { fresh } : {}) };
}

/** Asked again for a new answer. */
export function renewed(turn: Turn): Turn {
  return { ...again(turn), fresh: true };
}

export function started(turn: Turn): Turn {
  return { ...again(turn), state: 'streaming' };
}

export function received(turn: Turn, text: string, citations: readonly Citation[] = []): Turn {
  if (turn.state !== 'streaming') return turn;
  return { ...turn, text: turn.text + text, citations: [...turn.citations, ...citations] };
}

export function finished({ question }: Turn, answer: Explanation): Turn {
  return { ...newTurn(question), state: 'done', text: answer.markdown, citations: answer.citations, answer };
}

/** The same turn with its citations as they are now; the same object where nothing is another way. */
export function recited(turn: Turn, now: readonly Citation[]): Turn {
  const { state, answer } = turn;
  if (state !== 'done' || answer === undefined || answer.citations.length === 0) return turn;
  const byNumber = new Map(now.map((citation) => [citation.number, citation]));
  const citations = answer.citations.map((citation) => byNumber.get(citation.number) ?? citation);
  if (JSON.stringify(citations) === JSON.stringify(answer.citations)) return turn;
  return finished(turn, { ...answer, citations });
}

/** Stopped by the person: what had arrived stays. */
export function stopped(turn: Turn): Turn {
  return { ...turn, state: 'stopped' };
}

/** Failed: what had arrived stays, or the server's copy of it where that is longer. */
export function failed(
  turn: Turn,
  failure: { readonly kind: string; readonly message: string; readonly partial?: string | undefined },
): Turn {
  const { kind, message, partial = '' } = failure;
  return {
    ...turn,
    state: 'failed',
    text: partial.length > turn.text.length ? partial : turn.text,
    failure: { kind, message },
  };
}

/** Under way or about to be. */
export function isOpen({ state }: Turn): boolean {
  return state === 'waiting' || state === 'streaming';
}

/** The citations of `shownText`. */
export function shownCitations({ text, citations, answer }: Turn): readonly Citation[] {
  return text !== '' ? citations : (answer?.citations ?? []);
}

/** What is to be shown: the new text as soon as there is some, until then and without it the earlier answer. */
export function shownText({ text, answer }: Turn): string {
  return text !== '' ? text : (answer?.markdown ?? '');
}
