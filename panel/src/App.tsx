/** The whole page: head, transcript or list of chats, and the composer. */
import type { Host } from './host.ts';
import { Icon } from './Icon.tsx';
import { t } from './words.ts';

export interface AppParts {
  readonly host: Host;
}

export function App(_: AppParts) {
  return (
    <button type="button" title={t('New Chat')}>
      <Icon name="add" />
    </button>
  );
}
