/** Asks for edits as the editor does and does what comes back, for the tests. */
import type { MessagesBody } from '../body.ts';
import { type EditInput, standsOnce } from './calls.ts';
import { editStep } from './editStep.ts';

export interface Question {
  readonly action: string;
  readonly language: string;
  readonly path?: string;
  readonly symbol?: string;
  readonly about?: string;
  readonly task?: string;
  readonly instruction?: string;
  /** `line N: message`, as they are sent. */
  readonly problems?: readonly string[];
  readonly neighbours?: readonly string[];
  /** Number of the first line that is sent, counted from 0. */
  readonly firstLine?: number;
}

/** Around the lines that are meant; without them all lines are. */
const marks = ['⟦', '⟧'] as const;

export interface Asked {
  readonly lines: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** The text without its marks, and the lines between them. */
export function asked(text: string): Asked {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.includes(marks[0]));
  const to = lines.findIndex((line) => line.includes(marks[1]));
  return {
    lines: lines.map((line) => line.replace(marks[0], '').replace(marks[1], '')),
    from: Math.max(0, from),
    to: to < 0 ? lines.length - 1 : to,
  };
}

const delimiter = 'd3l1m1t';

const tool = {
  name: 'str_replace_based_edit_tool',
  input_schema: { type: 'object', properties: { command: { type: 'string' } } },
};

/** The request that the editor sends (features/refactor/prompt.ts). */
export function requestFor({ lines, from, to }: Asked, question: Question): MessagesBody {
  const {
    action,
    language,
    path = 'src/a.ts',
    symbol,
    about = 'German',
    problems,
    neighbours,
    firstLine = 0,
  } = question;
  const numbered = lines.map((line, index) => `${String(firstLine + index + 1).padStart(6)}\t${line}`);
  const block = (name: string, given: string, body: readonly string[]) =>
    `<${name} ${given} id="${delimiter}">\n${body.join('\n')}\n</${name} ${delimiter}>`;
  const range = `lines="${firstLine + from + 1}-${firstLine + to + 1}"`;
  const marked = symbol === undefined ? '' : ` symbol="${symbol}"`;
  const texts = [
    block('file', `path="${path}" language="${language}"`, numbered),
    ...(neighbours === undefined ? [] : [block('files', 'about="paths in the workspace"', neighbours)]),
    [
      ...(problems === undefined ? [] : [block('problems', `count="${problems.length}"`, problems)]),
      `<task action="${action}" path="${path}" ${range} about="${about}"${marked}>`,
      question.task ?? 'Do it.',
      ...(question.instruction === undefined ? [] : [`Instruction of the developer: ${question.instruction}`]),
      `Change ${range} of ${path}; other lines only where the change needs it.`
        .replaceAll('"', '')
        .replace('lines=', 'lines '),
      '</task>',
    ].join('\n'),
  ];
  const content = texts.map((text) => ({ type: 'text', text }));
  return { model: 'claude-sonnet-5-5', max_tokens: 32_000, messages: [{ role: 'user', content }], tools: [tool] };
}

export interface Answered {
  readonly text: string;
  readonly inputs: readonly EditInput[];
}

export function answered(text: string, question: Question): Answered {
  const step = editStep(requestFor(asked(text), question));
  return { text: step?.text ?? '', inputs: (step?.calls ?? []).map(({ input }) => input) };
}

/** The text when all of it is done, one after the other. @throws Error where an old text does not stand there once. */
export function done(lines: readonly string[], inputs: readonly EditInput[], firstLine = 0): string {
  let text = lines.join('\n');
  for (const input of inputs) {
    if (input.command === 'create') continue;
    if (input.command === 'insert') text = inserted(text, input.insert_line - firstLine, input.insert_text);
    else {
      if (!standsOnce(text, input.old_str)) throw new Error(`It stands not once: ${input.old_str}`);
      const at = text.indexOf(input.old_str);
      text = text.slice(0, at) + input.new_str + text.slice(at + input.old_str.length);
    }
  }
  return text;
}

function inserted(text: string, line: number, piece: string): string {
  const lines = text.split('\n');
  return [...lines.slice(0, line), ...piece.replace(/\n$/, '').split('\n'), ...lines.slice(line)].join('\n');
}

/** What becomes of the text; the path and text of a new file where there is one. */
export function edited(text: string, question: Question): string {
  const { inputs } = answered(text, question);
  const [first] = inputs;
  if (first?.command === 'create') return `${first.path}\n${first.file_text}`;
  return done(asked(text).lines, inputs, question.firstLine);
}
