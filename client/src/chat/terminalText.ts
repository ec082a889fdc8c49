/** What a terminal is given: plain text in its own line ends, without anything that steers it (threats S19). Pure. */
import { stripControl } from '#shared/control.ts';

export function asTerminalText(text: string): string {
  return stripControl(text).replace(/\r?\n/g, '\r\n');
}
