/** Something that went wrong, or stands in the way, with buttons for what can be done about it. */
import { useState } from 'preact/hooks';
import { runRequest } from '#shared/panelHost.ts';
import { announce } from '../announce.tsx';
import type { Host } from '../host.ts';
import { Icon } from '../Icon.tsx';
import { t } from '../words.ts';
import { type Remedy, remediesOf, titleOf } from './remedies.ts';

export interface TroubleProps {
  readonly host: Host;
  /** Plain text, for people. */
  readonly message: string;
  /** Of `Refused`, of the failure or of what stands in the way; empty where it is not known. */
  readonly kind: string;
  readonly onRetry?: (() => void) | undefined;
  /** Asks the question that failed once more: the button comes first once something was done about it. */
  readonly onAskAgain?: (() => void) | undefined;
  readonly onDismiss?: (() => void) | undefined;
}

/** Nothing has gone wrong. */
const mild: ReadonlySet<string> = new Set(['notice', 'limit', 'untrusted', 'noFolder']);

export function Trouble({ host, message, kind, onRetry, onAskAgain, onDismiss }: TroubleProps) {
  const [isMended, setMended] = useState(false);
  const isNotice = mild.has(kind) || isMended;
  const run = (command: Remedy): void => {
    host.ask(runRequest, { command }).then(
      ({ done }) => {
        if (done !== true || onAskAgain === undefined) return;
        setMended(true);
        announce(mended());
      },
      // The extension says itself what does not go.
      () => undefined,
    );
  };
  return (
    <div class={isNotice ? 'trouble mild' : 'trouble'} role={isNotice ? 'status' : 'alert'}>
      <Icon name={isNotice ? 'info' : 'error'} />
      <div class="troubleText" dir="auto">
        {isMended ? mended() : message}
      </div>
      {onDismiss !== undefined && (
        <button type="button" class="iconButton small" title={t('Close')} aria-label={t('Close')} onClick={onDismiss}>
          <Icon name="close" />
        </button>
      )}
      <div class="buttons">
        {onRetry !== undefined && (
          <button type="button" class="button" onClick={onRetry}>
            {t('Try Again')}
          </button>
        )}
        {onAskAgain !== undefined && (
          <button type="button" class={isMended ? 'button' : 'button secondary'} onClick={onAskAgain}>
            {t('Ask Again')}
          </button>
        )}
        {(isMended ? [] : remediesOf(kind)).map((command) => (
          <button key={command} type="button" class="button secondary" onClick={() => run(command)}>
            {titleOf(command)}
          </button>
        ))}
      </div>
    </div>
  );
}

function mended(): string {
  return t('That is done: the question can be asked again.');
}
