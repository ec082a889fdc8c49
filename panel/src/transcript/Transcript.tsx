/** What was said and done, from the first question to the newest answer. Only what is seen is drawn. */

import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ComposerModel } from '../composer/model.ts';
import { Icon } from '../Icon.tsx';
import { createPlaces } from '../places.ts';
import type { Session } from '../session.ts';
import type { ChatStore } from '../store.ts';
import { useWatched } from '../watched.ts';
import { t } from '../words.ts';
import { createDeeds } from './deeds.ts';
import { RowView } from './RowView.tsx';
import { createRows, estimatedHeight, type Row } from './rows.ts';
import { createTexts } from './texts.ts';
import type { RowTools } from './tools.ts';
import { useCommands } from './useCommands.ts';
import { useKeptPlace } from './useKeptPlace.ts';
import { useVirtualRows, type VirtualRows } from './virtual.ts';

export interface TranscriptProps {
  readonly session: Session;
  readonly composer: ComposerModel;
  readonly store: ChatStore;
}

export function Transcript({ session, composer, store }: TranscriptProps) {
  const scroller = useRef<HTMLElement>(null);
  const { rows, isBehind } = useRows(store);
  const tools = useTools(session, composer, store);
  const focused = useFocusedKey(scroller);
  const measures = useMeasures(scroller);
  const keyAt = useKeys(rows);
  const virtual = useVirtualRows({
    count: rows.length,
    kept: focused === undefined ? -1 : rows.findIndex(({ key }) => key === focused),
    getScrollElement: () => scroller.current,
    estimateSize: (index) =>
      rows[index] === undefined ? 0 : estimatedHeight(rows[index], measures.line, measures.columns),
    getItemKey: keyAt,
  });
  const seen = virtual.getVirtualItems();
  useWanted(session, store, rows, seen);
  useAgain(isBehind);
  useKeptPlace(session, rows, virtual);
  useCommands(session, rows, virtual, tools.deeds);
  return (
    <div class="body transcriptFrame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by the keyboard. */}
      <main class="transcript" ref={scroller} tabIndex={0} aria-label={t('Conversation')}>
        <div class="rows" style={{ height: `${virtual.getTotalSize()}px` }}>
          {seen.map(({ index, key, start }) => {
            const row = rows[index];
            return (
              row && (
                <Placed key={key} name={row.key} index={index} start={start} virtual={virtual}>
                  <Kept row={row} tools={tools} />
                </Placed>
              )
            );
          })}
        </div>
      </main>
      {!virtual.isAtEnd(farFromEnd) && (
        <button type="button" class="jump" onClick={() => virtual.scrollToEnd()}>
          <Icon name="arrow-down" />
          {t('Jump to Newest')}
        </button>
      )}
    </div>
  );
}

const farFromEnd = 120;

/** The same drawing as long as neither the row nor what it is drawn with has changed. */
function Kept({ row, tools }: { readonly row: Row; readonly tools: RowTools }) {
  return useMemo(() => <RowView row={row} tools={tools} />, [row, tools]);
}

interface PlacedParts {
  readonly name: string;
  readonly index: number;
  readonly start: number;
  readonly virtual: VirtualRows;
  readonly children: ComponentChildren;
}

function Placed({ name, index, start, virtual, children }: PlacedParts) {
  return (
    <div
      class="placed"
      data-key={name}
      data-index={index}
      ref={virtual.measureElement}
      style={{ transform: `translateY(${start}px)` }}
    >
      {children}
    </div>
  );
}

function useRows(store: ChatStore): { readonly rows: readonly Row[]; readonly isBehind: boolean } {
  // A chat that was opened again has another store, and the same rows.
  const now = useRef(store);
  now.current = store;
  const [texts] = useState(() =>
    createTexts({ growth: (id) => now.current.growth(id), keyOf: (id) => now.current.keyOf(id) }),
  );
  const [rowsOf] = useState(() => createRows({ keyOf: (id) => now.current.keyOf(id), piecesOf: texts.piecesOf }));
  texts.look();
  return { rows: rowsOf(store.items()), isBehind: texts.isBehind() };
}

/** The same function as long as rows are only added at the end: with another one all of them are placed anew. */
function useKeys(rows: readonly Row[]): (index: number) => string | number {
  const now = useRef(rows);
  const keyAt = useRef((index: number): string | number => now.current[index]?.key ?? index);
  const { current: before } = now;
  now.current = rows;
  if (before !== rows && rows.some(({ key }, index) => key !== (before[index]?.key ?? key))) {
    keyAt.current = (index) => now.current[index]?.key ?? index;
  }
  return keyAt.current;
}

/** Another object whenever rows have to be drawn again. */
function useTools(session: Session, composer: ComposerModel, store: ChatStore): RowTools {
  const [places] = useState(() => createPlaces(session.host));
  const deeds = useMemo(() => createDeeds(session, composer, store.chat), [session, composer, store.chat]);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const found = useWatched(places);
  const isRunning = store.state().running;
  // Texts of what is open, and what was asked for, change without the rows.
  const contents = [...open].map((id) => store.content(id)?.text.length ?? -1).join();
  useEffect(() => {
    session.want([...open].filter((id) => store.items().some((item) => item.id === id)));
  });
  return useMemo(
    () => ({
      ...{ host: session.host, places, chat: store.chat, deeds, isRunning },
      asked: (id) =>
        store.items().find((item) => item.is === 'asked' && item.id === id) as ReturnType<RowTools['asked']>,
      isOpen: (id) => open.has(id),
      toggle: (id) =>
        setOpen((before) =>
          before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
        ),
      content: (id) => (open.has(id) ? store.content(id) : undefined),
    }),
    [session, store, places, found, deeds, isRunning, open, contents],
  );
}

/** Asks for the texts of answers that are seen, or nearly. */
function useWanted(
  session: Session,
  store: ChatStore,
  rows: readonly Row[],
  seen: readonly { readonly index: number }[],
): void {
  useEffect(() => {
    const ids = seen.flatMap(({ index }) => {
      const row = rows[index];
      return row !== undefined && 'item' in row && row.item.is === 'answer' && store.growth(row.item.id) === undefined
        ? [row.item.id]
        : [];
    });
    if (ids.length > 0) session.want([...new Set(ids)]);
  });
}

/** Draws again in the next frame, as long as there is more to take in. */
function useAgain(isWanted: boolean): void {
  const [, again] = useState(0);
  useEffect(() => {
    if (!isWanted) return undefined;
    const frame = requestAnimationFrame(() => again((count) => count + 1));
    return () => cancelAnimationFrame(frame);
  });
}

/** The row that has the keyboard stays drawn when it is scrolled away. */
function useFocusedKey(scroller: { readonly current: HTMLElement | null }): string | undefined {
  const [key, setKey] = useState<string>();
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      setKey(target.closest<HTMLElement>('.placed')?.dataset['key']);
      if (target === element || !target.matches(':focus-visible')) return;
      // Rows that were scrolled to are measured only now, and may have moved it out of sight again.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => document.activeElement === target && target.scrollIntoView({ block: 'nearest' })),
      );
    };
    const leave = () => setKey(undefined);
    element.addEventListener('focusin', look);
    element.addEventListener('focusout', leave);
    return () => {
      element.removeEventListener('focusin', look);
      element.removeEventListener('focusout', leave);
    };
  }, [scroller]);
  return key;
}

/** How high a line is, and how many letters it has: for rows that were not drawn yet. */
function useMeasures(scroller: { readonly current: HTMLElement | null }): {
  readonly line: number;
  readonly columns: number;
} {
  const [measures, measure] = useState({ line: 20, columns: 45 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const size = Number.parseFloat(getComputedStyle(element).fontSize) || 13;
    measure({ line: Math.round(size * 1.5), columns: Math.max(10, Math.floor(element.clientWidth / (size * 0.5))) });
  }, [scroller]);
  return measures;
}
