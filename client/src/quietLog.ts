/** The log channel as the language client's tracer sees it: which messages went over the wire, never what was in them (threats S32). */
import type { LogOutputChannel } from 'vscode';

/** The same channel, whose `trace` keeps only the first line: method and size of time, no key, no document. */
export function withoutContents(log: LogOutputChannel): LogOutputChannel {
  return {
    get name() {
      return log.name;
    },
    get logLevel() {
      return log.logLevel;
    },
    onDidChangeLogLevel: log.onDidChangeLogLevel,
    trace: (message) => log.trace(traceLine(message)),
    debug: (message) => log.debug(message),
    info: (message) => log.info(message),
    warn: (message) => log.warn(message),
    error: (message) => log.error(message),
    append: (text) => log.append(text),
    appendLine: (text) => log.appendLine(text),
    replace: (text) => log.replace(text),
    clear: () => log.clear(),
    show: () => log.show(true),
    hide: () => log.hide(),
    // The channel has an owner: it is not the tracer's to end.
    dispose() {},
  };
}

/** A trace message without its content: text traces carry it below the first line, JSON traces throughout. */
export function traceLine(message: string): string {
  if (message.startsWith('{')) return '(a message; its content is left out)';
  return message.split('\n', 1)[0] ?? '';
}
