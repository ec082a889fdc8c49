/** The conversation of a run: blocks go back as they came, and at any moment it can be sent (API reference, "Tool use"). */
import { withoutThinking } from '../../endpoints/fallback.ts';
import type { ContentBlock, ToolUseBlock } from '../../schema/blocks.ts';
import type { AssistantBlock, MessageParam, ToolResultParam, UserBlock } from '../../schema/request.ts';
import { isRecord } from '../../schema/standard.ts';
import { toolInputOf } from '../../stream/toolInput.ts';

/** The blocks of an answer. */
export type Content = readonly ContentBlock[];

export function isToolUse(block: ContentBlock): block is ToolUseBlock {
  return block.type === 'tool_use';
}

export class History {
  #messages: readonly MessageParam[];
  /** The ids of all calls: one that comes again cannot be answered a second time. */
  readonly #ids = new Set<string>();

  constructor(messages: readonly MessageParam[]) {
    this.#messages = messages;
    for (const { content } of messages) if (Array.isArray(content)) this.#remember(content);
  }

  get messages(): readonly MessageParam[] {
    return this.#messages;
  }

  /** Whether a call with this id was there before. */
  knows(id: string): boolean {
    return this.#ids.has(id);
  }

  /** The content without calls whose id was there before. The same list when there are none. */
  fresh(content: Content): Content {
    const ids = new Set(this.#ids);
    const kept = content.filter((block) => {
      if (!isToolUse(block)) return true;
      const isNew = !ids.has(block.id);
      ids.add(block.id);
      return isNew;
    });
    return kept.length === content.length ? content : kept;
  }

  /** An answer, and the results of its calls: both or neither, as the service wants it. Nothing is left out. */
  addAnswer(content: Content, results: readonly (ToolResultParam | UserBlock)[] = []): void {
    this.#remember(content);
    if (content.length > 0) this.#add({ role: 'assistant', content });
    if (results.length > 0) this.#add({ role: 'user', content: results });
  }

  addText(text: string): void {
    this.#add({ role: 'user', content: text });
  }

  /** A summary takes the place of everything. */
  startFrom(content: Content): void {
    this.#messages = [{ role: 'assistant', content }];
  }

  /** Another model may not read what this one thought. */
  dropThinking(): void {
    this.#messages = withoutThinking(this.#messages);
  }

  #add(message: MessageParam): void {
    // A new list: those that were given out before stay as they are.
    this.#messages = [...this.#messages, message];
  }

  #remember(content: readonly unknown[]): void {
    for (const block of content)
      if (isRecord(block) && block['type'] === 'tool_use') this.#ids.add(String(block['id']));
  }
}

/** Whether the results of tools are the last thing that was said. */
export function endsInResults(messages: readonly MessageParam[]): boolean {
  const last = messages.at(-1);
  return (
    last?.role === 'user' && Array.isArray(last.content) && last.content.some(({ type }) => type === 'tool_result')
  );
}

/** Whether a tool of the service is still at work: then nothing but results may be said, with the same tools. */
export function isPending(messages: readonly MessageParam[]): boolean {
  const turn = messages.slice(messages.findLastIndex(isSaid) + 1);
  return pendingIn(turn.flatMap(({ content }) => (Array.isArray(content) ? content : []))).size > 0;
}

/** Something other than an answer or results. */
function isSaid({ role, content }: MessageParam): boolean {
  if (role === 'assistant') return false;
  return !Array.isArray(content) || content.some(({ type }) => type !== 'tool_result');
}

/** Whether an answer can go back as it is: text alone at its end would be the beginning of an answer, which is refused. */
export function canGoOn(messages: readonly MessageParam[], content: Content): boolean {
  const paused = messages.slice(messages.findLastIndex(({ role }) => role !== 'assistant') + 1);
  const before = paused.flatMap((message) => (Array.isArray(message.content) ? message.content : []));
  return content.at(-1)?.type !== 'text' || [...before, ...content].some(isOfService);
}

function isOfService({ type }: AssistantBlock | UserBlock): boolean {
  return type === 'server_tool_use' || type === 'mcp_tool_use' || String(type).endsWith('_tool_result');
}

/** The ids of the service's calls without a result. */
function pendingIn(content: readonly (AssistantBlock | UserBlock)[]): ReadonlySet<unknown> {
  const pending = new Set<unknown>();
  for (const block of content) {
    if (block.type === 'server_tool_use' || block.type === 'mcp_tool_use') pending.add(block.id);
    else if ('tool_use_id' in block) pending.delete(block['tool_use_id']);
  }
  return pending;
}

/**
 * What can be kept of an answer that was cut: without calls that are not whole, without the service's calls that have
 * no result, and without thinking at its end, which has no signature yet.
 */
export function settled(content: Content): Content {
  const pending = pendingIn(content);
  const kept = content.filter((block) => !isCut(block) && !('id' in block && pending.has(block.id)));
  const last = kept.findLastIndex(({ type }) => type !== 'thinking' && type !== 'redacted_thinking');
  return kept.slice(0, last + 1);
}

function isCut(block: ContentBlock): boolean {
  const arrived = toolInputOf(block);
  return arrived !== undefined && arrived.state !== 'complete';
}

/** Whether an answer says nothing: no text, no call, nothing that is not thought. */
export function isEmpty(content: Content): boolean {
  return content.every(
    (block) =>
      block.type === 'thinking' ||
      block.type === 'redacted_thinking' ||
      (block.type === 'text' && block.text.trim() === ''),
  );
}
