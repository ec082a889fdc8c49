/** What was said and done, from the first question to the newest answer. */
import type { ComposerModel } from '../composer/model.ts';
import type { Session } from '../session.ts';
import type { ChatStore } from '../store.ts';
import { t } from '../words.ts';

export interface TranscriptProps {
  readonly session: Session;
  readonly composer: ComposerModel;
  readonly store: ChatStore;
}

export function Transcript(_: TranscriptProps) {
  return <main class="body transcript" aria-label={t('Conversation')} />;
}
