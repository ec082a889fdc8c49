/** Terminals in which a person sees what the commands of chats write, while they run. Nobody can type into them; closing one stops its command. */
import * as vscode from 'vscode';
import type { TerminalPiece } from '#shared/chat.ts';
import { asTerminalText } from './terminalText.ts';

export interface Terminals {
  hear(piece: TerminalPiece): void;
}

interface Open {
  readonly terminal: vscode.Terminal;
  write(text: string): void;
  isEnded: boolean;
}

/** Terminals of commands that are over, and still there to read. */
const mostEnded = 5;

/** @param onClosed hears of a terminal that was closed while its command runs. */
export function createTerminals(onClosed: (id: string) => void): Terminals {
  const all = new Map<string, Open>();
  const closed = (id: string): void => {
    const wasRunning = all.get(id)?.isEnded === false;
    all.delete(id);
    if (wasRunning) onClosed(id);
  };
  const tidy = (): void => {
    const ended = [...all].filter(([, { isEnded }]) => isEnded);
    for (const [id, { terminal }] of ended.slice(0, Math.max(0, ended.length - mostEnded))) {
      all.delete(id);
      terminal.dispose();
    }
  };
  return {
    hear({ id, title, text, ended }) {
      // What comes for one that was closed is for nobody.
      if (!all.has(id) && (text !== undefined || ended !== undefined)) return;
      const open = all.get(id) ?? opened(title, () => closed(id));
      all.set(id, open);
      if (text !== undefined) open.write(asTerminalText(text));
      if (ended === undefined) return;
      open.write(`\r\n[${asTerminalText(ended)}]\r\n`);
      open.isEnded = true;
      tidy();
    },
  };
}

function opened(title: string, onClosed: () => void): Open {
  const written = new vscode.EventEmitter<string>();
  /** What comes before the terminal is drawn. */
  let early: string[] | undefined = [];
  const terminal = vscode.window.createTerminal({
    name: asTerminalText(title).replace(/\s+/g, ' '),
    iconPath: new vscode.ThemeIcon('tools'),
    // The command is over when the window is: there is nothing to bring back.
    isTransient: true,
    pty: {
      onDidWrite: written.event,
      open() {
        for (const text of early ?? []) written.fire(text);
        early = undefined;
      },
      close() {},
    },
  });
  // Who closes it does not count: `close` is called for the person only.
  const listening = vscode.window.onDidCloseTerminal((gone) => {
    if (gone !== terminal) return;
    listening.dispose();
    written.dispose();
    onClosed();
  });
  terminal.show(true);
  return {
    terminal,
    isEnded: false,
    write: (text) => (early === undefined ? written.fire(text) : void early.push(text)),
  };
}
