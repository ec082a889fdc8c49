/** The demo backend's answers to who asks what belongs at the cursor: it ends the word with one that stands nearby, and closes what is open. */
import { maskOf } from '../text/mask.ts';

interface Place {
  readonly language: string;
  readonly before: string;
  readonly after: string;
}

const mark = '<|cursor|>';
const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The answer; undefined where no completion is asked for. */
export function completionFor(messages: readonly { readonly content: unknown }[]): string | undefined {
  const place = placeIn(textOf(messages.at(-1)?.content));
  return place === undefined ? undefined : `<fill>${completion(place)}</fill>`;
}

function textOf(content: unknown): string {
  if (!Array.isArray(content)) return '';
  return content
    .map((block: unknown) =>
      typeof block === 'object' && block !== null && 'text' in block && typeof block.text === 'string'
        ? block.text
        : '',
    )
    .join('');
}

function placeIn(text: string): Place | undefined {
  const opening = /<code name="[^"\n]*" language="([^"\n]*)">\n/.exec(text);
  const end = text.lastIndexOf('\n</code>\n');
  const at = text.lastIndexOf(mark, end);
  if (opening === null || at < 0 || end < 0) return undefined;
  const start = opening.index + opening[0].length;
  return {
    language: opening[1] ?? '',
    before: text.slice(start, at),
    after: text.slice(at + mark.length, end),
  };
}

function completion(place: Place): string {
  const { before, after } = place;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (line.trim() === '') return returned(place);
  // What stands behind the cursor goes on with it.
  if (/^\w/.test(after)) return '';
  const word = restOfWord(line, before + after);
  return word + closing(line + word, place);
}

/** The rest of the nearest longer word that begins alike. */
function restOfWord(line: string, around: string): string {
  const begun = /[A-Za-z_$][\w$]+$/.exec(line)?.[0];
  if (begun === undefined) return '';
  const words = (around.match(/[A-Za-z_$][\w$]*/g) ?? []).filter((each) => each !== begun && each.startsWith(begun));
  return (words.at(-1) ?? begun).slice(begun.length);
}

/** What is open on the line, and the end of the statement where the file ends them so. */
function closing(line: string, { before, after, language }: Place): string {
  const rest = after.split('\n', 1)[0] ?? '';
  const open: string[] = [];
  for (const character of maskOf(line + rest, language)) {
    if (character in pairs) open.push(pairs[character] ?? '');
    else if (character === open.at(-1)) open.pop();
  }
  const quote = quoteIn(line);
  const closed = (rest.startsWith(quote) ? '' : quote) + open.reverse().join('');
  const isStatement = !closed.endsWith('}') && rest.trim() === '' && !/[;{},:]$/.test(line + closed);
  const ends = isStatement && /;\n/.test(before + after) ? ';' : '';
  return closed + ends;
}

/** The quote that the line leaves open, if any. */
function quoteIn(line: string): string {
  let open = '';
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (character === '\\') at += 1;
    else if (open === '' && /["'`]/.test(character)) open = character;
    else if (character === open) open = '';
  }
  return open;
}

/** In an empty function: its first parameter comes back. */
function returned({ before, language }: Place): string {
  const head =
    before
      .trimEnd()
      .split('\n')
      .at(-1)
      ?.match(/\(\s*(?:self\s*,\s*|this\s*,\s*)?([A-Za-z_]\w*)[^)]*\)[^)]*[{:]$/) ?? undefined;
  if (head === undefined || /^\s*(?:if|for|while|switch|catch|elif|with)\b/.test(head.input ?? '')) return '';
  return `return ${head[1]}${/^(?:python|ruby|go|lua)$/.test(language) ? '' : ';'}`;
}
