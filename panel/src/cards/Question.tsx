/** A question of the model: choices as buttons, and room for another answer. */
import { useRef, useState } from 'preact/hooks';
import { revealInvisible } from '#shared/invisible.ts';
import type { PanelQuestion } from '#shared/panel.ts';
import { chatAnswerRequest } from '#shared/panelRequests.ts';
import { announce } from '../announce.tsx';
import { problemOf } from '../composer/problem.ts';
import type { Host } from '../host.ts';
import { Icon } from '../Icon.tsx';
import { t } from '../words.ts';
import type { Settled } from './settled.ts';

export interface QuestionProps {
  readonly host: Host;
  readonly chat: string;
  readonly question: PanelQuestion;
  readonly settled: Settled;
  readonly onDone: () => void;
}

export function Question({ host, chat, question: { call, text, choices }, settled, onDone }: QuestionProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [isAnswered, setAnswered] = useState(false);
  const [said, say] = useState('');
  const tell = (words: string): void => {
    say(words);
    announce(words);
  };
  const answer = (words: string): void => {
    if (isAnswered || words.trim() === '') return;
    setAnswered(true);
    host.ask(chatAnswerRequest, { chat, call, text: words }).then(
      ({ answered }) => {
        if (!answered) tell(t('This was answered elsewhere, or does not wait any more.'));
        onDone();
      },
      (error: unknown) => {
        setAnswered(false);
        tell(problemOf(error).message);
      },
    );
  };
  const choose = (choice: string, event: MouseEvent): void => {
    if (settled.isMeant(event)) answer(choice);
    else tell(t('This has appeared or moved just now: nothing was done. Choose again.'));
  };
  return (
    <article class="card cardQuestion" aria-label={t('A question for you')}>
      <h2 class="cardTitle">
        <Icon name="question" />
        <span class="cardText" dir="auto">
          {revealInvisible(text).text}
        </span>
      </h2>
      {choices.length > 0 && (
        <div class="buttons choices">
          {choices.map((choice) => (
            <button
              key={choice}
              type="button"
              class="button secondary"
              aria-disabled={isAnswered}
              onClick={(event) => choose(choice, event)}
            >
              <bdi>{revealInvisible(choice).text}</bdi>
            </button>
          ))}
        </div>
      )}
      <form
        class="answerRow"
        onSubmit={(event) => {
          event.preventDefault();
          answer(field.current?.value ?? '');
        }}
      >
        <textarea
          ref={field}
          class="input"
          dir="auto"
          rows={1}
          maxLength={1_000_000}
          aria-label={t('Your answer')}
          placeholder={t('Your answer')}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
            event.preventDefault();
            answer(event.currentTarget.value);
          }}
        />
        <button type="submit" class="button">
          {t('Answer')}
        </button>
      </form>
      {said !== '' && <p class="cardSaid">{said}</p>}
    </article>
  );
}
