/** The turns of one explanation and the request that is under way: one at a time, what comes meanwhile waits, nothing typed is lost. */
import type { Citation } from '#shared/citations.ts';
import type { Explanation } from '#shared/explain.ts';
import { Failed } from '../failed.ts';
import { toFailed } from '../toFailed.ts';
import type { Words } from '../words.ts';
import { again, failed, finished, isOpen, newTurn, received, renewed, started, stopped, type Turn } from './turns.ts';

export interface FollowUp {
  readonly id: string;
  readonly question: string;
}

/** What to ask for: the answer to a follow-up, or an explanation, `fresh` where the store does not count. */
export interface Question {
  readonly followUp: FollowUp | undefined;
  readonly fresh: boolean;
}

export type OnPiece = (text: string, citations?: readonly Citation[]) => void;

export interface ConversationParts {
  /** Asks. `onPiece` gets the pieces of the answer in order. */
  request(question: Question, onPiece: OnPiece, signal: AbortSignal): Promise<Explanation>;
  /** Something is new to show; `urgent` when it is more than another piece of text. */
  onChange(urgent: boolean): void;
  onAnswered(): void;
  onFailed(failure: Failed): void;
  readonly words: Words;
}

export interface Conversation {
  turns(): readonly Turn[];
  isBusy(): boolean;
  /** Explains, or explains again: in place where nobody has asked anything yet, else as another turn. Nothing while at work. */
  explain(): void;
  followUp(question: string): void;
  /** Asks again what failed or was stopped; else explains anew, not from the store. Nothing while at work. */
  refresh(): void;
  /** Other turns, or the same ones with something about them that is new. Nothing while at work. */
  revise(make: (turns: readonly Turn[]) => readonly Turn[]): void;
  stop(): void;
  /** Cancels what runs; nothing changes any more. */
  end(): void;
}

// As in the schema of `gloss/explain`.
const longestQuestion = 20_000;

export function createConversation(parts: ConversationParts): Conversation {
  const state: State = { parts, turns: [], running: undefined, ended: false };
  const isBusy = (): boolean => state.turns.some(isOpen);
  const isFree = (): boolean => !state.ended && !isBusy();
  return {
    turns: () => state.turns,
    isBusy,
    explain() {
      if (isFree()) begin(state, turnsToExplain(state.turns));
    },
    followUp(typed) {
      const question = typed.trim();
      if (question !== '' && !state.ended) begin(state, [...state.turns, questionTurn(question, parts.words)]);
    },
    refresh() {
      if (!isFree()) return;
      const due = dueTurns(state.turns);
      const turns = state.turns.map((turn, index) => (due.has(index) ? again(turn) : turn));
      begin(state, due.size > 0 ? turns : turnsToRenew(state.turns));
    },
    revise(make) {
      if (!isFree()) return;
      const turns = make(state.turns);
      if (turns.length !== state.turns.length || turns.some((turn, index) => turn !== state.turns[index]))
        change(state, turns, true);
    },
    stop() {
      change(
        state,
        state.turns.map((turn) => (turn.state === 'waiting' ? stopped(turn) : turn)),
        true,
      );
      state.running?.abort();
    },
    end() {
      state.ended = true;
      state.running?.abort();
    },
  };
}

interface State {
  readonly parts: ConversationParts;
  turns: readonly Turn[];
  running: AbortController | undefined;
  ended: boolean;
}

function change(state: State, turns: readonly Turn[], urgent: boolean): void {
  if (state.ended) return;
  state.turns = turns;
  state.parts.onChange(urgent);
}

function step(state: State, index: number, make: (turn: Turn) => Turn, urgent = true): void {
  change(
    state,
    state.turns.map((turn, place) => (place === index ? make(turn) : turn)),
    urgent,
  );
}

/** Goes on with these turns. One loop at a time: where one is at work already it finds what waits. */
function begin(state: State, turns: readonly Turn[]): void {
  const atWork = state.running !== undefined;
  change(state, turns, true);
  if (!atWork) void work(state);
}

async function work(state: State): Promise<void> {
  for (let index = nextWaiting(state); index >= 0; index = nextWaiting(state)) await run(state, index);
}

function nextWaiting({ turns, ended }: State): number {
  return ended ? -1 : turns.findIndex(({ state }) => state === 'waiting');
}

async function run(state: State, index: number): Promise<void> {
  const { parts } = state;
  const running = new AbortController();
  state.running = running;
  const fresh = state.turns[index]?.fresh === true;
  step(state, index, started);
  const onPiece: OnPiece = (text, citations) => step(state, index, (turn) => received(turn, text, citations), false);
  try {
    const answer = await parts.request({ followUp: asked(state, index), fresh }, onPiece, running.signal);
    step(state, index, (turn) => finished(turn, answer));
    if (!state.ended) parts.onAnswered();
  } catch (error) {
    const failure = toFailed(error, parts.words);
    if (running.signal.aborted || failure.kind === 'aborted') step(state, index, stopped);
    else fail(state, index, failure);
  } finally {
    state.running = undefined;
  }
}

/** What waits for an answer that failed is not asked. */
function fail(state: State, index: number, failure: Failed): void {
  const { parts, turns } = state;
  const skipped = {
    kind: 'skipped',
    message: parts.words.t('This was not asked, because the answer before it failed.'),
  };
  const ended = turns.map((turn, place) =>
    place === index ? failed(turn, failure) : turn.state === 'waiting' ? failed(turn, skipped) : turn,
  );
  change(state, ended, true);
  if (!state.ended) parts.onFailed(failure);
}

/** What to ask for a turn. @throws Failed where there is no explanation to follow up. */
function asked({ turns, parts: { words } }: State, index: number): FollowUp | undefined {
  const question = turns[index]?.question;
  if (question === undefined) return undefined;
  const before = turns.slice(0, index).findLast(({ answer }) => answer !== undefined)?.answer;
  if (before === undefined)
    throw new Failed(words.t('There is no explanation yet to ask about. Refresh it first.'), 'expired', ['retry']);
  return { id: before.id, question };
}

/** In place where nobody has asked anything yet, else as another turn. */
function turnsToExplain(turns: readonly Turn[]): readonly Turn[] {
  const [only] = turns;
  return only !== undefined && turns.length === 1 ? [again(only)] : [...turns, newTurn()];
}

/** The same as `turnsToExplain`, not from the store. */
function turnsToRenew(turns: readonly Turn[]): readonly Turn[] {
  return turnsToExplain(turns).map((turn) => (turn.state === 'waiting' ? renewed(turn) : turn));
}

/** What broke, and is asked again. An explanation that the server no longer knows has to be made anew first. */
function dueTurns(turns: readonly Turn[]): ReadonlySet<number> {
  const broken = turns.flatMap(({ state }, index) => (state === 'failed' || state === 'stopped' ? [index] : []));
  return new Set(turns.some(({ failure }) => failure?.kind === 'expired') ? [0, ...broken] : broken);
}

function questionTurn(question: string, words: Words): Turn {
  if (question.length <= longestQuestion) return newTurn(question);
  const message = words.t('A question can have {0} characters. This one was not asked.', longestQuestion);
  return failed(newTurn(question), { kind: 'tooLong', message });
}
