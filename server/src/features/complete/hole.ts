/** A place in a document where something may be completed, and whether a line or a block is wanted there. Pure. */

/** Documents' text around the cursor; both may be cut, at the ends that are far from it. Lines end with `\n`. */
export interface Hole {
  readonly languageId: string;
  readonly before: string;
  readonly after: string;
}

/** `line`: the rest of the line; `block`: the lines of a block that is still empty. */
export type Shape = 'line' | 'block';

/** Decided by what stands around: a block is wanted on an empty line below one that opens a block which has no lines yet. */
export function shapeOf({ languageId, before, after }: Hole): Shape {
  if (lineBefore(before).trim() !== '' || lineAfter(after).trim() !== '') return 'line';
  const opener = lastSpoken(before);
  if (opener === undefined || !opens(opener, languageId)) return 'line';
  const next = after.split('\n').find((line) => line.trim() !== '');
  return next === undefined || widthOf(indentOf(next)) <= widthOf(indentOf(opener)) ? 'block' : 'line';
}

/** What stands on the line of the cursor, on either side of it. */
export function lineBefore(before: string): string {
  return before.slice(before.lastIndexOf('\n') + 1);
}

export function lineAfter(after: string): string {
  const end = after.indexOf('\n');
  return end < 0 ? after : after.slice(0, end);
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** In columns: a tab is as wide as four spaces, whatever the editor shows. */
export function widthOf(indent: string): number {
  return indent.replaceAll('\t', '    ').length;
}

/** The last line above the cursor's that says something. */
function lastSpoken(before: string): string | undefined {
  return before
    .split('\n')
    .slice(0, -1)
    .findLast((line) => line.trim() !== '');
}

const byIndentation = new Set(['python', 'yaml', 'coffeescript', 'nim', 'gdscript', 'starlark']);
const byWord = new Set(['ruby', 'lua', 'elixir', 'shellscript', 'julia', 'crystal']);

function opens(line: string, languageId: string): boolean {
  const code = line.trimEnd();
  if (byIndentation.has(languageId)) return /[:{([]$/.test(code);
  if (byWord.has(languageId)) return /(?:\b(?:do|then|else|begin|class|module|def|function)\b[^#]*|[{([|])$/.test(code);
  return /(?:[{([]|=>)$/.test(code);
}
