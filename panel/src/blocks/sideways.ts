/** Scrolls the parts of one long piece of code sideways together: they look like one. */
import { useLayoutEffect, useRef } from 'preact/hooks';

/** What is the same for all parts of a piece, and for none of another. */
export type Whole = object;

interface Together {
  left: number;
  readonly parts: Set<HTMLElement>;
}

const all = new WeakMap<Whole, Together>();

/** For the element of a part that scrolls. A part that is drawn later stands where the others stand. */
export function useSideways(whole: Whole | undefined) {
  const part = useRef<HTMLPreElement>(null);
  useLayoutEffect(() => {
    const { current: element } = part;
    if (whole === undefined || element === null) return undefined;
    const together = all.get(whole) ?? { left: 0, parts: new Set() };
    all.set(whole, together);
    together.parts.add(element);
    element.scrollLeft = together.left;
    const follow = (): void => {
      // What was moved along with another one has nothing to tell.
      if (element.scrollLeft === together.left) return;
      together.left = element.scrollLeft;
      for (const other of together.parts) if (other !== element) other.scrollLeft = together.left;
    };
    element.addEventListener('scroll', follow, { passive: true });
    return () => {
      element.removeEventListener('scroll', follow);
      together.parts.delete(element);
    };
  }, [whole]);
  return part;
}

const widths = new WeakMap<readonly string[], { count: number; longest: number }>();

/** Letters of the longest line. Of lines that grow only the new ones are looked at, and the last one again. */
export function longestOf(lines: readonly string[]): number {
  const known = widths.get(lines);
  // Some were taken back.
  const before = known === undefined || known.count > lines.length ? { count: 0, longest: 0 } : known;
  let { longest } = before;
  for (let at = before.count; at < lines.length - 1; at += 1) longest = Math.max(longest, lines[at]?.length ?? 0);
  widths.set(lines, { count: Math.max(0, lines.length - 1), longest });
  return Math.max(longest, lines.at(-1)?.length ?? 0);
}
