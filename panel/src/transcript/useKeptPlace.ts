/** Where the transcript stands: at the end as long as the person has not left it, or where it stood when the view was hidden, or at what was searched for. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Anchor, Session } from '../session.ts';
import type { Row } from './rows.ts';
import type { VirtualRows } from './virtual.ts';

/** Milliseconds after the last scrolling. */
const pause = 200;
/** Whoever scrolls down and comes so near wants to be there. */
const nearEnd = 48;

export function useKeptPlace(session: Session, rows: readonly Row[], virtual: VirtualRows): void {
  const isAtEnd = useRef(true);
  /** Where it is to stand: as texts come, it is sought again, until the person scrolls. */
  const sought = useRef<Anchor | undefined>(undefined);
  const isPlaced = useRef(false);
  const drawn = useRef<readonly Row[]>([]);
  useLayoutEffect(() => {
    if (rows.length === 0) return;
    if (!isPlaced.current) {
      isPlaced.current = true;
      const item = session.takeItem();
      const row = item && rows.find(({ item: { id } }) => id === item || id.startsWith(`${item}.`));
      sought.current = row ? { key: row.key, offset: 0 } : session.anchor();
      isAtEnd.current = sought.current === undefined;
    }
    // Whoever asks wants to see it, and its answer.
    else if (asksAnew(drawn.current, rows)) {
      sought.current = undefined;
      isAtEnd.current = true;
    }
    if (sought.current !== undefined) seek(sought.current, rows, virtual);
    else if (isAtEnd.current && drawn.current !== rows) virtual.scrollToEnd();
    drawn.current = rows;
  });
  useEffect(() => {
    const element = virtual.scrollElement;
    if (element === null) return undefined;
    let [top, height] = [element.scrollTop, element.scrollHeight];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = (): void => {
      const offset = element.scrollTop;
      const first = virtual.getVirtualItemForOffset(offset);
      const row = first && drawn.current[first.index];
      if (isAtEnd.current || first === undefined || row === undefined) session.keepAnchor(undefined);
      else session.keepAnchor({ key: row.key, offset: offset - first.start });
    };
    const scrolled = (): void => {
      if (sought.current !== undefined) return;
      // Rows that turn out higher or lower scroll as well. Nobody has left the end but by going up further than they did.
      const isUp = element.scrollTop < top - Math.max(0, height - element.scrollHeight) - 1;
      [top, height] = [element.scrollTop, element.scrollHeight];
      isAtEnd.current = isUp ? virtual.isAtEnd(1) : isAtEnd.current || virtual.isAtEnd(nearEnd);
      if (isAtEnd.current && !virtual.isAtEnd(1)) virtual.scrollToEnd();
      clearTimeout(timer);
      timer = setTimeout(keep, pause);
    };
    const taken = (): void => {
      sought.current = undefined;
    };
    // What waits for the person takes its room from the transcript: the end stays in sight.
    const sizes = new ResizeObserver(() => {
      if (isAtEnd.current && sought.current === undefined) virtual.scrollToEnd();
    });
    sizes.observe(element);
    element.addEventListener('scroll', scrolled, { passive: true });
    for (const name of byPerson) element.addEventListener(name, taken, { passive: true });
    return () => {
      clearTimeout(timer);
      sizes.disconnect();
      element.removeEventListener('scroll', scrolled);
      for (const name of byPerson) element.removeEventListener(name, taken);
    };
  }, [session, virtual, virtual.scrollElement]);
}

/** The last question is another one than before, and it stands behind what was there. */
function asksAnew(before: readonly Row[], rows: readonly Row[]): boolean {
  if (before === rows) return false;
  const last = (all: readonly Row[]) => all.findLast(({ item }) => item.is === 'asked')?.item.id;
  const asked = last(rows);
  return asked !== last(before) && !before.some(({ item }) => item.id === asked);
}

const byPerson = ['wheel', 'pointerdown', 'keydown', 'touchmove'] as const;

function seek({ key, offset }: Anchor, rows: readonly Row[], virtual: VirtualRows): void {
  const index = indexOf(rows, key);
  if (index < 0) return;
  const [start = 0] = virtual.getOffsetForIndex(index, 'start') ?? [];
  const target = start + (rows[index]?.key === key ? offset : 0);
  if (Math.abs(target - (virtual.scrollOffset ?? 0)) > 1) virtual.scrollToOffset(target);
}

/** Its item's first row, as long as the item's text is not here. */
function indexOf(rows: readonly Row[], key: string): number {
  const exact = rows.findIndex((row) => row.key === key);
  if (exact >= 0) return exact;
  const item = key.replace(/\/\d+(?:\/\d+)?$/, '');
  return rows.findIndex((row) => row.key.startsWith(`${item}/`));
}
