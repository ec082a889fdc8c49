/** One chat in the list: opens by a click or Enter, is renamed in its place by F2, deleted by Delete. */
import type { ChatHead } from '#shared/panel.ts';
import { Icon } from '../Icon.tsx';
import { dollars, whenOf } from '../numbers.ts';
import { t } from '../words.ts';
import type { Row } from './listing.ts';
import { Name } from './Name.tsx';

export interface ChatRowProps {
  readonly row: Row;
  /** It is the one that is shown beside the list. */
  readonly isCurrent: boolean;
  /** Tab reaches this row; the arrows reach the others. */
  readonly isReached: boolean;
  readonly isRenaming: boolean;
  readonly now: Date;
  readonly onOpen: () => void;
  readonly onFocus: () => void;
  readonly onRename: () => void;
  readonly onRemove: () => void;
  /** Undefined: the name stays. */
  readonly onRenamed: (title: string | undefined) => void;
}

export function ChatRow(props: ChatRowProps) {
  const { row, isCurrent, isReached, isRenaming, now } = props;
  const { head, found } = row;
  const title = head.title === '' ? t('New Chat') : head.title;
  const facts = [
    whenOf(new Date(head.changed), now),
    head.questions === 1 ? t('1 question') : t('{0} questions', head.questions),
    ...(head.dollars === undefined || head.dollars === 0 ? [] : [dollars(head.dollars)]),
  ].join(' · ');
  const reach = isReached ? 0 : -1;
  return (
    <li class={isCurrent ? 'chatRow current' : 'chatRow'}>
      {isRenaming ? (
        <Name title={title} onRenamed={props.onRenamed} />
      ) : (
        <button
          type="button"
          class="rowMain"
          tabIndex={reach}
          aria-current={isCurrent ? 'true' : undefined}
          aria-keyshortcuts="F2 Delete"
          title={title}
          onClick={props.onOpen}
          onFocus={props.onFocus}
        >
          <span class="rowTitle">
            <State state={head.state} />
            <bdi>{title}</bdi>
          </span>
          <span class="rowFacts quiet">{facts}</span>
          {found !== undefined && <bdi class="rowFound">{found.excerpt}</bdi>}
        </button>
      )}
      {!isRenaming && (
        <span class="rowActs">
          <Act icon="edit" title={t('Rename {0}', title)} reach={reach} act={props.onRename} />
          <Act icon="trash" title={t('Delete {0}', title)} reach={reach} act={props.onRemove} />
        </span>
      )}
    </li>
  );
}

/** By a dot and by a word: colours alone say nothing to many. */
function State({ state }: Pick<ChatHead, 'state'>) {
  if (state === 'idle') return null;
  return (
    <span class={`state ${state}`}>
      <Icon name="circle-filled" />
      {state === 'running' ? t('Running') : t('Waits for you')}
    </span>
  );
}

interface ActProps {
  readonly icon: 'edit' | 'trash';
  readonly title: string;
  readonly reach: number;
  readonly act: () => void;
}

function Act({ icon, title, reach, act }: ActProps) {
  return (
    <button type="button" class="iconButton small" title={title} aria-label={title} tabIndex={reach} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}
