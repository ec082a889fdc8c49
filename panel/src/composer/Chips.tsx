/** What goes along with a question: what is mentioned, selected and put in, with what each costs and a button that takes it out. */

import { revealInvisible } from '#shared/invisible.ts';
import type { Chip } from '#shared/panel.ts';
import { Icon, type IconName } from '../Icon.tsx';
import { long, short, tokenCount } from '../numbers.ts';
import { useWatched } from '../watched.ts';
import { t } from '../words.ts';
import { pictureOf } from './media.ts';
import { without } from './mentioned.ts';
import type { ComposerModel } from './model.ts';

const icons: Readonly<Record<Chip['kind'], IconName>> = {
  file: 'file',
  folder: 'folder',
  symbol: 'symbol-method',
  problems: 'warning',
  changes: 'git-compare',
  selection: 'list-selection',
  terminal: 'terminal',
  image: 'file-media',
  document: 'file-pdf',
  instructions: 'book',
  outcome: 'checklist',
};

export function Chips({ model }: { readonly model: ComposerModel }) {
  useWatched(model, model.previewing);
  const preview = model.previewing.preview();
  const { text, media, selection: isOn } = model.written();
  const selected = model.selection();
  const names = new Set(media.map(({ name }) => name));
  const chips = (preview?.chips ?? []).filter(({ name }) => !names.has(name));
  /** What the switch sends along is no mention in the text. */
  const ofSwitch = chips.find(({ kind, name }) => kind === 'selection' && without(text, name).length === 0);
  const others = chips.filter((chip) => chip !== ofSwitch);
  if (chips.length + media.length === 0 && selected === undefined) return null;
  const tokensOf = (name: string) => preview?.chips.find((chip) => chip.name === name)?.tokens;
  return (
    <ul class="chips" aria-label={t('Goes along')}>
      {selected !== undefined && (
        <Along
          icon="list-selection"
          name={selected}
          tokens={isOn ? ofSwitch?.tokens : undefined}
          isOff={!isOn}
          action={{
            icon: isOn ? 'eye' : 'eye-closed',
            title: isOn ? t('Leave the selection {0} out', selected) : t('Send the selection {0} along', selected),
            isPressed: isOn,
            act: model.switchSelection,
          }}
        />
      )}
      {others.map((chip) => (
        <Along
          key={`${chip.kind} ${chip.name}`}
          icon={icons[chip.kind]}
          name={chip.name}
          tokens={chip.tokens}
          action={without(text, chip.name).length === 0 ? undefined : removal(model, chip.name)}
        />
      ))}
      {media.map((one) => (
        <Along
          key={one.name}
          icon={pictureOf(one) === undefined ? 'file-pdf' : 'file-media'}
          picture={pictureOf(one)}
          name={one.name}
          tokens={tokensOf(one.name)}
          action={removal(model, one.name)}
        />
      ))}
    </ul>
  );
}

interface Action {
  readonly icon: IconName;
  readonly title: string;
  /** Of a switch. */
  readonly isPressed?: boolean;
  readonly act: () => void;
}

function removal(model: ComposerModel, name: string): Action {
  const act = (): void => {
    model.remove(name);
    // The button is gone: the person goes on writing.
    model.focus();
  };
  return { icon: 'close', title: t('Remove {0}', name), act };
}

interface AlongProps {
  readonly icon: IconName;
  readonly picture?: string | undefined;
  readonly name: string;
  readonly tokens: number | undefined;
  readonly isOff?: boolean;
  readonly action: Action | undefined;
}

function Along({ icon, picture, name, tokens, isOff = false, action }: AlongProps) {
  const shown = revealInvisible(name).text;
  const count = tokens === undefined ? '' : t('about {0}', tokenCount(tokens, long));
  return (
    <li class={isOff ? 'chip off' : 'chip'} title={count === '' ? shown : `${shown}: ${count}`}>
      {picture === undefined ? <Icon name={icon} /> : <img class="thumb" src={picture} alt="" />}
      <bdi class="chipName">{shown}</bdi>
      {tokens !== undefined && (
        <span class="quiet">
          <span aria-hidden="true">{short(tokens)}</span>
          <span class="spoken">{count}</span>
        </span>
      )}
      {action !== undefined && (
        <button
          type="button"
          class="iconButton small"
          title={action.title}
          aria-label={action.title}
          aria-pressed={action.isPressed}
          onClick={action.act}
        >
          <Icon name={action.icon} />
        </button>
      )}
    </li>
  );
}
