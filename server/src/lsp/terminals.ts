/** Terminals of commands, in editors that have them: what is written goes there in pieces that a person can follow. */
import type { Connection } from 'vscode-languageserver/node';
import { type TerminalPiece, terminalClosed, terminalNotification } from '#shared/chat.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import type { Log, People, TerminalView } from '../ports.ts';
import { fewWords } from './plainWords.ts';

export interface TerminalParts {
  readonly connection: Connection;
  readonly gloss: Pick<GlossCapabilities, 'terminal'>;
  readonly log: Log;
}

/** A view that shows nothing where the editor has no terminals: the chat tells what is written then. */
export function createTerminals({ connection, gloss, log }: TerminalParts): People['terminal'] {
  if (!gloss.terminal) return () => ({ write() {}, end() {} });
  const open = new Map<string, AbortController>();
  connection.onNotification(terminalClosed.method, (params: unknown) => {
    const closed = terminalClosed.params.safeParse(params);
    if (closed.success) open.get(closed.data.id)?.abort(new Error('The terminal was closed.'));
    else log.warn(`${terminalClosed.method}: the parameters could not be read`);
  });
  const tell = (piece: TerminalPiece): void => {
    // A piece that cannot be sent means that the client is gone.
    connection
      .sendNotification(terminalNotification.method, piece)
      .catch((error: unknown) => log.warn(`a terminal was not shown: ${String(error)}`));
  };
  return ({ id, title }) => {
    const closed = new AbortController();
    open.set(id, closed);
    const name = fewWords(title, 100);
    tell({ id, title: name });
    return viewOf({
      closed: closed.signal,
      tell: (more) => tell({ id, title: name, ...more }),
      forget: () => open.delete(id),
    });
  };
}

/** Milliseconds between two pieces of a terminal. */
const pace = 50;
/** Characters of a piece: of what is written faster than that the last is shown. */
const mostShown = 50_000;

interface ViewParts {
  readonly closed: AbortSignal;
  tell(more: Pick<TerminalPiece, 'text' | 'ended'>): void;
  forget(): void;
}

function viewOf({ closed, tell, forget }: ViewParts): TerminalView {
  let waiting = '';
  let leftOut = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === '') return;
    const gap = leftOut === 0 ? '' : `\n[${leftOut} characters left out]\n`;
    tell({ text: gap + waiting.toWellFormed() });
    waiting = '';
    leftOut = 0;
  };
  return {
    closed,
    write(text) {
      const all = waiting + text;
      waiting = all.slice(-mostShown);
      leftOut += all.length - waiting.length;
      timer ??= setTimeout(flush, pace);
    },
    end(note) {
      flush();
      tell({ ended: note.slice(0, 1_000) });
      forget();
    },
  };
}
