/** Pauses a question at its limits, and asks whether it may go on. */
import type { Settings } from '#shared/settings.ts';
import { nothingSpent, type Spent, withAnswer } from '#shared/spent.ts';
import { limitReached, raised, spendLimitsOf } from './spendLimits.ts';

/** The person does not want to go on. */
export class Paused extends Error {
  override readonly name = 'Paused';
}

export interface Pauses {
  /** An answer was paid for. */
  count(dollars: number | undefined, tokens: number): void;
  /** Before each request. @throws Paused when a limit is reached and the person stops there. */
  check(): Promise<void>;
}

export interface PausesParts {
  /** Of the conversation, since it was begun. */
  conversation(): Spent;
  /** Of today, of all windows. */
  today(): Promise<Spent>;
  goOn(text: string): Promise<boolean>;
}

/** Those of one question. What the person allows on top counts for this question only. */
export function createPauses({ chat }: Pick<Settings, 'chat'>, { conversation, today, goOn }: PausesParts): Pauses {
  const first = spendLimitsOf(chat);
  let limits = first;
  let question = nothingSpent;
  let mostRequests = chat.maxRequests;
  let mostTokens = chat.maxTokens;
  const ask = async (what: string): Promise<void> => {
    if (!(await goOn(`${what} Go on?`))) throw new Paused(`${what} It was stopped.`);
  };
  return {
    count(dollars, tokens) {
      question = withAnswer(question, dollars, tokens);
    },
    async check() {
      if (question.answers >= mostRequests) {
        const requests = question.answers === 1 ? 'request' : 'requests';
        await ask(`This question has taken ${question.answers} ${requests}.`);
        mostRequests += chat.maxRequests;
      }
      if (question.tokens >= mostTokens) {
        await ask(`This question has taken ${question.tokens.toLocaleString('en')} tokens.`);
        mostTokens = question.tokens + chat.maxTokens;
      }
      for (;;) {
        const spent = { question, conversation: conversation(), day: await today() };
        const reached = limitReached(spent, limits);
        if (reached === undefined) return;
        await ask(reached.message);
        limits = raised(limits, reached, spent, first);
      }
    },
  };
}
