/** Draws one row of the transcript. */
import type { Item } from '#shared/panel.ts';
import { Deed } from '../blocks/Code.tsx';
import type { BlockTools } from '../blocks/tools.ts';
import { Icon } from '../Icon.tsx';
import { short, tokenCount } from '../numbers.ts';
import { shown } from '../shown.ts';
import { t } from '../words.ts';
import { Call, Thinking } from './Folded.tsx';
import { CodeRowView, Piece } from './Piece.tsx';
import type { Row } from './rows.ts';
import { Changes, Cost } from './Summary.tsx';
import type { Asked, RowTools } from './tools.ts';

interface RowParts {
  readonly row: Row;
  readonly tools: RowTools;
}

export function RowView({ row, tools }: RowParts) {
  return (
    <>
      {row.begins && <h2 class="unseen">{t('Reply')}</h2>}
      <Content row={row} tools={tools} />
    </>
  );
}

function Content({ row, tools }: RowParts) {
  switch (row.is) {
    case 'item':
      return <ItemView item={row.item} asked={row.asked} tools={tools} />;
    case 'waiting':
      return <div class="waiting" aria-busy="true" />;
    case 'pieces':
      return (
        <div class="markdown">
          {row.pieces.map((piece, index) => (
            <Piece
              key={index}
              piece={piece}
              tools={blockTools(row.item.id, row.isLast && index === row.pieces.length - 1, tools)}
            />
          ))}
        </div>
      );
    case 'code':
      return (
        <div class="markdown">
          <CodeRowView row={row} tools={blockTools(row.item.id, row.piece.isOpen, tools)} />
        </div>
      );
  }
}

function blockTools(item: string, isLast: boolean, { host, places, chat, isRunning }: RowTools): BlockTools {
  return { host, places, chat, item, isGrowing: isLast && isRunning };
}

interface ItemParts {
  readonly item: Exclude<Item, { readonly is: 'answer' }>;
  readonly asked: string;
  readonly tools: RowTools;
}

function ItemView({ item, asked, tools }: ItemParts) {
  switch (item.is) {
    case 'asked':
      return <Question item={item} tools={tools} />;
    case 'said':
      return (
        <div class="ask said">
          <h2 class="unseen">{t('You, meanwhile')}</h2>
          <Words item={item} tools={tools} />
        </div>
      );
    case 'thinking':
      return <Thinking item={item} tools={tools} />;
    case 'call':
      return <Call item={item} tools={tools} />;
    case 'changes':
      return <Changes item={item} host={tools.host} />;
    case 'notice':
      return (
        <div class={item.isError ? 'beside isError' : 'beside'}>
          <Icon name={item.isError ? 'error' : 'info'} />
          <p dir="auto">
            {item.isError && <span class="unseen">{t('Error:')} </span>}
            {shown(item.text)}
          </p>
        </div>
      );
    case 'compacted':
      return (
        <div class="compacted">
          <span>{t('What stands above is known as a summary from here on')}</span>
        </div>
      );
    case 'cost':
      return <Cost item={item} asked={asked} tools={tools} />;
  }
}

/** Of long words only the beginning, until the person wants to see all. */
function Words({
  item,
  tools,
}: {
  readonly item: Extract<Item, { readonly is: 'asked' | 'said' }>;
  readonly tools: RowTools;
}) {
  const { id, text, length = text.length } = item;
  const isOpen = tools.isOpen(id);
  const all = isOpen ? tools.content(id)?.text : undefined;
  return (
    <>
      <p dir="auto">{shown(all ?? text)}</p>
      {length > text.length && (
        <button type="button" class="link" aria-expanded={isOpen} onClick={() => tools.toggle(id)}>
          {isOpen ? t('Show Less') : t('Show All')}
        </button>
      )}
    </>
  );
}

function Question({ item, tools }: { readonly item: Asked; readonly tools: RowTools }) {
  const { deeds } = tools;
  return (
    <article class="ask" tabIndex={-1} aria-label={t('Question')}>
      <h2 class="unseen">{t('You')}</h2>
      <Words item={item} tools={tools} />
      {item.chips.length > 0 && (
        <ul class="went" aria-label={t('Sent along')}>
          {item.chips.map(({ name, tokens }, index) => (
            <li key={index}>
              <bdi>{shown(name)}</bdi> <span class="quiet">{tokenCount(tokens, short)}</span>
            </li>
          ))}
        </ul>
      )}
      <div class="deeds" role="group" aria-label={t('Question')}>
        <Deed title={t('Edit and Resend')} icon="edit" deed={() => deeds.edit(item)} />
        <Deed title={t('Ask Again')} icon="refresh" deed={() => deeds.retry(item)} />
        <Deed title={t('Fork From Here')} icon="repo-forked" deed={() => deeds.fork(item.id)} />
      </div>
    </article>
  );
}
