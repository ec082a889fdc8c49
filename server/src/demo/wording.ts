/** Small pieces of English and Markdown that the demo's answers are put together from. */
import type { Seen } from './facts.ts';

/**
 * Around a place in the code: what is said of it in plain words, and its lines. `textsOf` in `cited.ts` reads them; code
 * never holds them.
 */
export const placeMarks = { open: '\ue000', lines: '\ue001', close: '\ue002' } as const;

/** A place that is said as `words`, or cited where there is something to cite. */
export function place(words: string, firstLine: number, lastLine = firstLine): string {
  return `${placeMarks.open}${words}${placeMarks.lines}${firstLine}-${lastLine}${placeMarks.close}`;
}

/** Ends every answer. */
export const disclaimer = '*Demo: rules wrote this, no model is running.*';

/** Longer pieces of code are cut in the middle of a sentence. */
const longestCode = 60;

/** Inline code that the text cannot end. */
export function code(given: string): string {
  const text = given.replace(/[\ue000-\ue002]/g, '');
  const short = text.length > longestCode ? `${[...text.slice(0, longestCode)].slice(0, -1).join('')}…` : text;
  const longest = Math.max(0, ...(short.match(/`+/g) ?? []).map((run) => run.length));
  const mark = '`'.repeat(longest + 1);
  return longest === 0 ? `${mark}${short}${mark}` : `${mark} ${short} ${mark}`;
}

/** "a", "a and b", "a, b and c". */
export function joined(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** The first so many, and how many more there are. */
export function listed(items: readonly string[], most: number): string {
  return items.length <= most ? joined(items) : `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}

/** "`a < b` (line 3) and `c` (line 9)". */
export function withLines(seen: readonly Seen[], most: number): string {
  return listed(
    seen.map(({ what, line }) => `${what === '' ? 'something' : code(what)}${place(` (line ${line})`, line)}`),
    most,
  );
}

/** Names in the order they are met, each once. */
export function unique(seen: readonly Seen[]): readonly string[] {
  return [...new Set(seen.map(({ what }) => what))];
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** " (lines 3-9)" behind what stands there. */
export function placeOf(part: { readonly firstLine: number; readonly lastLine: number }): string {
  return place(` (${linesOf(part)})`, part.firstLine, part.lastLine);
}

/** "line 3", "lines 3-9". */
export function linesOf(part: { readonly firstLine: number; readonly lastLine: number }): string {
  return part.firstLine === part.lastLine ? `line ${part.firstLine}` : `lines ${part.firstLine}-${part.lastLine}`;
}

/** "Line 3 declares", "Lines 3-9 declare": the verb as it is for one line, without its "s" for several. */
export function linesThat(part: { readonly firstLine: number; readonly lastLine: number }, verb: string): string {
  return `${capitalised(linesOf(part))} ${verb}${part.firstLine === part.lastLine ? 's' : ''}`;
}

/** "1 branch", "3 branches". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
