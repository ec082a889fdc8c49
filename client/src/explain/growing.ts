/** Makes Markdown inert while it is still growing, at the cost of its last block instead of all of it. */

/**
 * Gives a function for one text that grows from call to call. Blocks that are complete are made inert once and kept;
 * what follows them is made inert each time. Each piece passes `safe`, so the whole is as harmless as one pass would
 * make it; a list or a fence that is torn apart looks odd until the last call, which should be given the whole text
 * in a new function. Another text begins anew.
 */
export function createGrowing(safe: (markdown: string) => string): (text: string) => string {
  let source = '';
  let settled = '';
  return (text) => {
    if (!text.startsWith(source)) [source, settled] = ['', ''];
    const end = lastBlockStart(text, source.length);
    if (end > source.length) {
      settled = joined(settled, safe(text.slice(source.length, end)));
      source = text.slice(0, end);
    }
    return joined(settled, safe(text.slice(source.length)));
  };
}

/** Where the last block after `from` starts that certainly is one of its own: behind a blank line, not indented, outside fences. */
function lastBlockStart(text: string, from: number): number {
  let start = from;
  let fence: string | undefined;
  let blank = false;
  for (let line = from; line < text.length; ) {
    const end = endOfLine(text, line);
    const content = text.slice(line, end);
    if (blank && fence === undefined && isPlainStart(content)) start = line;
    fence = fenceAfter(fence, content);
    blank = content.trim() === '';
    line = end + 1;
  }
  return start;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** What is indented may belong to a list above. */
function isPlainStart(line: string): boolean {
  return /^\S/.test(line);
}

/** The mark of the fence that is open after a line; undefined outside. */
function fenceAfter(fence: string | undefined, line: string): string | undefined {
  const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
  if (mark === undefined) return fence;
  if (fence === undefined) return mark;
  return mark.startsWith(fence) ? undefined : fence;
}

function joined(one: string, other: string): string {
  const parts = [one.trimEnd(), other.trim()].filter((part) => part !== '');
  return parts.join('\n\n');
}
