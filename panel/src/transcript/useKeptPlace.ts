/** Where the transcript stands: at the end, or where it stood when the view was hidden, or at what was searched for. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Session } from '../session.ts';
import type { Row } from './rows.ts';
import type { VirtualRows } from './virtual.ts';

/** Milliseconds after the last scrolling. */
const pause = 200;

export function useKeptPlace(session: Session, rows: readonly Row[], virtual: VirtualRows): void {
  const isPlaced = useRef(false);
  useLayoutEffect(() => {
    if (isPlaced.current || rows.length === 0) return;
    isPlaced.current = true;
    const item = session.takeItem();
    if (item !== undefined) {
      const index = rows.findIndex((row) => row.item.id === item || row.item.id.startsWith(`${item}.`));
      if (index >= 0) return virtual.scrollToIndex(index, { align: 'start' });
    }
    const anchor = session.anchor();
    const index = anchor === undefined ? -1 : indexOf(rows, anchor.key);
    if (anchor === undefined || index < 0) return virtual.scrollToEnd();
    virtual.scrollToIndex(index, { align: 'start' });
    if (rows[index]?.key === anchor.key) virtual.scrollBy(anchor.offset);
  });
  const now = useRef(rows);
  now.current = rows;
  useEffect(() => {
    const element = virtual.scrollElement;
    if (element === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = (): void => {
      const offset = element.scrollTop;
      const first = virtual.getVirtualItemForOffset(offset);
      const row = first && now.current[first.index];
      if (virtual.isAtEnd() || first === undefined || row === undefined) session.keepAnchor(undefined);
      else session.keepAnchor({ key: row.key, offset: offset - first.start });
    };
    const scrolled = (): void => {
      clearTimeout(timer);
      timer = setTimeout(keep, pause);
    };
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      clearTimeout(timer);
      element.removeEventListener('scroll', scrolled);
    };
  }, [session, virtual, virtual.scrollElement]);
}

/** Its item's first row, as long as the item's text is not here. */
function indexOf(rows: readonly Row[], key: string): number {
  const exact = rows.findIndex((row) => row.key === key);
  if (exact >= 0) return exact;
  const item = key.replace(/\/\d+(?:\/\d+)?$/, '');
  return rows.findIndex((row) => row.key.startsWith(`${item}/`));
}
