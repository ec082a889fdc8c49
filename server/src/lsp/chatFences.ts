/** Text of others as it stands in a chat's document: in fences, below our headings. */
import { safeMarkdown } from '#shared/markdown.ts';
import { withoutMarks } from './chatSections.ts';

const mostLines = 20;
const mostCharacters = 2_000;

/** The last lines of an output: all of it is in the conversation, and in the terminal while that is there. */
export function fencedEnd(text: string): string {
  const output = text.trim();
  if (output === '') return '';
  const end = output.slice(-mostCharacters).split('\n').slice(-mostLines).join('\n');
  const dropped = output.length - end.length;
  return fenced(
    `${dropped === 0 ? '' : `… ${dropped} characters before this\n`}${end.replace(/^[\udc00-\udfff]/, '')}`,
  );
}

/** The first lines of a text that is somewhere else as a whole. */
export function fencedStart(text: string): string {
  const start = text
    .slice(0, 2 * mostCharacters)
    .split('\n')
    .slice(0, 2 * mostLines)
    .join('\n');
  const dropped = text.length - start.length;
  return fenced(
    `${start.replace(/[\ud800-\udbff]$/, '')}${dropped === 0 ? '' : `\n… ${dropped} characters after this`}`,
  );
}

/** A text as it is, hidden characters written out, in a block that no line of it can end. */
export function fenced(text: string): string {
  // The Markdown of a text in a fence that is longer than any in it.
  const mark = '`'.repeat((text.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length + 1), 3));
  return withoutMarks(safeMarkdown(`${mark}text\n${text}\n${mark}`));
}

/** A model's headings stand below ours. */
export function demoted(markdown: string): string {
  let fence = '';
  const lines = markdown.split('\n').map((line) => {
    const mark = /^(`{3,}|~{3,})/.exec(line)?.[0];
    if (fence !== '') {
      if (mark?.startsWith(fence) === true && line.trim() === mark) fence = '';
      return line;
    }
    if (mark !== undefined) fence = mark;
    return line.replace(/^#{1,6}(?= |$)/, (heading) => '#'.repeat(Math.min(6, heading.length + 3)));
  });
  return withoutMarks(lines.join('\n'));
}
