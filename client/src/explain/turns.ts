/** The turns of an explanation: its text and its fate, from the question to the last word. Values; each step makes a new one. */
import type { Explanation } from '#shared/explain.ts';

export type TurnState = 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';

export interface Turn {
  readonly state: TurnState;
  /** What the person asked; absent in the explanation itself. */
  readonly question?: string;
  /** What has arrived so far; in the end the authoritative text. */
  readonly text: string;
  /** The last complete answer. Kept while a new one streams, so that a failure loses nothing. */
  readonly answer?: Explanation;
  /** Why there is no complete answer. */
  readonly failure?: { readonly kind: string; readonly message: string };
}

export function newTurn(question?: string): Turn {
  return { state: 'waiting', text: '', ...(question === undefined ? {} : { question }) };
}

/** Asked again, or for the first time. The text of an earlier answer stays until the new one begins. */
export function again({ question, answer }: Turn): Turn {
  return { ...newTurn(question), ...(answer === undefined ? {} : { answer }) };
}

export function started(turn: Turn): Turn {
  return { ...again(turn), state: 'streaming' };
}

export function received(turn: Turn, text: string): Turn {
  return turn.state === 'streaming' ? { ...turn, text: turn.text + text } : turn;
}

export function finished({ question }: Turn, answer: Explanation): Turn {
  return { ...newTurn(question), state: 'done', text: answer.markdown, answer };
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

/** What is to be shown: the new text as soon as there is some, until then and without it the earlier answer. */
export function shownText({ text, answer }: Turn): string {
  return text !== '' ? text : (answer?.markdown ?? '');
}
