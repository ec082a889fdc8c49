/** Finds, in a conversation, the edit that the editor asks for: the task, the file that it is about, and what came with it. */
import { askedAt, type Turn, textOf } from '../turns.ts';

export interface EditTask {
  /** Id of an action; `custom:` and a name for the person's own. */
  readonly action: string;
  /** As the calls name the file. */
  readonly path: string;
  /** First and last line to change, counted from 1, of the document. */
  readonly from: number;
  readonly to: number;
  /** The language of comments, as a name or tag. */
  readonly about: string;
  /** The function or class that is changed; of `rename`, the name. */
  readonly symbol: string | undefined;
  /** What the action asks for, in words. */
  readonly wish: string;
  /** The developer's own words. */
  readonly instruction: string | undefined;
  readonly problems: readonly Problem[];
  /** Paths of other files. */
  readonly neighbours: readonly string[];
  readonly file: SentFile;
}

export interface Problem {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

export interface SentFile {
  readonly language: string;
  readonly lines: readonly string[];
  /** The number of the first line that was sent, counted from 0. */
  readonly firstLine: number;
}

/** Undefined where no edit is asked for, or where its file was not sent. */
export function taskIn(messages: readonly Turn[]): EditTask | undefined {
  const asked = messages[askedAt(messages)];
  const parts = partsOf(textOf(asked, '\n'));
  const head = parts.task;
  if (asked === undefined || head === undefined) return undefined;
  const [, from = '', to = from] = /^(\d+)(?:-(\d+))?$/.exec(head.attributes.get('lines') ?? '') ?? [];
  const path = head.attributes.get('path') ?? '';
  const file = fileFor(path, parts.blocks) ?? earlierFile(path, messages);
  if (file === undefined || from === '') return undefined;
  return {
    action: head.attributes.get('action') ?? '',
    path,
    from: Number(from),
    to: Math.max(Number(from), Number(to)),
    about: head.attributes.get('about') ?? '',
    symbol: bareName(head.attributes.get('symbol')),
    ...wordsOf(head.body),
    problems: parts.blocks.filter(({ name }) => name === 'problems').flatMap(({ body }) => problemsIn(body)),
    neighbours: parts.blocks.filter(({ name }) => name === 'files').flatMap(({ body }) => body.split('\n')),
    file,
  };
}

/** Of `Calendar.add`, `(*Bucket).Take` and `add(int)` the name alone. */
function bareName(symbol: string | undefined): string | undefined {
  return symbol
    ?.replace(/(?<=.)\([^()]*\)\s*$/, '')
    .split(/\.|::|#/)
    .at(-1);
}

interface Block {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly body: string;
}

interface Parts {
  /** What is marked as data. */
  readonly blocks: readonly Block[];
  readonly task: Block | undefined;
}

/** Data ends where its own mark says so; a task is only what stands outside of data. */
function partsOf(text: string): Parts {
  const blocks: Block[] = [];
  const opening = /^<(file|files|problems|before|task)( [^\n]*)?>$/gm;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const [whole, name = '', given = ''] = match;
    const attributes = attributesIn(given);
    const from = match.index + whole.length + 1;
    if (name === 'task') {
      const end = text.lastIndexOf('\n</task>');
      return { blocks, task: { name, attributes, body: text.slice(from, Math.max(from, end)) } };
    }
    const end = text.indexOf(`\n</${name} ${attributes.get('id')}>`, from - 1);
    if (end < 0) break;
    blocks.push({ name, attributes, body: text.slice(from, end) });
    opening.lastIndex = end;
  }
  return { blocks, task: undefined };
}

function attributesIn(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
}

function fileFor(path: string, blocks: readonly Block[]): SentFile | undefined {
  const files = blocks.filter(({ name }) => name === 'file');
  const block = files.find(({ attributes }) => attributes.get('path') === path) ?? files[0];
  if (block === undefined) return undefined;
  const lines = block.body.split('\n');
  return {
    language: block.attributes.get('language') ?? '',
    lines: lines.map((line) => line.replace(/^ *\d+\t/, '')),
    firstLine: Math.max(0, Number(/^ *(\d+)\t/.exec(lines[0] ?? '')?.[1] ?? 1) - 1),
  };
}

function earlierFile(path: string, messages: readonly Turn[]): SentFile | undefined {
  for (const turn of messages.toReversed()) {
    const file = turn.role === 'user' ? fileFor(path, partsOf(textOf(turn, '\n')).blocks) : undefined;
    if (file !== undefined) return file;
  }
  return undefined;
}

const instructionMark = 'Instruction of the developer: ';

function wordsOf(body: string): Pick<EditTask, 'wish' | 'instruction'> {
  const closing = body.lastIndexOf('\nChange lines ');
  const said = closing < 0 ? body : body.slice(0, closing);
  const mark = said.indexOf(instructionMark);
  if (mark < 0) return { wish: said.trim(), instruction: undefined };
  return { wish: said.slice(0, mark).trim(), instruction: said.slice(mark + instructionMark.length).trim() };
}

/** A message may have several lines. */
function problemsIn(body: string): readonly Problem[] {
  return body
    .split(/^(?=line \d+(?: \(|:))/m)
    .map((text) => /^line (\d+)(?: \(.*?\))?: ([\s\S]*)$/.exec(text))
    .filter((match) => match !== null)
    .map(([, line = '', message = '']) => ({ line: Number(line), message: message.trim() }));
}
