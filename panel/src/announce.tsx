/** The one live region of the page: says to a screen reader what has happened, whole sentences and never a stream. */
import { useEffect, useState } from 'preact/hooks';

const listeners = new Set<(text: string) => void>();

/** @param text a short sentence, translated. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text);
}

/** Drawn once, from the beginning: a region that appears together with its text is not read. */
export function LiveRegion() {
  const [said, say] = useState({ text: '', count: 0 });
  useEffect(() => {
    const hear = (text: string): void => say(({ count }) => ({ text, count: count + 1 }));
    listeners.add(hear);
    return () => void listeners.delete(hear);
  }, []);
  return (
    <div class="spoken" role="status" aria-live="polite" aria-atomic="true">
      {/* The same sentence said again is another node: else it would not be read. */}
      <span key={said.count}>{said.text}</span>
    </div>
  );
}
