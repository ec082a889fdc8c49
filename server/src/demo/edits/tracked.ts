/** Lines that are changed step by step, and what that comes to in the end. */
import { applied, type Change } from './changes.ts';

/** A line, and where it stood at first; -1 for a new one. */
interface Line {
  readonly text: string;
  readonly was: number;
}

export interface Tracked {
  lines(): readonly string[];
  /** Where a line of the beginning stands now; -1 when it is gone. */
  placeOf(line: number): number;
  apply(changes: readonly Change[]): void;
  /** All of it, for the lines of the beginning. */
  changes(): readonly Change[];
}

export function createTracked(lines: readonly string[]): Tracked {
  let current: readonly Line[] = lines.map((text, was) => ({ text, was }));
  return {
    lines: () => current.map(({ text }) => text),
    placeOf: (line) => current.findIndex(({ was }) => was === line),
    apply(changes) {
      current = replaced(current, changes);
    },
    changes: () => changesFrom(current, lines),
  };
}

/** A line that becomes another one keeps its place. */
function replaced(current: readonly Line[], changes: readonly Change[]): readonly Line[] {
  const texts = applied(
    current.map(({ text }) => text),
    changes,
  );
  const places: number[] = [];
  let at = 0;
  for (const { from, to, lines } of [...changes].sort((one, other) => one.from - other.from || one.to - other.to)) {
    for (; at < from; at++) places.push(current[at]?.was ?? -1);
    for (const [index] of lines.entries()) places.push(from + index < to ? (current[from + index]?.was ?? -1) : -1);
    at = to;
  }
  for (; at < current.length; at++) places.push(current[at]?.was ?? -1);
  return texts.map((text, index) => ({ text, was: places[index] ?? -1 }));
}

function changesFrom(current: readonly Line[], lines: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  let next = 0;
  let added: string[] = [];
  const close = (until: number) => {
    if (until > next || added.length > 0) changes.push({ from: next, to: until, lines: added });
    added = [];
  };
  for (const { text, was } of current) {
    if (was < 0) added.push(text);
    else if (text === lines[was]) {
      close(was);
      next = was + 1;
    } else {
      close(was);
      changes.push({ from: was, to: was + 1, lines: [text] });
      next = was + 1;
    }
  }
  close(lines.length);
  return changes;
}
