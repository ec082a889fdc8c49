/**
 * How models answer when they are asked to fill a hole: the right code, and everything around, beside and instead of it that
 * was seen of chat models. Written before the filters: they are judged by it.
 */
import type { CutHole } from './completionHoles.ts';

export interface AnswerKind {
  readonly name: string;
  /** `recoverable`: after the filters the document reads as before the cut. `useless`: nothing may be shown. */
  readonly is: 'recoverable' | 'useless';
  /** Kept out of the making of the filters. */
  readonly heldOut?: true;
  /** Undefined where this kind makes no sense for the hole. `pick` is a number from 0 up to 1 that belongs to the hole. */
  answer(hole: CutHole, pick: number): string | undefined;
}

export const answerKinds: readonly AnswerKind[] = [
  recoverable('right', ({ reference }) => reference),
  recoverable('fenced', ({ reference, languageId }) => `\`\`\`${languageId}\n${reference}\n\`\`\``),
  recoverable('fenced without a language', ({ reference }) => `\`\`\`\n${reference}\n\`\`\``),
  recoverable('fence that was cut off', ({ reference, languageId }) => `\`\`\`${languageId}\n${reference}`),
  recoverable('fence at the end only', ({ reference }) => `${reference}\n\`\`\``),
  recoverable('words before', ({ reference }, pick) => `${picked(openings, pick)}\n\n${reference}`),
  recoverable('words before a fence', ({ reference, languageId }, pick) =>
    [`${picked(openings, pick)}`, '', `\`\`\`${languageId}`, reference, '```'].join('\n'),
  ),
  recoverable('words after', ({ reference }, pick) => `${reference}\n\n${picked(closings, pick)}`),
  recoverable('a fence, and words after', ({ reference, languageId }, pick) =>
    [`\`\`\`${languageId}`, reference, '```', '', picked(closings, pick)].join('\n'),
  ),
  recoverable('tags around', ({ reference }, pick) => {
    const tag = picked(['completion', 'code', 'answer', 'fill'], pick);
    return `<${tag}>${reference}</${tag}>`;
  }),
  recoverable('tags on lines of their own', ({ reference }) => `<completion>\n${reference}\n</completion>`),
  recoverable('inline code', ({ reference }) =>
    reference.includes('\n') || reference.includes('`') ? undefined : `\`${reference}\``,
  ),
  recoverable('the line from its start', ({ before, reference }) => {
    const line = lastLine(before);
    return line.trim() === '' ? undefined : `${line.trimStart()}${reference}`;
  }),
  recoverable('the line from its start, indented', ({ before, reference }) => {
    const line = lastLine(before);
    return line.trim() === '' ? undefined : `${line}${reference}`;
  }),
  recoverable('the line before as well', ({ before, reference }) => {
    const lines = before.split('\n');
    const above = lines.at(-2);
    const line = lines.at(-1) ?? '';
    return above === undefined || above.trim().length < 8 ? undefined : `${above.trimStart()}\n${line}${reference}`;
  }),
  recoverable('its indentation again', ({ before, reference, kind }) =>
    kind === 'body' && lastLine(before) !== '' ? `${lastLine(before)}${reference}` : undefined,
  ),
  recoverable('a space before', ({ before, reference }) => (/[\s(]$/.test(before) ? ` ${reference}` : undefined)),
  recoverable('on a new line', ({ reference, kind }) => (kind === 'body' ? `\n${reference}` : undefined)),
  recoverable('the rest of the line again', ({ reference, after }) => {
    const rest = after.slice(0, after.indexOf('\n'));
    return rest.trim() === '' ? undefined : reference + rest;
  }),
  recoverable('the closing bracket again', ({ reference, after }) =>
    /^[)\]}"']/.test(after) ? reference + after.slice(0, 1) : undefined,
  ),
  recoverable('the lines that follow', ({ reference, after }) => {
    const lines = following(after, 3);
    return lines === undefined ? undefined : `${reference}${restOfLine(after)}\n${lines}`;
  }),
  recoverable('the line that follows', ({ reference, after }) => {
    const lines = following(after, 1);
    return lines === undefined || lines.trim().length < 2 ? undefined : `${reference}${restOfLine(after)}\n${lines}`;
  }),
  recoverable('more than a line', ({ before, reference, kind, after }) => {
    const indent = /^[ \t]*/.exec(lastLine(before))?.[0] ?? '';
    return kind === 'body' || restOfLine(after).trim() !== '' || /[{:(,\\[]$|[&|+=]$/.test(reference)
      ? undefined
      : `${reference}\n${indent}log.debug("done", 1);\n${indent}total = total + 1;`;
  }),
  recoverable('beyond the block', ({ reference, kind, after, languageId }) => {
    if (kind !== 'body') return undefined;
    const outer = /^\s*?\n?([ \t]*)[})\]]/.exec(after)?.[1];
    if (languageId === 'python') return `${reference}\n\n\ndef another_helper(value):\n    return value + 1`;
    return outer === undefined ? undefined : `${reference}\n${outer}}\n\n${outer}${another[languageId] ?? ''}`;
  }),
  recoverable('without its indentation', ({ before, reference, kind }) => {
    if (kind !== 'body' || !reference.includes('\n')) return undefined;
    const indent = lastLine(before);
    const lines = reference.split('\n');
    const moved = lines.map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line));
    return indent === '' || lines.slice(1).some((line) => line !== '' && !line.startsWith(indent))
      ? undefined
      : moved.join('\n');
  }),
  recoverable('indented too deep', ({ before, reference, kind }) => {
    const indent = lastLine(before);
    if (kind !== 'body' || !reference.includes('\n') || indent === '') return undefined;
    if (
      reference
        .split('\n')
        .slice(1)
        .some((line) => line !== '' && !line.startsWith(indent))
    )
      return undefined;
    return reference.replace(/\n(?=.)/g, `\n${unit(indent)}`).replace(/^/, unit(indent));
  }),
  recoverable('tabs for spaces', ({ before, reference, kind }) => {
    const indent = lastLine(before);
    if (kind !== 'body' || !reference.includes('\n') || !/^(?: {4})+$/.test(indent)) return undefined;
    const inner = reference.split('\n').slice(1);
    if (inner.some((line) => /^(?: {4})* {1,3}\S/.test(line))) return undefined;
    return reference.replace(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4));
  }),
  recoverable('spaces for tabs', ({ before, reference, kind }) =>
    kind === 'body' && reference.includes('\n') && /^\t+$/.test(lastLine(before))
      ? reference.replace(/^\t+/gm, (tabs) => '    '.repeat(tabs.length))
      : undefined,
  ),
  recoverable('line ends of Windows', ({ reference }) =>
    reference.includes('\n') ? reference.replace(/\n/g, '\r\n') : undefined,
  ),
  recoverable('white space behind', ({ reference }, pick) => reference + picked(['  ', '\n', '\n\n', ' \n'], pick)),
  recoverable('the last bracket is missing', ({ reference, kind, after }) =>
    kind === 'tail' && /^\n/.test(after) && /[^\s(]\);?$/.test(reference) && isBalanced(reference)
      ? reference.replace(/\)(;?)$/, '$1')
      : undefined,
  ),
  recoverable('one bracket too many', ({ reference, kind, after }) =>
    kind === 'inside' && after.startsWith(')') && isBalanced(reference) ? `${reference})` : undefined,
  ),
  {
    ...recoverable('the whole line in a fence', ({ before, reference, after, languageId }) =>
      lastLine(before).trim() === ''
        ? undefined
        : `\`\`\`${languageId}\n${lastLine(before)}${reference}${restOfLine(after)}\n\`\`\``,
    ),
    heldOut: true,
  },

  useless('nothing', (_, pick) => picked(['', ' ', '\n', '\n\n  '], pick)),
  useless('an empty fence', ({ languageId }) => `\`\`\`${languageId}\n\`\`\``),
  useless('words only', (_, pick) => picked(onlyWords, pick)),
  useless('a refusal', (_, pick) => picked(refusals, pick)),
  useless('a question', (_, pick) => picked(questions, pick)),
  useless(
    'a list of words',
    () => 'This code does the following:\n\n1. It reads the value.\n2. It checks the result.\n3. It returns it.',
  ),
  useless('what follows already', ({ after }) => {
    const lines = following(after, 2);
    return lines === undefined || lines.trim().length < 12 ? undefined : lines.trimStart();
  }),
  useless('what stands before', ({ before }) => {
    const lines = before
      .split('\n')
      .slice(-4, -1)
      .filter((line) => line.trim() !== '');
    return lines.join('').trim().length < 20 ? undefined : lines.join('\n').trimStart();
  }),
  useless('the rest of the line only', ({ after }) =>
    restOfLine(after).trim() === '' ? undefined : restOfLine(after),
  ),
  useless('a hole of its own', ({ languageId }, pick) =>
    languageId === 'python'
      ? picked(['# TODO: implement this', '# ... existing code ...', '# Your code here', 'pass  # TODO'], pick)
      : picked(['// TODO: implement this', '// ... existing code ...', '/* your code here */', '// ...'], pick),
  ),
  useless('the same line again and again', ({ before }) => {
    const indent = /^[ \t]*/.exec(lastLine(before))?.[0] ?? '';
    return Array.from({ length: 9 }, () => 'result.append(next_value);').join(`\n${indent}`);
  }),
  useless('a key', (_, pick) => picked(keys, pick)),
  useless('hidden characters', ({ reference }, pick) =>
    reference.length < 4 ? undefined : `${reference.slice(0, 3)}${picked(hidden, pick)}${reference.slice(3)}`,
  ),
  useless('a mark of its own', (_, pick) =>
    picked(['<|cursor|>', '<CURSOR>', '<fim_middle>', '[...]', '…', '...'], pick),
  ),
  useless('a closing bracket that stands already', ({ after, kind }) =>
    kind === 'inside' && /^[)\]}"']/.test(after) ? after.slice(0, 1) : undefined,
  ),
  useless('one letter', ({ kind }, pick) => (kind === 'body' ? undefined : picked([';', ',', '.', ')'], pick))),
  useless('a change as a diff', ({ before }) => {
    const line = before.split('\n').at(-2) ?? '';
    return line.trim() === '' ? undefined : `@@ -1,2 +1,2 @@\n-${line}\n+${line} // changed`;
  }),
  {
    ...useless(
      'an apology in a comment',
      ({ languageId }) =>
        `${languageId === 'python' ? '#' : '//'} I'm sorry, I can't see the rest of the file, so I cannot complete this.`,
    ),
    heldOut: true,
  },
];

const openings = [
  'Here is the completion:',
  "Here's the code that completes the function:",
  'Sure! Here is the missing code:',
  'Certainly. The missing part is:',
  'The completed code:',
  'I can help with that. The code at the cursor is:',
];

const closings = [
  'This completes the function by returning the value.',
  'This code checks the arguments first, and then calls the function.',
  'Note: I assumed that the value is never null.',
  'Let me know if you need anything else!',
  'The code above fills the gap at the cursor.',
];

const onlyWords = [
  'The cursor is in the middle of a function, so nothing has to be added here.',
  'No completion is needed at this position.',
  'It looks like the code is already complete.',
  'This function returns the value of the option.',
  'To complete this code, you would call the constructor with its arguments.',
];

const refusals = [
  "I'm sorry, but I can't help with that.",
  'I cannot complete this code because it may violate a policy.',
  'As an AI language model, I do not have access to the rest of the file.',
];

const questions = [
  'Could you share more of the file?',
  'What should this function do?',
  'I need more context to complete this code. Which values may the argument have?',
];

/** In the shapes of real ones, and none of them real. */
const keys = [
  `api_key = "sk-ant-api03-${'Ab3dEf6hIj9'.repeat(8)}-AAAAAA"`,
  `token = "ghp_${'a1B2c3D4e5F6'.repeat(3)}"`,
  `aws_access_key_id = "AKIA${'QWER7TYU8IOP2ASD'}"`,
];

const hidden = ['\u202E', '\u200B', '\u2066', '\u{E0041}\u{E0042}', '\u200D\u200D', '\u00AD'];

const another: Readonly<Record<string, string>> = {
  typescript: 'function anotherHelper(value: number): number {\n  return value + 1;\n}',
  go: 'func anotherHelper(value int) int {\n\treturn value + 1\n}',
  rust: 'fn another_helper(value: u32) -> u32 {\n    value + 1\n}',
  c: 'static int another_helper(int value) {\n    return value + 1;\n}',
};

function recoverable(name: string, answer: AnswerKind['answer']): AnswerKind {
  return { name, is: 'recoverable', answer };
}

function useless(name: string, answer: AnswerKind['answer']): AnswerKind {
  return { name, is: 'useless', answer };
}

function picked(all: readonly string[], pick: number): string {
  return all[Math.floor(pick * all.length)] ?? '';
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

function restOfLine(after: string): string {
  const end = after.indexOf('\n');
  return end < 0 ? after : after.slice(0, end);
}

/** So many lines below that say something. */
function following(after: string, count: number): string | undefined {
  const lines = after.split('\n').slice(1);
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0 || first > 2 || lines.length < first + count) return undefined;
  return lines.slice(0, first + count).join('\n');
}

function unit(indent: string): string {
  return indent.startsWith('\t') ? '\t' : '    ';
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text.replace(/"[^"]*"|'[^']*'/g, '')) {
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
