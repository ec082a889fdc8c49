/** What was said while it works and waits to be heard: it can be taken back to be changed, or removed. */
import type { PanelState } from '#shared/panel.ts';
import { Icon } from '../Icon.tsx';
import { t } from '../words.ts';
import type { ComposerModel } from './model.ts';

export interface QueueProps {
  readonly model: ComposerModel;
  readonly queued: PanelState['queued'];
}

export function Queue({ model, queued }: QueueProps) {
  if (queued.length === 0) return null;
  return (
    <ul class="queue" aria-label={t('Waits to be said')}>
      {queued.map((text, at) => (
        <li key={at} class="queued">
          <bdi class="queuedText" title={text}>
            {text}
          </bdi>
          <Act icon="edit" title={t('Take Back to Edit')} act={() => model.unqueue(at, text, true)} />
          <Act icon="close" title={t('Remove')} act={() => model.unqueue(at, text, false)} />
        </li>
      ))}
    </ul>
  );
}

interface ActProps {
  readonly icon: 'edit' | 'close';
  readonly title: string;
  readonly act: () => Promise<void>;
}

function Act({ icon, title, act }: ActProps) {
  return (
    <button type="button" class="iconButton small" title={title} aria-label={title} onClick={() => void act()}>
      <Icon name={icon} />
    </button>
  );
}
