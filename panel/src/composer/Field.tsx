/** The field of the composer: a plain text field that grows, with suggestions above it while `@` or `/` is typed. */
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../Icon.tsx';
import { shown } from '../shown.ts';
import { useWatched } from '../watched.ts';
import { t } from '../words.ts';
import { deedOf } from './keys.ts';
import { readFiles } from './media.ts';
import type { Change } from './mentioned.ts';
import type { ComposerModel } from './model.ts';

export interface FieldProps {
  readonly model: ComposerModel;
  readonly chat: string;
  readonly isRunning: boolean;
  /** By the keyboard: as by the button. */
  readonly onSend: (isSteered: boolean) => void;
}

export function Field({ model, chat, isRunning, onSend }: FieldProps) {
  const { completion } = model;
  useWatched(model, completion);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const suggestions = completion.suggestions();
  const text = model.text();
  useEffect(() => {
    const { current } = field;
    if (current === null) return;
    model.field({
      focus: () => current.focus(),
      cursor: () => current.selectionEnd,
      change: (changes) => changeField(current, changes),
    });
    return () => model.field(undefined);
  }, [model]);
  // What others have written comes in; what was typed is there already, and is never written anew.
  useLayoutEffect(() => {
    if (field.current !== null && field.current.value !== text) field.current.value = text;
  }, [text]);
  const look = (): void => {
    const { current } = field;
    if (current !== null && current.selectionStart === current.selectionEnd)
      completion.look(chat, current.value, current.selectionEnd);
  };
  const take = (at: number): void => {
    const change = completion.take(model.text(), at);
    if (change === undefined || field.current === null) return;
    changeField(field.current, [change]);
    look();
  };
  const walk = (to: 'older' | 'newer'): boolean => {
    const { current } = field;
    if (current === null || !model.walk(to)) return false;
    current.value = model.text();
    const at = to === 'older' ? 0 : current.value.length;
    current.setSelectionRange(at, at);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement }): void => {
    // VS Code would select all once more, later: what had been typed by then was replaced by the next letter.
    if (isSelectAll(event)) event.stopPropagation();
    const deed = deedOf(event, {
      sendKey: model.sendKey(),
      isSuggesting: suggestions.length > 0,
      isRunning,
      isWalking: model.asked.isWalking(),
      ...placeIn(event.currentTarget),
    });
    if (deed === undefined) return;
    if (deed === 'next') completion.move(1);
    else if (deed === 'previous') completion.move(-1);
    else if (deed === 'accept') take(completion.active());
    else if (deed === 'close') completion.close();
    else if (deed === 'older' || deed === 'newer') {
      if (!walk(deed)) return;
    } else onSend(deed === 'steer');
    event.preventDefault();
    event.stopPropagation();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.length > longestPaste) {
      // A field with so much text answers no key for many seconds.
      event.preventDefault();
      const length = text.length.toLocaleString();
      model.add(
        [],
        [],
        [t('That is too long to be pasted ({0} characters). Mention its file with @ instead.', length)],
      );
      return;
    }
    // Tables and the like are offered as pictures beside their text: the text is meant.
    if (files.length === 0 || event.clipboardData?.types.includes('text/plain') === true) return;
    event.preventDefault();
    void readFiles(files, 20 - model.written().media.length).then(({ media, notices }) =>
      model.add([], media, notices),
    );
  };
  const active = suggestions.length > 0 ? `${id}-${completion.active()}` : undefined;
  return (
    <div class="field">
      {suggestions.length > 0 && <Suggestions id={id} model={model} onTake={take} />}
      <textarea
        ref={field}
        class="text"
        dir="auto"
        rows={1}
        maxLength={1_000_000}
        placeholder={t('Ask: @ mentions, / commands')}
        aria-label={t('Question')}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={suggestions.length > 0 ? id : undefined}
        aria-activedescendant={active}
        spellcheck={true}
        onInput={({ currentTarget }) => {
          model.type(currentTarget.value);
          look();
        }}
        onKeyDown={onKeyDown}
        onKeyUp={look}
        onClick={look}
        onBlur={() => completion.close()}
        onPaste={onPaste}
      />
    </div>
  );
}

function isSelectAll({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'a' && (ctrlKey || metaKey) && !altKey && !shiftKey;
}

interface SuggestionsProps {
  readonly id: string;
  readonly model: ComposerModel;
  readonly onTake: (at: number) => void;
}

/** Characters that a paste may have. */
const longestPaste = 100_000;

const icons: Readonly<Record<string, IconName>> = {
  command: 'chevron-right',
  word: 'list-selection',
  file: 'file',
  folder: 'folder',
  symbol: 'symbol-method',
};

function Suggestions({ id, model: { completion }, onTake }: SuggestionsProps) {
  const list = useRef<HTMLDivElement>(null);
  const active = completion.active();
  useLayoutEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div ref={list} id={id} class="suggestions" role="listbox" aria-label={t('Suggestions')}>
      {completion.suggestions().map(({ label, detail, kind }, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field has the focus and the keys.
        <div
          key={`${kind} ${label}`}
          id={`${id}-${at}`}
          class="suggestion"
          role="option"
          aria-selected={at === active}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(at)}
        >
          <Icon name={icons[kind] ?? 'file'} />
          <bdi class="suggestionLabel">{shown(label)}</bdi>
          <span class="quiet">{shown(detail)}</span>
        </div>
      ))}
    </div>
  );
}

/** By the browser's own editing where the field has the focus, so that Undo takes it back. */
function changeField(field: HTMLTextAreaElement, changes: readonly Change[]): void {
  for (const { start, end, text } of changes) {
    field.setSelectionRange(start, end);
    const isDone =
      document.activeElement === field &&
      (text === '' ? start === end || document.execCommand('delete') : document.execCommand('insertText', false, text));
    if (isDone) continue;
    field.setRangeText(text, start, end, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
}

function placeIn(field: HTMLTextAreaElement): { readonly isAtTop: boolean; readonly isAtEnd: boolean } {
  const { value, selectionStart, selectionEnd } = field;
  const isCursor = selectionStart === selectionEnd;
  return {
    isAtTop: isCursor && isInFirstRow(field, value.slice(0, selectionStart)),
    isAtEnd: isCursor && selectionEnd === value.length,
  };
}

/** A long line is shown in several rows: the arrow moves through these first. */
function isInFirstRow(field: HTMLTextAreaElement, before: string): boolean {
  if (before === '') return true;
  if (before.includes('\n') || before.length > 1_000) return false;
  const pen = document.createElement('canvas').getContext('2d');
  if (pen === null) return false;
  const style = getComputedStyle(field);
  pen.font = style.font;
  const room = field.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
  return pen.measureText(before).width < room;
}
