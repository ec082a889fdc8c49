/** Tells clicks that were meant from those that hit what moved under the pointer a moment before (threats S17). */
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Milliseconds that something has to stand where it is before a click on it counts. */
const settling = 500;

/** When a place in the page changed last, in the time of events. */
export interface Settled {
  /** @param event its time is that of the hand, also when the page was busy. */
  isMeant(event: Pick<MouseEvent, 'timeStamp'>): boolean;
}

/**
 * @param place what stands in it and where counts: another size or position of it begins the time anew.
 * @param shown names what is shown in it.
 */
export function useSettled(place: { readonly current: HTMLElement | null }, shown: string): Settled {
  const since = useRef(performance.now());
  useLayoutEffect(() => {
    since.current = performance.now();
    const { current } = place;
    if (current === null) return;
    let where = placeOf(current);
    const look = (): void => {
      const now = placeOf(current);
      if (now === where) return;
      where = now;
      since.current = performance.now();
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(current);
    sizes.observe(document.body);
    for (const card of current.children) sizes.observe(card);
    return () => sizes.disconnect();
  }, [place, shown]);
  return { isMeant: ({ timeStamp }) => timeStamp - since.current >= settling };
}

function placeOf(element: HTMLElement): string {
  return [element, ...element.children]
    .map((one) => one.getBoundingClientRect())
    .map(({ top, left, width, height }) => [top, left, width, height].map(Math.round).join())
    .join(' ');
}
