/** Where a question is written, with what goes along and what it may cost, and from where it is sent. */
import { useEffect } from 'preact/hooks';
import type { PanelState } from '#shared/panel.ts';
import { Trouble } from '../cards/Trouble.tsx';
import type { Host } from '../host.ts';
import { Icon } from '../Icon.tsx';
import { useWatched } from '../watched.ts';
import { t } from '../words.ts';
import { Chips } from './Chips.tsx';
import { useDropping } from './dropping.ts';
import { Field } from './Field.tsx';
import { Footer } from './Footer.tsx';
import type { ComposerModel } from './model.ts';
import { Queue } from './Queue.tsx';

export interface ComposerProps {
  readonly host: Host;
  /** One for the page: what is written outlives a change of chat. */
  readonly model: ComposerModel;
  /** The chat that is shown, once it is open. */
  readonly chat: string;
  readonly state: PanelState;
}

export function Composer({ host, model, chat, state }: ComposerProps) {
  useWatched(model, model.previewing);
  useEffect(() => {
    const flush = (): void => model.flush();
    document.addEventListener('visibilitychange', flush);
    return () => document.removeEventListener('visibilitychange', flush);
  }, [model]);
  useTyping(model);
  const isDropping = useDropping(host, model);
  const send = (isSteered: boolean): void => {
    const meanwhile = isSteered ? 'steer' : 'queue';
    void model.send(state.running ? meanwhile : undefined);
  };
  const problem = model.problem();
  const answer = model.answer();
  const notices = model.previewing.preview()?.notices ?? [];
  return (
    <section class={isDropping ? 'composer dropping' : 'composer'} aria-label={t('Composer')}>
      <Queue model={model} queued={state.queued} />
      {model.written().editing !== undefined && (
        <div class="banner">
          <Icon name="edit" />
          <span class="bannerText">{t('Editing an earlier question')}</span>
          <button type="button" class="link" onClick={model.cancelEdit}>
            {t('Cancel')}
          </button>
        </div>
      )}
      {problem !== undefined && (
        <Trouble host={host} message={problem.message} kind={problem.kind} onDismiss={model.dismiss} />
      )}
      {answer !== undefined && (
        <div class="note" role="status">
          <div class="noteText" dir="auto">
            {answer}
          </div>
          <button
            type="button"
            class="iconButton small"
            title={t('Close')}
            aria-label={t('Close')}
            onClick={model.dismiss}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
      <div class="composerBox">
        <Chips model={model} />
        <Field model={model} chat={chat} isRunning={state.running} onSend={send} />
        {notices.length > 0 && (
          <ul class="leftOut" aria-label={t('Does not go along')}>
            {notices.map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
        )}
        <Footer host={host} model={model} chat={chat} state={state} onSend={send} />
        {isDropping && <div class="dropHere">{t('Drop to add to the question')}</div>}
      </div>
    </section>
  );
}

/** Between the view and its field the keyboard may be nowhere for a moment: what is typed then is the question's. */
function useTyping(model: ComposerModel): void {
  useEffect(() => {
    const typed = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): void => {
      // A space scrolls.
      const isText = key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
      if (isText && document.activeElement === document.body) model.focus();
    };
    document.addEventListener('keydown', typed);
    return () => document.removeEventListener('keydown', typed);
  }, [model]);
}
