/** What has happened in a chat since the person last asked, read from the request: the demo remembers nothing itself. */
import type { MessagesBody, Tool } from '../body.ts';
import { askedAt, callsIn, resultsIn, type Turn, textOf } from '../turns.ts';

/** A call, and its answer. */
export interface Done {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly isError: boolean;
}

/** A file as it was read last. */
export interface ReadFile {
  readonly path: string;
  readonly lines: readonly string[];
  /** Counted from 0. */
  readonly firstLine: number;
}

export interface Story {
  /** The person's own words, with what they said meanwhile and answered. */
  readonly wish: string;
  readonly isPlan: boolean;
  /** Lines of what became of earlier edits that tell of a rejection. */
  readonly rejections: readonly string[];
  readonly done: readonly Done[];
  /** Newest reading of each. */
  readonly files: readonly ReadFile[];
  /** The tools that are offered, by name. */
  readonly tools: ReadonlyMap<string, Tool>;
}

export const editTool = 'str_replace_based_edit_tool';

/** Undefined where the request is no chat: the tools tell. */
export function storyOf({ messages, tools = [] }: MessagesBody): Story | undefined {
  const offered = new Map(
    tools.flatMap((tool) => (tool.input_schema === undefined ? [] : [[tool.name ?? '', tool] as const])),
  );
  if (!offered.has('read') || !['list', 'glob', 'search', editTool].some((name) => offered.has(name))) return undefined;
  const asked = askedAt(messages);
  const done = doneIn(messages.slice(asked + 1));
  const told = done.flatMap(({ name, text, isError }) => (name === 'ask' && !isError ? [answerIn(text)] : []));
  const news = glossIn(messages[asked]);
  return {
    wish: [
      wordsOf(messages[asked]),
      ...told,
      ...messages
        .slice(asked + 1)
        .filter(isResults)
        .map(wordsOf),
    ]
      .filter((text) => text !== '')
      .join('\n'),
    isPlan: modeIn(messages) === 'plan',
    rejections: news.split('\n').filter((line) => /\breject|taken back/i.test(line)),
    done,
    files: filesIn(done),
    tools: offered,
  };
}

function isResults(turn: Turn): boolean {
  return resultsIn(turn).length > 0;
}

function doneIn(messages: readonly Turn[]): readonly Done[] {
  const results = new Map(messages.flatMap(resultsIn).map((result) => [result.id, result]));
  return messages.flatMap(callsIn).flatMap(({ id, name, input }) => {
    const result = results.get(id);
    const fields = typeof input === 'object' && input !== null ? { ...input } : {};
    return result === undefined ? [] : [{ name, input: fields, text: result.text, isError: result.isError }];
  });
}

function textsIn(turn: Turn | undefined): readonly string[] {
  if (turn === undefined || turn.role !== 'user') return [];
  if (typeof turn.content === 'string') return [turn.content];
  return turn.content.flatMap((block) => (block.type === 'text' ? [textOf({ content: [block] })] : []));
}

/** What is no block of data: those begin with a tag. */
export function wordsOf(turn: Turn | undefined): string {
  return textsIn(turn)
    .filter((text) => !/^\s*<[a-z]+[ >]/.test(text))
    .join('\n')
    .trim();
}

/** What the editor says in the turn. */
export function glossIn(turn: Turn | undefined): string {
  return textsIn(turn)
    .filter((text) => text.startsWith('<gloss>'))
    .join('\n');
}

function modeIn(messages: readonly Turn[]): string | undefined {
  return messages
    .map((turn) => /The mode is "([a-z ]+)"/.exec(glossIn(turn))?.[1])
    .findLast((mode) => mode !== undefined);
}

function answerIn(text: string): string {
  const [, answer] = /answers?: ([\s\S]*)$/.exec(text) ?? [];
  return answer?.trim() ?? '';
}

function filesIn(done: readonly Done[]): readonly ReadFile[] {
  const files = new Map<string, ReadFile>();
  for (const { name, input, text, isError } of done) {
    const path = typeof input['path'] === 'string' ? input['path'] : undefined;
    const numbered = text.split('\n').flatMap((line) => /^ *(\d+)\t(.*)$/.exec(line) ?? []);
    if (name !== 'read' || isError || path === undefined || numbered.length === 0) continue;
    const lines = text.split('\n').flatMap((line) => /^ *\d+\t(.*)$/.exec(line)?.[1] ?? []);
    files.set(path, { path, lines, firstLine: Number(numbered[1]) - 1 });
  }
  return [...files.values()];
}
