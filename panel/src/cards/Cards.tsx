/** What waits for the person in a chat, between the transcript and the composer: approvals, questions, a plan, edits, the to-do list. */
import { useEffect, useRef } from 'preact/hooks';
import type { PanelState } from '#shared/panel.ts';
import { announce } from '../announce.tsx';
import type { Host } from '../host.ts';
import { t } from '../words.ts';
import { Approval } from './Approval.tsx';
import { Question } from './Question.tsx';
import { Granted, Pending, Plan, Todo } from './Standing.tsx';
import { useSettled } from './settled.ts';
import { Trouble } from './Trouble.tsx';

export interface CardsProps {
  readonly host: Host;
  readonly chat: string;
  readonly state: PanelState;
  /** The person has answered the last card: where the keyboard goes on. */
  readonly onDone?: (() => void) | undefined;
}

export function Cards({ host, chat, state, onDone }: CardsProps) {
  // A list that is done says nothing more once the answer is there.
  const hasMore = state.running || state.todo.some((item) => item.state !== 'done');
  const waiting = useRef<HTMLDivElement>(null);
  const { approvals, questions, unfinished } = state;
  const shown = [...approvals.map(({ hash }) => hash), ...questions.map(({ call }) => call)];
  const settled = useSettled(waiting, shown.join('\n'));
  useNews(state);
  const done = (): void => {
    // Whoever has gone on elsewhere stays there.
    if (document.activeElement !== null && document.activeElement !== document.body) {
      if (waiting.current?.contains(document.activeElement) !== true) return;
    }
    if (shown.length > 1) waiting.current?.focus();
    else onDone?.();
  };
  return (
    <section class="cards" aria-label={t('State of the chat')}>
      {unfinished && (
        <Trouble
          host={host}
          message={t('The last answer is unfinished: ask again, or say how to go on.')}
          kind="notice"
        />
      )}
      <Todo todo={hasMore ? state.todo : []} />
      <Granted host={host} chat={chat} state={state} />
      <Pending host={host} pending={state.pending} />
      <Plan host={host} chat={chat} state={state} />
      <section ref={waiting} class="cardsWaiting" tabIndex={shown.length > 0 ? 0 : -1} aria-label={t('Waits for you')}>
        {approvals.map((approval) => (
          <Approval key={approval.hash} host={host} chat={chat} approval={approval} settled={settled} onDone={done} />
        ))}
        {questions.map((question) => (
          <Question key={question.call} host={host} chat={chat} question={question} settled={settled} onDone={done} />
        ))}
      </section>
    </section>
  );
}

/** Says what has begun to wait, and moves nothing. */
function useNews({ approvals, questions }: PanelState): void {
  const told = useRef(new Set<string>());
  useEffect(() => {
    const now = new Map([
      ...approvals.map(({ hash, title }) => [hash, t('Waiting for your leave: {0}', title)] as const),
      ...questions.map(({ call, text }) => [call, t('A question for you: {0}', text)] as const),
    ]);
    for (const [name, words] of now) if (!told.current.has(name)) announce(words);
    told.current = new Set(now.keys());
  }, [approvals, questions]);
}
