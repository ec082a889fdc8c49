/** Progress for a client that may not take it yet: Helix answers nothing while it waits for our own answer. */
import type { WorkDoneProgressReporter } from 'vscode-languageserver/node';

export type LateProgress = Pick<WorkDoneProgressReporter, 'begin' | 'done'>;

/** Begins when the client has taken the progress, unless all is done by then. A client that refuses it gets none. */
export function lateProgress(asked: Promise<WorkDoneProgressReporter>): LateProgress {
  let isDone = false;
  let running: WorkDoneProgressReporter | undefined;
  asked.catch(() => undefined);
  return {
    begin(...words) {
      const start = (reporter: WorkDoneProgressReporter): void => {
        if (isDone) return;
        running = reporter;
        reporter.begin(...words);
      };
      asked.then(start).catch(() => undefined);
    },
    done() {
      isDone = true;
      running?.done();
    },
  };
}
