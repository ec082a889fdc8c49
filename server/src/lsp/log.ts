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
    debug: (message) => console.debug(line(message)),
    info: (message) => console.info(line(message)),
    warn: (message) => console.warn(line(message)),
    error: (message, cause) => console.error(line(cause === undefined ? message : `${message}: ${textOf(cause)}`)),
  };
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
