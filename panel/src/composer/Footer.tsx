/** The foot of the composer: what is put in, who answers and how freely, how full the window is, what it may cost, Send and Stop. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PanelState } from '#shared/panel.ts';
import { attachRequest } from '#shared/panelHost.ts';
import { chatPreviewRequest } from '#shared/panelRequests.ts';
import type { Host } from '../host.ts';
import { Icon } from '../Icon.tsx';
import { dollars, long, priceRange, short, tokenCount } from '../numbers.ts';
import { useWatched } from '../watched.ts';
import { t } from '../words.ts';
import type { ComposerModel } from './model.ts';
import { Pickers } from './Pickers.tsx';

export interface FooterProps {
  readonly host: Host;
  readonly model: ComposerModel;
  readonly chat: string;
  readonly state: PanelState;
  readonly onSend: (isSteered: boolean) => void;
}

export function Footer({ host, model, chat, state, onSend }: FooterProps) {
  useWatched(model, model.previewing);
  const attach = (): void => {
    host
      .ask(attachRequest, {})
      .then(({ mentions, media, notices }) => model.add(mentions, media, notices))
      .catch(model.tellProblem);
  };
  const { text, media, selection } = model.written();
  const isEmpty = text.trim() === '' && media.length === 0;
  const preview = model.previewing.preview();
  const showAll = (): void => {
    const draft = { text, media: [...media], selection };
    host.ask(chatPreviewRequest, { chat, draft, open: true }).catch(model.tellProblem);
  };
  const sendTitle = titleOfSend(model.sendKey(), state.running);
  return (
    <div class="foot">
      <button type="button" class="iconButton" title={t('Add Files…')} aria-label={t('Add Files…')} onClick={attach}>
        <Icon name="attach" />
      </button>
      <Pickers host={host} model={model} chat={chat} state={state} />
      <span class="footEnd">
        <Meter state={state} tokens={preview === undefined ? state.context.tokens : preview.before + preview.tokens} />
        {preview !== undefined && (
          <button
            type="button"
            class="picker"
            title={t('Estimated price of this request, without its answer. Show What Will Be Sent')}
            aria-label={t(
              'Estimated: {0}. Show What Will Be Sent',
              preview.price === undefined ? tokenCount(preview.tokens, long) : priceRange(preview.price),
            )}
            onClick={showAll}
          >
            {preview.price === undefined ? tokenCount(preview.tokens, short) : priceRange(preview.price)}
          </button>
        )}
        {state.running && <Stop model={model} />}
        <button
          type="button"
          class={isEmpty ? 'iconButton send' : 'iconButton send ready'}
          title={sendTitle}
          aria-label={state.running ? t('Send When Done') : t('Send')}
          aria-disabled={isEmpty}
          // Whoever writes and clicks here goes on writing.
          onMouseDown={(event) => event.preventDefault()}
          onClick={({ altKey }) => !isEmpty && onSend(altKey && state.running)}
        >
          <Icon name="send" />
        </button>
      </span>
    </div>
  );
}

/** Goes away when nothing runs any more: whoever was on it goes on in the question. */
function Stop({ model }: Pick<FooterProps, 'model'>) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(
    () => () => {
      if (button.current !== null && document.activeElement === button.current) model.focus();
    },
    [model],
  );
  return (
    <button
      ref={button}
      type="button"
      class="iconButton"
      title={t('Stop')}
      aria-label={t('Stop')}
      onClick={() => void model.stop()}
    >
      <Icon name="debug-stop" />
    </button>
  );
}

/** How full the window of the model is: a ring, a number, and words. */
function Meter({ state, tokens }: { readonly state: PanelState; readonly tokens: number }) {
  const { window } = state.context;
  if (window === 0) return null;
  const share = Math.min(1, tokens / window);
  const percent = Math.round(share * 100);
  const spent = state.dollars === undefined ? '' : ` ${t('This chat has cost {0} so far.', dollars(state.dollars))}`;
  const words = t('{0} % of the context is used: {1} of {2} tokens.', percent, long(tokens), long(window)) + spent;
  return (
    <span
      class={share >= 0.8 ? 'meter nearlyFull' : 'meter'}
      role="meter"
      aria-label={t('Context')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={words}
      title={words}
    >
      <svg class="meterRing" viewBox="0 0 16 16" aria-hidden="true">
        <circle class="ring" cx="8" cy="8" r="6" pathLength="100" />
        <circle class="ringFull" cx="8" cy="8" r="6" pathLength="100" stroke-dasharray={`${percent} 100`} />
      </svg>
      <span aria-hidden="true">{percent} %</span>
    </span>
  );
}

function titleOfSend(sendKey: 'enter' | 'ctrlEnter', isRunning: boolean): string {
  const key = sendKey === 'enter' ? t('Enter') : t('Ctrl+Enter');
  return isRunning ? t('Send When Done ({0}). Say It with the Next Results (Alt+Enter)', key) : t('Send ({0})', key);
}
