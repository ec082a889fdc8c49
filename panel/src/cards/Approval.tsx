/** A call that waits for leave: all that counts of it, whole, and the answers. None of them is the one that a key gives by itself. */
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { revealInvisible } from '#shared/invisible.ts';
import type { PanelApproval } from '#shared/panel.ts';
import { chatDecideRequest } from '#shared/panelRequests.ts';
import { announce } from '../announce.tsx';
import { problemOf } from '../composer/problem.ts';
import type { Host } from '../host.ts';
import { Icon } from '../Icon.tsx';
import { t } from '../words.ts';
import type { Settled } from './settled.ts';

export interface ApprovalProps {
  readonly host: Host;
  readonly chat: string;
  readonly approval: PanelApproval;
  readonly settled: Settled;
  /** The person has answered. */
  readonly onDone: () => void;
}

type Decision = 'once' | 'session' | 'deny';

export function Approval({ host, chat, approval, settled, onDone }: ApprovalProps) {
  const id = useId();
  const [isDecided, setDecided] = useState(false);
  const [isReasoning, setReasoning] = useState(false);
  const [said, say] = useState('');
  const { title, facts, because, maySession, hash } = approval;
  const tell = (text: string): void => {
    say(text);
    announce(text);
  };
  const decide = (decision: Decision, event: MouseEvent | KeyboardEvent | SubmitEvent, reason?: string): void => {
    if (isDecided) return;
    if (!settled.isMeant(event)) {
      tell(t('This has appeared or moved just now: nothing was done. Choose again.'));
      return;
    }
    setDecided(true);
    host.ask(chatDecideRequest, { chat, hash, decision, ...(reason ? { reason } : {}) }).then(
      ({ decided }) => {
        if (!decided) tell(t('This was answered elsewhere, or does not wait any more.'));
        onDone();
      },
      (error: unknown) => {
        setDecided(false);
        tell(problemOf(error).message);
      },
    );
  };
  return (
    <article class="card approval" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} class="cardTitle">
        <Icon name="shield" />
        <span>
          <span class="spoken">{t('Waiting for your leave:')} </span>
          <bdi>{visible(title)}</bdi>
        </span>
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <section class="facts" tabIndex={0} aria-label={t('What it would do')}>
        <dl>
          {facts.map(({ name, value, inShort }, at) => (
            <div key={at} class="fact">
              <dt>{visible(name)}</dt>
              <dd>{inShort === undefined ? visible(value) : <Folded inShort={inShort} value={value} />}</dd>
            </div>
          ))}
        </dl>
      </section>
      {because.length > 0 && (
        <details class="why">
          <summary>{t('Why Was I Asked?')}</summary>
          <ul>
            {because.map((reason) => (
              <li key={reason}>{visible(reason)}</li>
            ))}
          </ul>
        </details>
      )}
      {/* Deny stands first: what is first is reached first, and it harms nothing. */}
      <div class="buttons">
        <Answer isOff={isDecided} isSecondary act={(event) => decide('deny', event)}>
          {t('Deny')}
        </Answer>
        <Answer isOff={isDecided} isSecondary isExpanded={isReasoning} act={() => setReasoning(!isReasoning)}>
          {t('Deny with a Reason…')}
        </Answer>
        {maySession && (
          <Answer isOff={isDecided} isSecondary act={(event) => decide('session', event)}>
            {t('Allow for This Session')}
          </Answer>
        )}
        <Answer isOff={isDecided} act={(event) => decide('once', event)}>
          {t('Allow Once')}
        </Answer>
      </div>
      {isReasoning && <Reason onDeny={(reason, event) => decide('deny', event, reason)} />}
      {said !== '' && <p class="cardSaid">{said}</p>}
    </article>
  );
}

/** What Gloss sets itself for every command: a line that unfolds to all of it. */
function Folded({ inShort, value }: { readonly inShort: string; readonly value: string }) {
  return (
    <details>
      <summary>{visible(inShort)}</summary>
      <div>{visible(value)}</div>
    </details>
  );
}

interface AnswerProps {
  readonly children: string;
  readonly isOff: boolean;
  readonly isSecondary?: boolean;
  readonly isExpanded?: boolean;
  readonly act: (event: MouseEvent) => void;
}

function Answer({ children, isOff, isSecondary = false, isExpanded, act }: AnswerProps) {
  return (
    <button
      type="button"
      class={isSecondary ? 'button secondary' : 'button'}
      aria-disabled={isOff}
      aria-expanded={isExpanded}
      onClick={act}
    >
      {children}
    </button>
  );
}

interface ReasonProps {
  readonly onDeny: (reason: string, event: SubmitEvent) => void;
}

/** The person has asked for it: the focus goes along. */
function Reason({ onDeny }: ReasonProps) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  return (
    <form
      class="answerRow"
      onSubmit={(event) => {
        event.preventDefault();
        onDeny(field.current?.value.trim() ?? '', event);
      }}
    >
      <input
        ref={field}
        class="input"
        dir="auto"
        maxLength={10_000}
        aria-label={t('Reason, told to the model')}
        placeholder={t('Reason, told to the model')}
        // An input method takes its word with the same key.
        onKeyDown={(event) => event.key === 'Enter' && event.isComposing && event.preventDefault()}
      />
      <button type="submit" class="button secondary">
        {t('Deny')}
      </button>
    </form>
  );
}

/** The server has written out what hides; a page that shows anything else would not be asked the same (threats S24). */
function visible(text: string): string {
  return revealInvisible(text).text;
}
