/** The request of the next turn: what the caller asked for, and what the run has learned since. */
import { type MessageOptions, requestFor } from '../../endpoints/fallback.ts';
import type { Message } from '../../schema/message.ts';
import type { Container, MessageParam, MessageRequest, Tool, ToolChoice } from '../../schema/request.ts';
import { isRecord } from '../../schema/standard.ts';
import type { FilledOptions, TurnChanges } from './options.ts';
import { nameOf } from './toolbox.ts';

type FallbackModels = NonNullable<MessageOptions['fallbackModels']>;

export class Plan {
  #params: MessageRequest;
  #fallbackModels: FallbackModels;
  #added: readonly Tool[] = [];
  #removed: readonly string[] = [];

  constructor(params: MessageRequest, { fallbackModels = [] }: FilledOptions) {
    this.#params = params;
    this.#fallbackModels = fallbackModels;
  }

  /** As it stands, for another run. */
  get params(): MessageRequest {
    return this.#params;
  }

  get fallbackModels(): FallbackModels {
    return this.#fallbackModels;
  }

  get tools(): readonly Tool[] {
    return this.#params.tools ?? [];
  }

  /** From the next turn on in which that is possible. */
  addTools(tools: readonly Tool[]): void {
    this.#added = [...this.#added, ...tools];
  }

  removeTools(names: readonly string[]): void {
    this.#removed = [...this.#removed, ...names];
    this.#added = this.#added.filter((tool) => !names.includes(nameOf(tool) ?? ''));
  }

  /** @param isPending A tool of the service is at work: the tools have to stay the same. */
  requestWith(messages: readonly MessageParam[], changes: TurnChanges, isPending: boolean): MessageRequest {
    if (!isPending) this.#changeTools();
    return { ...this.#params, ...changes, messages };
  }

  #changeTools(): void {
    if (this.#added.length === 0 && this.#removed.length === 0) return;
    const gone = new Set([...this.#removed, ...this.#added.flatMap((tool) => nameOf(tool) ?? [])]);
    const tools = this.tools.filter((tool) => !gone.has(nameOf(tool) ?? ''));
    this.#params = { ...this.#params, tools: [...tools, ...this.#added] };
    this.#added = [];
    this.#removed = [];
  }

  /** Learns from an answer. @param refusals How many models refused before it: the run stays with the one that did not. */
  learn(message: Message, refusals: number): void {
    const fallback = this.#fallbackModels[refusals - 1];
    if (fallback !== undefined) this.#params = requestFor(fallback, this.#params);
    this.#fallbackModels = this.#fallbackModels.slice(refusals);
    const container = containerOf(message, this.#params.container);
    if (container !== undefined) this.#params = { ...this.#params, container };
    const choice = unforced(this.#params.tool_choice);
    if (choice !== undefined) this.#params = { ...this.#params, tool_choice: choice };
  }
}

/** The container of an answer, so that its files are there in the next turn. */
function containerOf(message: Message, asked: MessageRequest['container']): string | Container | undefined {
  const { container } = message;
  if (!isRecord(container) || typeof container['id'] !== 'string') return undefined;
  const { id } = container;
  return typeof asked === 'object' && asked !== null ? { ...asked, id } : id;
}

/** A tool that must be called would be called for ever: it is forced once. */
function unforced(choice: ToolChoice | undefined): ToolChoice | undefined {
  if (choice?.type !== 'any' && choice?.type !== 'tool') return undefined;
  const { disable_parallel_tool_use: isDisabled } = choice;
  return { type: 'auto', ...(isDisabled !== undefined && { disable_parallel_tool_use: isDisabled }) };
}
