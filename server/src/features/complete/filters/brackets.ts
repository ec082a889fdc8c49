/** Balances brackets and quotes with what stands on both sides of the cursor. Pure. */
import { maskOf } from '../../../text/mask.ts';
import { indentOf, lineAfter, lineBefore, widthOf } from '../hole.ts';
import type { Asked, Filter } from './filter.ts';

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const closers = new Set(Object.values(closing));

export const brackets: Filter = {
  name: 'brackets',
  apply(text, asked) {
    const cut = withoutExtra(withoutQuote(text, asked), asked);
    return cut === '' ? undefined : withMissing(cut, asked);
  },
};

/** An editor closes a quote as it is typed, and models close it once more. */
function withoutQuote(text: string, { after }: Asked): string {
  const quote = /^["'`]/.exec(after)?.[0];
  if (quote === undefined || !text.endsWith(quote)) return text;
  return text.split(quote).length % 2 === 0 ? text.slice(0, -1) : text;
}

/** Closing brackets that stand behind the cursor already. */
function withoutExtra(text: string, asked: Asked): string {
  const start = lineBefore(asked.before);
  const waiting = unopened(lineAfter(asked.after), asked.languageId);
  if (waiting === 0) return text;
  let open = openIn(start, asked.languageId).length - waiting;
  const code = maskOf(start + text, asked.languageId).slice(start.length);
  const own: string[] = [];
  for (const [index, character] of [...code].entries()) {
    if (character in closing) own.push(character);
    else if (closers.has(character) && own.pop() === undefined) {
      open -= 1;
      // What follows it would stand outside of what is open here.
      if (open < 0) return text.slice(0, index).trimEnd();
    }
  }
  return text;
}

/** What is opened on this line and closed neither in it, nor behind, nor below. */
function withMissing(text: string, { before, after, languageId, shape }: Asked): string {
  if (shape === 'block' || lineAfter(after).trim() !== '' || /(?:[{([,:\\]|=>|[-+*/&|=.?<>])\s*$/.test(text))
    return text;
  const open = openIn(lineBefore(before) + text, languageId);
  if (open.length === 0 || open.includes('{')) return text;
  const below = after.split('\n').find((line) => line.trim() !== '') ?? '';
  // The next line goes on with this one, or closes what is open here.
  if (widthOf(indentOf(below)) > widthOf(indentOf(lineBefore(before)))) return text;
  if (below.trim().startsWith(closing[open.at(-1) ?? ''] ?? ' ')) return text;
  const missing = open
    .toReversed()
    .map((bracket) => closing[bracket] ?? '')
    .join('');
  return /;$/.test(text) ? `${text.slice(0, -1)}${missing};` : text + missing;
}

/** Closing brackets that nothing before them opens. */
function unopened(text: string, languageId: string): number {
  let [depth, count] = [0, 0];
  for (const character of maskOf(text, languageId)) {
    if (character in closing) depth += 1;
    else if (closers.has(character) && depth > 0) depth -= 1;
    else if (closers.has(character)) count += 1;
  }
  return count;
}

function openIn(text: string, languageId: string): readonly string[] {
  const open: string[] = [];
  for (const character of maskOf(text, languageId)) {
    if (character in closing) open.push(character);
    else if (closers.has(character)) open.pop();
  }
  return open;
}
