/** Pauses a question at its limits, and asks whether it may go on. */
import type { Settings } from '#shared/settings.ts';
import { type Extra, limitReached, noExtra, sum } from './limits.ts';

/** The person does not want to go on. */
export class Paused extends Error {
  override readonly name = 'Paused';
}

export interface Pauses {
  /** An answer was paid for. */
  count(dollars: number | undefined): void;
  /** Before each request. @throws Paused when a limit is reached and the person stops there. */
  check(conversation: number | undefined): Promise<void>;
}

export interface PausesParts {
  /** US dollars of today, of all windows. */
  today(): Promise<number | undefined>;
  goOn(text: string): Promise<boolean>;
}

/** Those of one question. What the person allows on top counts for this question only. */
export function createPauses(settings: Pick<Settings, 'chat'>, { today, goOn }: PausesParts): Pauses {
  let requests = 0;
  let question: number | undefined = 0;
  let extra: Extra = noExtra;
  return {
    count(dollars) {
      requests += 1;
      question = sum(question, dollars);
    },
    async check(conversation) {
      for (;;) {
        const reached = limitReached({ requests, question, conversation, day: await today() }, settings, extra);
        if (reached === undefined) return;
        if (!(await goOn(reached.text))) throw new Paused(reached.text.replace(' Go on?', ' It was stopped.'));
        extra = reached.next;
      }
    },
  };
}
