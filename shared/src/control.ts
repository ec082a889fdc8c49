/** Takes out what steers a terminal, a log or a status bar (S19). */

/**
 * The text without anything that steers a terminal, a log or a status bar (S19): escape sequences (CSI, OSC, DCS and
 * the like) go as a whole, single C0/C1 controls one by one. `\n` and `\t` stay, and `\r` before `\n`.
 * A sequence without its end loses only its introducer: what follows stays readable.
 */
export function stripControl(text: string): string {
  return text.replace(sequences, '').replace(controls, '');
}

const sequences = new RegExp(
  [
    /(?:ESC\[|CSI)[0-?]*[ -/]*[@-~]/,
    // The body excludes every control character, so that introducers in a row cannot make the search quadratic.
    /(?:ESC[\]PX^_]|[\x90\x98\x9d-\x9f])(?:\P{Cc}|\t)*(?:BEL|ESC\\|\x9c)/u,
    /ESC[ -/]*[0-~]/,
  ]
    .map(({ source }) => source.replaceAll('ESC', '\\x1b').replace('CSI', '\\x9b').replace('BEL', '\\x07'))
    .join('|'),
  'gu',
);
const controls = /[\p{Cc}--[\n\r\t]]|\r(?!\n)/gv;
