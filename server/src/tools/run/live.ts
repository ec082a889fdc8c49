/** Shows what a command writes while it runs: all of it in a terminal, the last lines where the chat is. */
import type { TerminalView } from '../../ports.ts';
import type { ToolContext } from '../../tool.ts';

export interface LiveReport {
  push(text: string): void;
  /** It is over, and how. */
  end(note: string): void;
}

export function createLiveReport({ report }: Pick<ToolContext, 'report'>, terminal: TerminalView): LiveReport {
  let last = '';
  let shown = Number.NEGATIVE_INFINITY;
  let isOver = false;
  return {
    push(text) {
      terminal.write(text);
      last = (last + text).slice(-mostShown);
      if (performance.now() - shown < pace) return;
      shown = performance.now();
      report(lastLines(last));
    },
    end(note) {
      if (isOver) return;
      isOver = true;
      report(lastLines(last));
      terminal.end(note);
    },
  };
}

/** Milliseconds: nobody reads faster. */
const pace = 100;
const mostShown = 4_000;
const mostLines = 20;

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-mostLines).join('\n');
}
