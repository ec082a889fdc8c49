/** Thinking and calls: a line each, with all that there is to it on demand. */
import type { ComponentChildren } from 'preact';
import type { CallState, Item } from '#shared/panel.ts';
import { Icon, type IconName } from '../Icon.tsx';
import { shown } from '../shown.ts';
import { t } from '../words.ts';
import type { RowTools } from './tools.ts';

interface FoldedParts {
  readonly id: string;
  readonly icon: IconName;
  /** For the look. */
  readonly state: string;
  readonly line: ComponentChildren;
  readonly tools: RowTools;
  readonly children: ComponentChildren;
}

function Folded({ id, icon, state, line, tools, children }: FoldedParts) {
  const isOpen = tools.isOpen(id);
  return (
    <div class={`folded ${state}`}>
      <button type="button" class="foldLine" aria-expanded={isOpen} onClick={() => tools.toggle(id)}>
        <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
        <Icon name={icon} />
        {line}
      </button>
      {isOpen && <div class="foldedBody">{children}</div>}
    </div>
  );
}

interface ThinkingParts {
  readonly item: Extract<Item, { readonly is: 'thinking' }>;
  readonly tools: RowTools;
}

export function Thinking({ item, tools }: ThinkingParts) {
  const content = tools.content(item.id);
  return (
    <Folded
      id={item.id}
      icon="thinking"
      state="thinking"
      tools={tools}
      line={<span class="foldTitle">{item.length === 0 ? t('Thinking') : t('Thought')}</span>}
    >
      <Whole text={content?.text} name={t('Thinking')} />
    </Folded>
  );
}

interface CallParts {
  readonly item: Extract<Item, { readonly is: 'call' }>;
  readonly tools: RowTools;
}

export function Call({ item, tools }: CallParts) {
  const content = tools.content(item.id);
  const { icon, name } = states[item.state];
  const title = item.title === item.tool ? toolName(item.tool) : shown(item.title);
  return (
    <Folded
      id={item.id}
      icon={icon}
      state={`call ${item.state}`}
      tools={tools}
      line={
        <>
          <span class="foldTitle" title={title}>
            {title}
          </span>
          <span class={item.state === 'done' ? 'unseen' : 'quiet'}>{name()}</span>
          {item.detail !== '' && <span class="foldDetail quiet">{shown(item.detail)}</span>}
        </>
      }
    >
      <p class="quiet">{t('Tool: {0}', shown(item.tool))}</p>
      {content === undefined ? (
        <Whole text={undefined} name={t('Input')} />
      ) : (
        <>
          <Part title={t('Input')} text={content.input} />
          <Part title={t('Result')} text={content.result} />
        </>
      )}
    </Folded>
  );
}

function Part({ title, text }: { readonly title: string; readonly text: string | undefined }) {
  if (text === undefined || text === '') return null;
  return (
    <>
      <h3 class="foldPart">{title}</h3>
      <Whole text={text} name={title} />
    </>
  );
}

function Whole({ text, name }: { readonly text: string | undefined; readonly name: string }) {
  if (text === undefined) return <p class="quiet">{t('Loading…')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer is scrolled by the keyboard too.
    <pre class="whole" tabIndex={0} role="group" aria-label={name} dir="auto">
      {shown(text)}
    </pre>
  );
}

/** While a call is written, nothing but its tool is known: in the person's words, where we know it. */
function toolName(tool: string): string {
  const names: Readonly<Record<string, () => string>> = {
    str_replace_based_edit_tool: () => t('Edit'),
    todo: () => t('Update the to-do list'),
    run: () => t('Run a command'),
    read: () => t('Read a file'),
    search: () => t('Search'),
    glob: () => t('Find files'),
    list: () => t('List a folder'),
    ask: () => t('Ask you a question'),
  };
  return names[tool]?.() ?? shown(tool);
}

/** A new state does not compile until it has its line. */
const states: Readonly<Record<CallState, { readonly icon: IconName; readonly name: () => string }>> = {
  writing: { icon: 'loading', name: () => t('Being written') },
  waiting: { icon: 'question', name: () => t('Waits for you') },
  running: { icon: 'loading', name: () => t('Running') },
  done: { icon: 'check', name: () => t('Done') },
  failed: { icon: 'error', name: () => t('Failed') },
  denied: { icon: 'circle-slash', name: () => t('Denied by you') },
  refused: { icon: 'circle-slash', name: () => t('Not allowed') },
  stopped: { icon: 'circle-slash', name: () => t('Stopped') },
  skipped: { icon: 'circle-slash', name: () => t('Skipped') },
};
