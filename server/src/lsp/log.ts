/** The log, through the editor's log channel: cleaned of keys and control characters before it leaves the process. */
import type { Connection } from 'vscode-languageserver/node';
import { stripControl } from '#shared/control.ts';
import type { Log } from '../ports.ts';

const longest = 4_000;

export function createLog(connection: Connection, clean: (text: string) => string): Log {
  const line = (text: string) => stripControl(clean(text)).slice(0, longest);
  const { console } = connection;
  return {
    clean,
    debug: (message) => unlessClosed(() => console.debug(line(message))),
    info: (message) => unlessClosed(() => console.info(line(message))),
    warn: (message) => unlessClosed(() => console.warn(line(message))),
    error: (message, cause) =>
      unlessClosed(() => console.error(line(cause === undefined ? message : `${message}: ${textOf(cause)}`))),
  };
}

/** On a closed connection nobody reads it, and whoever tells of a failure must not fail by that. */
function unlessClosed(tell: () => void): void {
  try {
    tell();
  } catch {
    // Nothing is left that could be told.
  }
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
