/** An answer as the service's events, in the order of the API (API reference, "Streaming"). */
export interface DemoAnswer {
  readonly id: string;
  readonly model: string;
  /** Thought before the rest, where the request lets it; shown or not. */
  readonly thinking: { readonly text: string; readonly isShown: boolean } | undefined;
  /** The summary that the request asks for instead of an answer. */
  readonly summary: string | undefined;
  readonly texts: readonly AnswerText[];
  readonly toolUses: readonly ToolUse[];
  /** Characters of a tool's input in one piece. */
  readonly pieceSize: number;
  readonly stopReason: string;
  readonly stopDetails: Readonly<Record<string, unknown>> | null;
  readonly input: InputUsage;
}

/** How an answer says where its input came from. */
export interface InputUsage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
}

/** A block of text as the pieces that are streamed, and what it cites. */
export interface AnswerText {
  readonly pieces: readonly string[];
  readonly citations: readonly unknown[];
}

export interface ToolUse {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  /** The text that is streamed instead of the input. */
  readonly json?: string;
}

export const usualPieceSize = 20;

export interface WireEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export function eventsOf(answer: DemoAnswer): readonly WireEvent[] {
  const { toolUses, pieceSize } = answer;
  const texts = textsIn(answer);
  const thoughts = thoughtsIn(answer);
  const summaries = summariesIn(answer);
  const before = thoughts.length + summaries.length;
  const blocks = [
    ...summaries.map(summaryBlock),
    ...thoughts.map((thought, at) => thinkingBlock(thought, at + summaries.length)),
    ...texts.map((text, at) => textBlock(text, at + before)),
    ...toolUses.map((toolUse, at) => toolBlock(toolUse, at + before + texts.length, pieceSize)),
  ];
  return [
    {
      type: 'message_start',
      message: { ...messageHead(answer), content: [], stop_reason: null, usage: usageOf(answer, 1) },
    },
    { type: 'ping' },
    ...blocks.flat(),
    {
      type: 'message_delta',
      delta: { stop_reason: answer.stopReason, stop_sequence: null, stop_details: answer.stopDetails },
      usage: usageOf(answer, outputTokensOf(answer)),
    },
    { type: 'message_stop' },
  ];
}

/** The same answer in one piece, for requests that do not stream. */
export function messageOf(answer: DemoAnswer): Readonly<Record<string, unknown>> {
  return {
    ...messageHead(answer),
    content: [
      ...summariesIn(answer),
      ...thoughtsIn(answer),
      ...textsIn(answer).map(({ pieces, citations }) => ({
        type: 'text',
        text: pieces.join(''),
        ...(citations.length === 0 ? {} : { citations }),
      })),
      ...answer.toolUses.map(({ id, name, input }) => ({ type: 'tool_use', id, name, input })),
    ],
    stop_reason: answer.stopReason,
    stop_details: answer.stopDetails,
    usage: usageOf(answer, outputTokensOf(answer)),
  };
}

export const charactersPerToken = 4;

/** About as many as a tokenizer would count. */
export function tokensIn(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

function messageHead({ id, model }: DemoAnswer): Readonly<Record<string, unknown>> {
  return { id, type: 'message', role: 'assistant', model, stop_sequence: null };
}

function usageOf({ input }: DemoAnswer, outputTokens: number): Readonly<Record<string, unknown>> {
  return { ...input, output_tokens: outputTokens };
}

function textsIn({ texts }: DemoAnswer): readonly AnswerText[] {
  return texts.filter(({ pieces, citations }) => pieces.length > 0 || citations.length > 0);
}

/** Thinking is paid for whether it is shown or not. */
function outputTokensOf({ summary = '', thinking, texts, toolUses }: DemoAnswer): number {
  const said = texts.flatMap(({ pieces }) => pieces).join('') + toolUses.map(inputText).join('');
  return tokensIn(summary + (thinking?.text ?? '') + said);
}

interface Summary {
  readonly type: 'compaction';
  readonly content: string;
  readonly signature: string;
}

function summariesIn({ id, summary }: DemoAnswer): readonly Summary[] {
  return summary === undefined ? [] : [{ type: 'compaction', content: summary, signature: `demo-${id}` }];
}

/** It comes as one piece. */
function summaryBlock({ content, ...block }: Summary, index: number): readonly WireEvent[] {
  return [
    { type: 'content_block_start', index, content_block: { ...block, content: null } },
    { type: 'content_block_delta', index, delta: { type: 'compaction_delta', content } },
    { type: 'content_block_stop', index },
  ];
}

interface Thought {
  readonly type: 'thinking';
  readonly thinking: string;
  readonly signature: string;
}

function thoughtsIn({ id, thinking }: DemoAnswer): readonly Thought[] {
  if (thinking === undefined) return [];
  return [{ type: 'thinking', thinking: thinking.isShown ? thinking.text : '', signature: `demo-${id}` }];
}

function thinkingBlock({ thinking, signature }: Thought, index: number): readonly WireEvent[] {
  const delta = (given: object) => ({ type: 'content_block_delta', index, delta: given });
  return [
    { type: 'content_block_start', index, content_block: { type: 'thinking', thinking: '', signature: '' } },
    ...(thinking.match(/\s*\S+\s*$|\s*\S+/g) ?? []).map((text) => delta({ type: 'thinking_delta', thinking: text })),
    delta({ type: 'signature_delta', signature }),
    { type: 'content_block_stop', index },
  ];
}

function textBlock({ pieces, citations }: AnswerText, index: number): readonly WireEvent[] {
  const delta = (given: object) => ({ type: 'content_block_delta', index, delta: given });
  const started = citations.length === 0 ? {} : { citations: [] };
  return [
    { type: 'content_block_start', index, content_block: { type: 'text', text: '', ...started } },
    ...pieces.map((text) => delta({ type: 'text_delta', text })),
    ...citations.map((citation) => delta({ type: 'citations_delta', citation })),
    { type: 'content_block_stop', index },
  ];
}

function inputText({ input, json }: ToolUse): string {
  return json ?? JSON.stringify(input);
}

function toolBlock(toolUse: ToolUse, index: number, size: number): readonly WireEvent[] {
  const { id, name } = toolUse;
  const text = inputText(toolUse);
  const count = Math.ceil(text.length / size);
  const parts = Array.from({ length: count }, (_, part) => text.slice(part * size, (part + 1) * size));
  return [
    { type: 'content_block_start', index, content_block: { type: 'tool_use', id, name, input: {} } },
    ...parts.map((part) => ({
      type: 'content_block_delta',
      index,
      delta: { type: 'input_json_delta', partial_json: part },
    })),
    { type: 'content_block_stop', index },
  ];
}
