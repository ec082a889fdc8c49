/** What each section of a chat's document said before, so that what the person wrote into it is told apart, and an undo is known. */
import type { ChatSection } from './chatSections.ts';

/** Versions of a section that are known again when an undo brings one back. */
const mostRemembered = 50;
/** UTF-16 code units of all versions that are not the newest of their section: a long answer has many. */
const mostCharacters = 2_000_000;

export interface ChatMemory {
  /** What it said when Gloss last wrote it, in the line ends of `now`; undefined for what Gloss did not write. */
  of(id: string, now: string): string | undefined;
  keep(sections: readonly ChatSection[]): void;
  /** UTF-16 code units of earlier versions. */
  readonly size: number;
}

export function createChatMemory(): ChatMemory {
  const newest = new Map<string, string>();
  /** Earlier ones of all sections, oldest first. */
  const earlier: { readonly id: string; readonly text: string }[] = [];
  let size = 0;
  const forget = (at: number): void => {
    size -= earlier[at]?.text.length ?? 0;
    earlier.splice(at, 1);
  };
  return {
    of(id, now) {
      const plain = now.replaceAll('\r\n', '\n');
      const isEarlier = earlier.some((each) => each.id === id && each.text === plain);
      const base = isEarlier ? plain : newest.get(id);
      return base === undefined || plain === now ? base : base.replaceAll('\n', '\r\n');
    },
    keep(sections) {
      for (const { id, isTheirs, text } of sections) {
        const before = newest.get(id);
        if (isTheirs || before === text) continue;
        newest.set(id, text);
        if (before === undefined) continue;
        earlier.push({ id, text: before });
        size += before.length;
        const own = earlier.filter((each) => each.id === id).length;
        if (own >= mostRemembered) forget(earlier.findIndex((each) => each.id === id));
      }
      while (size > mostCharacters) forget(0);
    },
    get size() {
      return size;
    },
  };
}
