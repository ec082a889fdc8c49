/** The entries of a chat as its surfaces look at them: turn by turn, block by block. Pure. */
import type { Usage } from '#shared/usage.ts';
import type { CallNote, Entry } from '../ports.ts';

export interface Turn {
  /** Undefined for what came before the first question. */
  readonly asked: Entry | undefined;
  readonly answer: readonly Entry[];
}

/** What came before the first question has a turn of its own. */
export function turnsOf(entries: readonly Entry[]): readonly Turn[] {
  const turns: { asked: Entry | undefined; answer: Entry[] }[] = [];
  for (const entry of entries) {
    if (entry.content.kind === 'asked') turns.push({ asked: entry, answer: [] });
    else {
      if (turns.length === 0) turns.push({ asked: undefined, answer: [] });
      turns.at(-1)?.answer.push(entry);
    }
  }
  return turns;
}

/** Nothing says how the last question ended. */
export function isUnfinished(entries: readonly Entry[]): boolean {
  const last = entries.at(-1)?.content;
  if (last?.kind === 'answered') return last.stopReason === 'tool_use';
  return last?.kind === 'asked' || last?.kind === 'results';
}

/** The blocks of a turn as far as they are looked at: they come from a file. */
export interface Block {
  readonly type: string;
  readonly text?: unknown;
  readonly thinking?: unknown;
  readonly id?: unknown;
  readonly name?: unknown;
  readonly input?: unknown;
  readonly tool_use_id?: unknown;
  readonly content?: unknown;
}

export function blocksOf(content: unknown): readonly Block[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.filter(isBlock) : [];
}

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Results of calls, by the call's id. */
export function resultsIn(entries: readonly Entry[]): ReadonlyMap<string, Block> {
  const blocks = entries.flatMap(({ content }) => (content.kind === 'results' ? blocksOf(content.turn.content) : []));
  return new Map(
    blocks.flatMap((block) =>
      block.type === 'tool_result' && typeof block.tool_use_id === 'string' ? [[block.tool_use_id, block]] : [],
    ),
  );
}

export function notesIn(entries: readonly Entry[]): ReadonlyMap<string, CallNote> {
  const notes = entries.flatMap(({ content }) => (content.kind === 'results' ? content.calls : []));
  return new Map(notes.map((note) => [note.id, note]));
}

/** The texts of a result, as the model got them. */
export function resultText({ content }: Block): string {
  return blocksOf(content)
    .map(({ type, text }) => (typeof text === 'string' ? text : `[${type}]`))
    .join('\n');
}

/** The first sentence of what a call answered. */
export function firstSentence(result: Block): string {
  const text = blocksOf(result.content).find((block) => typeof block.text === 'string')?.text;
  return /^.*?(?:[.!?](?=\s|$)|$)/s.exec(String(text ?? ''))?.[0] ?? '';
}

/** What the answers to a question used and cost together. */
export interface Cost {
  readonly usage: Usage;
  readonly model: string;
  /** Answers from rules: nothing was paid. */
  readonly demo: boolean;
}

/** Undefined where nothing was answered. */
export function costOf(answer: readonly Entry[]): Cost | undefined {
  const answered = answer.flatMap(({ content }) =>
    content.kind === 'answered' || content.kind === 'compacted' ? [content] : [],
  );
  if (answered.length === 0) return undefined;
  const last = answered.findLast((each) => each.kind === 'answered');
  return {
    usage: answered.map(({ usage }) => usage).reduce(sum),
    model: last?.model ?? '',
    demo: last?.demo ?? false,
  };
}

function sum(one: Usage, two: Usage): Usage {
  const { price: first } = one;
  const { price: second } = two;
  return {
    inputTokens: one.inputTokens + two.inputTokens,
    outputTokens: one.outputTokens + two.outputTokens,
    cacheReadTokens: one.cacheReadTokens + two.cacheReadTokens,
    cacheWriteTokens: one.cacheWriteTokens + two.cacheWriteTokens,
    ...(first === undefined || second === undefined ? {} : { price: first + second }),
  };
}
