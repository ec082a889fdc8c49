/** Text of a terminal as it can be explained. */
import { Refusal } from '../../ports.ts';
import { terminalText } from '../../text/terminalText.ts';

/** @throws Refusal when there is nothing to read. */
export function plainText(selected: string): string {
  const plain = terminalText(selected);
  if (plain === '') throw new Refusal('There is no text in the selection of the terminal.', 'empty');
  return plain;
}
