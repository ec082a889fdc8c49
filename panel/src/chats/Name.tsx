/** The field in which a chat is given another name, in the place of its title. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../words.ts';

export interface NameProps {
  readonly title: string;
  /** Undefined: the name stays. */
  readonly onRenamed: (title: string | undefined) => void;
}

/** Takes the keyboard: the person has asked for it. */
export function Name({ title, onRenamed }: NameProps) {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  // At once: what is typed now is the name.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const done = (named: string | undefined): void => {
    if (isDone.current) return;
    isDone.current = true;
    onRenamed(named === title || named === '' ? undefined : named);
  };
  return (
    <input
      ref={field}
      class="input rowName"
      dir="auto"
      maxLength={200}
      defaultValue={title}
      aria-label={t('New name')}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.isComposing || event.keyCode === 229) return;
        if (event.key === 'Enter') done(event.currentTarget.value.trim());
        else if (event.key === 'Escape') done(undefined);
      }}
      // As the editor's own lists: whoever clicks elsewhere has named it.
      onBlur={({ currentTarget }) => done(currentTarget.value.trim())}
    />
  );
}
