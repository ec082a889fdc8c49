/** Where a question is written, with what goes along and what it may cost, and from where it is sent. */
import type { PanelState } from '#shared/panel.ts';
import type { Host } from '../host.ts';
import { t } from '../words.ts';
import type { ComposerModel } from './model.ts';

export interface ComposerProps {
  readonly host: Host;
  /** One for the page: what is written outlives a change of chat. */
  readonly model: ComposerModel;
  /** The chat that is shown, once it is open. */
  readonly chat: string;
  readonly state: PanelState;
}

export function Composer({ model }: ComposerProps) {
  return (
    <form class="composer">
      <textarea dir="auto" aria-label={t('Question')} value={model.text()} />
    </form>
  );
}
