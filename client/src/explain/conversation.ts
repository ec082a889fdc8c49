/** The turns of one explanation and the request that is under way: one at a time, what comes meanwhile waits, nothing typed is lost. */
import type { Explanation } from '#shared/explain.ts';
import { Failed, toFailed } from '../failed.ts';
import type { Words } from '../words.ts';
import { again, failed, finished, isOpen, newTurn, received, started, stopped, type Turn } from './turns.ts';

export interface FollowUp {
  readonly id: string;
  readonly question: string;
}

export interface ConversationParts {
  /** Asks for an explanation, or the answer to a follow-up. `onText` gets the pieces in order. */
  request(followUp: FollowUp | undefined, onText: (text: string) => void, signal: AbortSignal): Promise<Explanation>;
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
  /** Asks again what failed or was stopped, else the last turn. Nothing while at work. */
  refresh(): void;
  stop(): void;
  /** Cancels what runs; nothing changes any more. */
  end(): void;
}

// As in the schema of `gloss/explain`.
const longestQuestion = 20_000;

export function createConversation(parts: ConversationParts): Conversation {
  let turns: readonly Turn[] = [];
  let running: AbortController | undefined;
  let ended = false;
  const isBusy = (): boolean => turns.some(isOpen);
  const change = (next: readonly Turn[], urgent: boolean): void => {
    if (ended) return;
    turns = next;
    parts.onChange(urgent);
  };
  const set = (index: number, step: (turn: Turn) => Turn, urgent: boolean): void =>
    change(
      turns.map((turn, place) => (place === index ? step(turn) : turn)),
      urgent,
    );

  const run = async (index: number): Promise<void> => {
    running = new AbortController();
    const { signal } = running;
    set(index, started, true);
    try {
      const answer = await parts.request(
        asked(turns, index, parts.words),
        (text) => set(index, (turn) => received(turn, text), false),
        signal,
      );
      set(index, (turn) => finished(turn, answer), true);
      if (!ended) parts.onAnswered();
    } catch (error) {
      const failure = toFailed(error, parts.words);
      if (signal.aborted || failure.kind === 'aborted') set(index, stopped, true);
      else fail(index, failure);
    }
    running = undefined;
  };
  const fail = (index: number, failure: Failed): void => {
    const skipped = {
      kind: 'skipped',
      message: parts.words.t('This was not asked, because the answer before it failed.'),
    };
    change(
      turns.map((turn, place) =>
        place === index ? failed(turn, failure) : turn.state === 'waiting' ? failed(turn, skipped) : turn,
      ),
      true,
    );
    if (!ended) parts.onFailed(failure);
  };
  /** Runs what waits, in order. One loop at a time: whoever finds one running adds to its work. */
  const work = async (): Promise<void> => {
    for (let index = nextWaiting(turns); index >= 0 && !ended; index = nextWaiting(turns)) await run(index);
  };
  const begin = (next: readonly Turn[]): void => {
    const atWork = running !== undefined;
    change(next, true);
    if (!atWork) void work();
  };
  return {
    turns: () => turns,
    isBusy,
    explain() {
      if (isBusy() || ended) return;
      const [only] = turns;
      begin(only !== undefined && turns.length === 1 ? [again(only)] : [...turns, newTurn()]);
    },
    followUp(typed) {
      const question = typed.trim();
      if (question === '' || ended) return;
      begin([...turns, question.length > longestQuestion ? tooLong(question, parts.words) : newTurn(question)]);
    },
    refresh() {
      if (isBusy() || ended || turns.length === 0) return;
      const due = dueTurns(turns);
      begin(turns.map((turn, index) => (due.has(index) ? again(turn) : turn)));
    },
    stop() {
      change(
        turns.map((turn) => (turn.state === 'waiting' ? stopped(turn) : turn)),
        true,
      );
      running?.abort();
    },
    end() {
      ended = true;
      running?.abort();
    },
  };
}

function nextWaiting(turns: readonly Turn[]): number {
  return turns.findIndex(({ state }) => state === 'waiting');
}

/** What to ask for a turn. @throws Failed where there is no explanation to follow up. */
function asked(turns: readonly Turn[], index: number, words: Words): FollowUp | undefined {
  const question = turns[index]?.question;
  if (question === undefined) return undefined;
  const before = turns.slice(0, index).findLast(({ answer }) => answer !== undefined)?.answer;
  if (before === undefined)
    throw new Failed(words.t('There is no explanation yet to ask about. Refresh it first.'), 'expired', ['retry']);
  return { id: before.id, question };
}

/** What a refresh asks again. An explanation that the server no longer knows has to be made anew first. */
function dueTurns(turns: readonly Turn[]): ReadonlySet<number> {
  const broken = turns.flatMap(({ state }, index) => (state === 'failed' || state === 'stopped' ? [index] : []));
  if (broken.length === 0) return new Set([turns.length - 1]);
  return new Set(turns.some(({ failure }) => failure?.kind === 'expired') ? [0, ...broken] : broken);
}

function tooLong(question: string, words: Words): Turn {
  const message = words.t('A question can have {0} characters. This one was not asked.', longestQuestion);
  return failed(newTurn(question), { kind: 'tooLong', message });
}
