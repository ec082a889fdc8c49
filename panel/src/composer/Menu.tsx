/** A button with a menu of choices above it, as VS Code's own: arrows, Home, End, letters, Enter, Esc. */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../Icon.tsx';

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** One line of meaning. */
  readonly detail?: string | undefined;
  readonly isChosen: boolean;
}

export interface Choices {
  readonly id: string;
  readonly label: string;
  readonly choices: readonly Choice[];
}

export interface MenuProps {
  /** What a screen reader says of the button: what it is for, and what is chosen. */
  readonly name: string;
  readonly title: string;
  readonly groups: readonly Choices[];
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onClose: () => void;
  readonly onChoose: (group: string, choice: string) => void;
  readonly children: ComponentChildren;
}

export function Menu({ name, title, groups, isOpen, onOpen, onClose, onChoose, children }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  // It opens because the person wanted it: the focus goes along.
  useLayoutEffect(() => {
    if (!isOpen) return;
    const items = itemsOf(menu.current);
    (items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0])?.focus();
  }, [isOpen]);
  const close = (): void => {
    button.current?.focus();
    onClose();
  };
  const choose = (group: string, choice: string): void => {
    close();
    onChoose(group, choice);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const items = itemsOf(menu.current);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = target(event.key, items, at);
    if (to !== undefined) items[to]?.focus();
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' || event.key === ' ') items[at]?.click();
    else {
      // Tab goes on from the button, as from any menu.
      if (event.key === 'Tab') close();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="menuPlace">
      <button
        ref={button}
        type="button"
        class="picker"
        title={title}
        aria-label={name}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={isOpen ? close : onOpen}
      >
        {children}
        <Icon name="chevron-down" />
      </button>
      {isOpen && (
        <div
          ref={menu}
          id={id}
          class="menu"
          role="menu"
          tabIndex={-1}
          aria-label={title}
          onKeyDown={onKeyDown}
          onFocusOut={({ relatedTarget }) => {
            const isInside = relatedTarget instanceof Node && menu.current?.contains(relatedTarget) === true;
            if (!isInside && relatedTarget !== button.current) onClose();
          }}
        >
          {groups.map((group) => (
            <div key={group.id} role="group" aria-label={group.label}>
              {groups.length > 1 && (
                <div class="menuLabel" aria-hidden="true">
                  {group.label}
                </div>
              )}
              {group.choices.map((choice) => (
                <Item key={choice.id} choice={choice} onChoose={() => choose(group.id, choice.id)} />
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function Item({ choice, onChoose }: { readonly choice: Choice; readonly onChoose: () => void }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the menu around has the keys.
    <div
      class="menuItem"
      role="menuitemradio"
      tabIndex={-1}
      aria-checked={choice.isChosen}
      onClick={onChoose}
      onMouseMove={({ currentTarget }) => currentTarget.focus({ preventScroll: true })}
    >
      <span class="menuCheck">{choice.isChosen && <Icon name="check" />}</span>
      <span class="menuText">
        <span>{choice.label}</span>
        {choice.detail !== undefined && <span class="quiet">{choice.detail}</span>}
      </span>
    </div>
  );
}

function itemsOf(menu: HTMLElement | null): readonly HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role=menuitemradio]') ?? [])];
}

function target(key: string, items: readonly HTMLElement[], at: number): number | undefined {
  const count = items.length;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (key.length !== 1 || key === ' ') return undefined;
  const order = items.map((_, index) => (at + 1 + index) % count);
  return order.find((index) => items[index]?.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()) === true);
}
