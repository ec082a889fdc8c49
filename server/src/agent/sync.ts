/** Puts what a run adds to a conversation on the disk, each thing once, and counts what it cost. */
import { type Message, type MessageParam, type RunEvent, withoutThinking } from '../claude/index.ts';
import type { Answer, AnswerStream, Source } from '../ports.ts';
import type { Calls } from './calls.ts';
import type { Interjected } from './interjected.ts';
import { answeredBy, type Recorder } from './recorder.ts';
import { tokensIn } from './window.ts';

/** What the runs of a question share. */
export interface State {
  model: string;
  /** Of the last request and its answer. */
  tokens: number;
  /** Nothing was summarised since something was said. */
  mayCompact: boolean;
  /** The last answer's stream. */
  last: AnswerStream | undefined;
  /** What the person said with the last results. */
  said: Interjected | undefined;
  /** What has come in since the last request, for its receipt. */
  fresh: { readonly sources: readonly Source[]; readonly replaced: readonly string[] };
}

export interface SyncParts {
  readonly recorder: Recorder;
  readonly calls: Pick<Calls, 'taken'>;
  /** An answer has come and is paid for. */
  onAnswer(answer: Answer): Promise<void>;
}

/** @param known Turns that the run began with: they are on the disk. */
export function createSync({ recorder, calls, onAnswer }: SyncParts, state: State, known: number) {
  let recorded = known;
  /** The run's turns when they were looked at last. */
  let seen: readonly MessageParam[] = [];
  /** The answer whose calls run now: it was recorded before they began. */
  let early: Message | undefined;
  let counted: AnswerStream | undefined;
  const count = async (): Promise<void> => {
    const { last } = state;
    if (last?.answer === undefined || last === counted) return;
    counted = last;
    state.tokens = tokensIn(last.answer.message);
    await onAnswer(last.answer);
  };
  const answered = async (turn: MessageParam, model: string): Promise<void> => {
    await count();
    if (state.last?.answer !== undefined) await recorder.record({ ...answeredBy(state.last.answer, model), turn });
    state.mayCompact = true;
  };
  return {
    async answered(message: Message): Promise<void> {
      // While it still streams only tools run that change nothing.
      if (early === message || state.last?.answer?.message !== message) return;
      early = message;
      await answered({ role: 'assistant', content: message.content }, state.model);
    },
    async all(messages: readonly MessageParam[]): Promise<void> {
      await count();
      for (const turn of messages.slice(recorded)) {
        if (turn.role !== 'assistant') {
          const { notes, sources, replaced } = await calls.taken();
          const { said } = state;
          state.said = undefined;
          state.fresh = {
            sources: [...sources, ...(said?.sources ?? [])],
            replaced: [...replaced, ...(said?.replaced ?? [])],
          };
          await recorder.record({ kind: 'results', turn, calls: notes, said: said?.typed ?? [] });
        } else if (early === undefined) await answered(turn, state.model);
        else early = undefined;
      }
      seen = messages;
      recorded = messages.length;
    },
    fellBack({ refused, model }: Extract<RunEvent, { type: 'fallback' }>): void {
      const text = `${refused.map((message) => message.model).join(', ')} declined to answer. ${model} goes on.`;
      void recorder.record({ kind: 'noted', text });
      state.model = model;
      // Thinking of the other model was left out, and turns of nothing else with it.
      recorded = withoutThinking(seen).length;
    },
  };
}
