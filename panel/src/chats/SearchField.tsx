/** Where the words are written that chats are searched for: from here the arrows lead into the list. */
import { Icon } from '../Icon.tsx';
import { t } from '../words.ts';
import type { Searching } from './searching.ts';

interface SearchFieldProps {
  readonly field: { readonly current: HTMLInputElement | null };
  readonly searching: Searching;
  readonly onDown: () => void;
  readonly onEnter: () => void;
}

export function SearchField({ field, searching, onDown, onEnter }: SearchFieldProps) {
  return (
    <div class="searchField">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        class="input"
        dir="auto"
        maxLength={1_000}
        value={searching.words()}
        placeholder={t('Search in chats')}
        aria-label={t('Search in chats')}
        onInput={({ currentTarget }) => searching.search(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing || event.keyCode === 229) return;
          if (event.key === 'ArrowDown') onDown();
          else if (event.key === 'Enter') onEnter();
          else if (event.key === 'Escape' && searching.words() !== '') searching.search('');
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
    </div>
  );
}
