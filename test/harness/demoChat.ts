/** A workspace in memory with tools like the chat's, and the loop around the demo backend: plays a conversation to its end. */
import type { Demo } from '../../server/src/demo/server.ts';
import { ask } from './rawClient.ts';

interface Block {
  readonly type: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly text?: string;
  readonly thinking?: string;
}

export interface DemoAnswer {
  readonly content: readonly Block[];
  readonly usage: Readonly<Record<string, number>>;
}

export interface Played {
  readonly messages: readonly object[];
  readonly answers: readonly DemoAnswer[];
  /** `name` of every call, in order. */
  readonly calls: readonly string[];
  /** Of the last answer. */
  readonly text: string;
}

/** What a tool answers; undefined leaves it to the workspace. */
type Instead = (
  name: string,
  input: Readonly<Record<string, unknown>>,
) => { text: string; isError: boolean } | undefined;

const properties = (names: string) => Object.fromEntries(names.split(' ').map((name) => [name, { type: 'string' }]));
const schema = (names: string) => ({ type: 'object', properties: properties(names), required: [names.split(' ')[0]] });

/** As the chat offers them, with the fields that count. */
export const chatTools = [
  { name: 'read', description: 'Reads.', input_schema: schema('path firstLine') },
  { name: 'list', description: 'Lists.', input_schema: schema('path') },
  { name: 'glob', description: 'Finds files.', input_schema: schema('glob') },
  { name: 'search', description: 'Finds text.', input_schema: schema('pattern') },
  {
    name: 'str_replace_based_edit_tool',
    description: 'Edits.',
    input_schema: schema('command path old_str new_str insert_line insert_text file_text edits'),
  },
  { name: 'run', description: 'Runs.', input_schema: schema('command') },
  { name: 'ask', description: 'Asks.', input_schema: schema('question choices') },
  { name: 'todo', description: 'Lists.', input_schema: schema('items') },
];

/** Longer conversations do not end. */
const mostTurns = 20;

/** @param before earlier turns of the conversation. */
export async function playChat(
  demo: Demo,
  files: Map<string, string>,
  question: string | readonly object[],
  {
    instead = () => undefined,
    before = [],
    more = {},
  }: { instead?: Instead; before?: readonly object[]; more?: object } = {},
): Promise<Played> {
  const messages: object[] = [...before, { role: 'user', content: question }];
  const answers: DemoAnswer[] = [];
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const response = await ask(demo, { messages, tools: chatTools, max_tokens: 64_000, ...more });
    const answer = (await response.json()) as DemoAnswer;
    if (!response.ok) throw new Error(JSON.stringify(answer));
    answers.push(answer);
    messages.push({ role: 'assistant', content: answer.content });
    const calls = answer.content.filter(({ type }) => type === 'tool_use');
    if (calls.length === 0) {
      const text = answer.content.map(({ text: said = '' }) => said).join('');
      return { messages, answers, calls: callsIn(answers), text };
    }
    const results = calls.map(({ id, name = '', input = {} }) => {
      const { text, isError } = instead(name, input) ?? done(files, name, input);
      return { type: 'tool_result', tool_use_id: id, content: text, ...(isError ? { is_error: true } : {}) };
    });
    messages.push({ role: 'user', content: results });
  }
  throw new Error(`It did not end: ${callsIn(answers).join(', ')}`);
}

function callsIn(answers: readonly DemoAnswer[]): readonly string[] {
  return answers.flatMap(({ content }) =>
    content.flatMap(({ type, name = '' }) => (type === 'tool_use' ? [name] : [])),
  );
}

function done(files: Map<string, string>, name: string, input: Readonly<Record<string, unknown>>) {
  const path = String(input['path']);
  const text = files.get(path);
  switch (name) {
    case 'list':
      return said([...new Set([...files.keys()].map((file) => file.replace(/\/.*/, '/')))].join('\n'));
    case 'glob':
    case 'search':
      return said([...files.keys()].join('\n'));
    case 'read':
      return text === undefined ? failed(`There is no file ${path}.`) : said(numbered(path, text));
    case 'str_replace_based_edit_tool':
      return text === undefined ? failed(`There is no file ${path}.`) : edited(files, path, input);
    case 'run':
      return said('Exit code 0.\nIt wrote nothing.');
    case 'ask':
      return said('The developer answers: Explain what is here');
    default:
      return said('Done.');
  }
}

function numbered(path: string, text: string): string {
  const lines = text.split('\n');
  return `${path}: lines 1 to ${lines.length} of ${lines.length}.\n${lines.map((line, at) => `${at + 1}\t${line}`).join('\n')}`;
}

function edited(files: Map<string, string>, path: string, input: Readonly<Record<string, unknown>>) {
  const steps = Array.isArray(input['edits']) ? input['edits'] : [input];
  for (const step of steps) {
    const text = files.get(path) ?? '';
    if (typeof step.insert_line === 'number') {
      const lines = text.split('\n');
      lines.splice(step.insert_line, 0, String(step.insert_text).replace(/\n$/, ''));
      files.set(path, lines.join('\n'));
      continue;
    }
    const parts = text.split(String(step.old_str));
    if (parts.length !== 2) return failed(`old_str stands ${parts.length - 1} times in ${path}.`);
    files.set(path, parts.join(String(step.new_str)));
  }
  return said(`Done: ${path}, line 1. The file has it now.`);
}

function said(text: string) {
  return { text, isError: false };
}

function failed(text: string) {
  return { text, isError: true };
}
