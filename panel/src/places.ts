/** Which words of an answer name a place in the workspace: asked of the server in batches, and kept. Only what it has found becomes a link. */
import { chatPlacesRequest } from '#shared/panelRequests.ts';
import type { Host } from './host.ts';
import { createWatchers } from './watched.ts';

export interface FoundPlace {
  readonly uri: string;
  readonly line?: number | undefined;
}

export interface Places {
  /** What is known now; it is asked for when nothing is. */
  find(text: string): FoundPlace | undefined;
  watch(listener: () => void): () => void;
}

/** By the contract of `gloss/chatPlaces`. */
const mostAsked = 200;
/** Milliseconds in which more may be wanted. */
const pause = 150;
const mostKept = 5_000;

export function createPlaces(host: Pick<Host, 'ask'>): Places {
  const known = new Map<string, FoundPlace | undefined>();
  const wanted = new Set<string>();
  const { watch, tell } = createWatchers();
  let isWaiting = false;
  const ask = async (): Promise<void> => {
    isWaiting = false;
    const texts = [...wanted].slice(0, mostAsked);
    for (const text of texts) wanted.delete(text);
    if (wanted.size > 0) later();
    // What cannot be answered is no link.
    const { places } = await host.ask(chatPlacesRequest, { texts }).catch(() => ({ places: [] }));
    if (known.size > mostKept) known.clear();
    for (const text of texts) known.set(text, undefined);
    for (const { text, ...place } of places) known.set(text, place);
    if (places.length > 0) tell();
  };
  const later = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => void ask(), pause);
  };
  return {
    watch,
    find(text) {
      if (known.has(text)) return known.get(text);
      wanted.add(text);
      later();
      return undefined;
    },
  };
}

/** A path with a folder or a line, such as `src/a.ts` or `a.ts:12`: in the middle of a sentence a name alone is no path. */
const inText =
  /(?<![\w./\\@:-])(?:[\w@.+-]+\/)*[\w@+-][\w@.+-]*\.[A-Za-z]\w{0,9}(?::\d{1,7}(?:-\d{1,7})?|#L\d{1,7}(?:-L?\d{1,7})?)?(?![\w/])/g;
/** A whole inline code: there a name alone may be one. */
const whole = /^(?:[\w@.+ -]+\/)*[\w@+. -]+(?::\d{1,7}(?:[-:]\d{1,7})?|#L\d{1,7}(?:-L?\d{1,7})?)?$/;
const longestPath = 300;

/** Whether inline code may be a place. */
export function mayBePlace(code: string): boolean {
  return code.length <= longestPath && /[./]/.test(code) && !/^[.\d]+$|^\s|\s$|\.$/.test(code) && whole.test(code);
}

/** The parts of a text that may be places, in their order. */
export function placesIn(text: string): readonly { readonly at: number; readonly text: string }[] {
  if (!text.includes('.')) return [];
  return [...text.matchAll(inText)]
    .filter(([found]) => found.length <= longestPath && /[/]|:\d|#L/.test(found))
    .map((match) => ({ at: match.index, text: match[0] }));
}
