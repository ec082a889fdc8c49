/** Tells, while Markdown comes, whether a text that is put in at its end would be inside of code. Renderers decide alone; this only finds a good place. */

export interface CodeState {
  add(text: string): void;
  /** In inline code or a fence, or on the line of a fence's mark. */
  isInside(): boolean;
  /** At the start of a line outside of code. */
  isAtStart(): boolean;
}

/** Behind marks of quotations and lists. */
const fenceMark = /^(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*(`{3,}|~{3,})(.*)$/;

export function createCodeState(): CodeState {
  let fence: string | undefined;
  let line = '';
  let ticks = 0;
  const endLine = (): void => {
    const [, mark, rest = ''] = fenceMark.exec(line) ?? [];
    if (mark !== undefined && fence === undefined) fence = mark;
    else if (mark !== undefined && fence !== undefined && mark.startsWith(fence) && rest.trim() === '')
      fence = undefined;
    ticks = line.trim() === '' ? 0 : openTicks(line, ticks);
    line = '';
  };
  return {
    add(text) {
      const [first = '', ...others] = text.split('\n');
      line += first;
      for (const next of others) {
        endLine();
        line = next;
      }
    },
    isInside: () => fence !== undefined || fenceMark.test(line) || openTicks(line, ticks) > 0,
    isAtStart: () => fence === undefined && ticks === 0 && line === '',
  };
}

/** The length of the run of backticks that waits for its partner; 0 outside of code. */
function openTicks(line: string, open: number): number {
  if (fenceMark.test(line)) return 0;
  let waiting = open;
  for (const [run] of line.matchAll(/`+/g)) {
    if (waiting === 0) waiting = run.length;
    else if (waiting === run.length) waiting = 0;
  }
  return waiting;
}
