/** Folds the events of a stream into the message, in place: the only copy of its text. */
import { ClaudeError } from '../errors.ts';
import type { ContentBlock } from '../schema/blocks.ts';
import type { ContentBlockDeltaEvent, ContentDelta, MessageDeltaEvent, StreamEvent } from '../schema/events.ts';
import type { Message } from '../schema/message.ts';
import { Growth } from './growing.ts';
import { ToolInput } from './toolInput.ts';
import { comesWhole } from './verbatim.ts';

/** A message in the making. */
export class Fold {
  /** What has come so far; undefined before `message_start`. It goes on changing. */
  message: Message | undefined;
  /** `message_stop` has come: this is all. */
  complete = false;
  #growth = new Growth();
  readonly #open = new Map<number, ToolInput | undefined>();

  /** Whether there is content, or the beginning of some. */
  get hasContent(): boolean {
    return (this.message?.content.length ?? 0) > 0;
  }

  /** @throws ClaudeError of kind `bad_response` for events that cannot follow what came before. */
  add(event: StreamEvent): void {
    switch (event.type) {
      case 'content_block_delta':
        this.#addDelta(event);
        break;
      case 'message_start':
        if (this.message !== undefined) throw disordered('it begins twice');
        this.message = growing(event.message);
        break;
      case 'content_block_start':
        this.#startBlock(event.index, event.content_block);
        break;
      case 'content_block_stop':
        this.#stopBlock(event.index);
        break;
      case 'message_delta':
        this.#addFields(event);
        break;
      case 'message_stop':
        this.complete = true;
        break;
    }
  }

  /** No more comes: tool calls that are still open stay unfinished, and say so. */
  cut(): void {
    for (const input of this.#open.values()) input?.cut();
    this.#open.clear();
  }

  #startBlock(index: number, block: ContentBlock): void {
    const { message } = this;
    if (message === undefined) return;
    const { content } = message;
    if (index !== content.length) throw disordered(`its block ${index} comes when block ${content.length} is due`);
    const kept = comesWhole(block) ? block : growingBlock(block);
    content.push(kept);
    this.#growth = new Growth();
    this.#open.set(index, ToolInput.of(kept));
    const successor = successorIn(block);
    if (successor !== undefined) message.model = successor;
  }

  #addDelta({ index, delta }: ContentBlockDeltaEvent): void {
    const block = this.message?.content[index];
    if (block === undefined || !this.#open.has(index)) return;
    switch (delta.type) {
      case 'text_delta':
        if (block.type === 'text') block.text = this.#growth.add(block.text, delta.text);
        break;
      case 'thinking_delta':
        if (block.type === 'thinking') block.thinking = this.#growth.add(block.thinking, delta.thinking);
        break;
      case 'input_json_delta':
        this.#open.get(index)?.add(delta.partial_json);
        break;
      default:
        addRare(block, delta);
    }
  }

  #stopBlock(index: number): void {
    this.#open.get(index)?.finish();
    this.#open.delete(index);
  }

  /** Each field replaces what was there; a null or absent count keeps it. */
  #addFields({ type: _type, delta, usage, ...others }: MessageDeltaEvent): void {
    const { message } = this;
    if (message === undefined) return;
    replaceFields(message, delta, () => true);
    replaceFields(message, others, () => true);
    if (usage !== undefined && usage !== null) replaceFields(message.usage, usage, (value) => value !== null);
  }
}

/** A copy that may change without the event's changing. */
function growing(message: Message): Message {
  return { ...message, content: [...message.content], usage: { ...message.usage } };
}

/** A copy: the reader keeps the event as it came, while the block grows. */
function growingBlock(block: ContentBlock): ContentBlock {
  const copy = { ...block };
  if (copy.type === 'text' && copy.citations) copy.citations = [...copy.citations];
  return copy;
}

/** The model that answers from here on: where another one takes over, a block says so (beta `fallback`). */
function successorIn(block: ContentBlock): string | undefined {
  const { type, to } = block as { type: unknown; to?: unknown }; // Just to read them: the block is of no known type.
  if (type !== 'fallback' || typeof to !== 'object' || to === null || !('model' in to)) return undefined;
  return typeof to.model === 'string' ? to.model : undefined;
}

function addRare(block: ContentBlock, delta: ContentDelta): void {
  if (delta.type === 'signature_delta' && block.type === 'thinking') block.signature = delta.signature;
  else if (delta.type === 'citations_delta' && block.type === 'text') {
    block.citations ??= [];
    block.citations.push(delta.citation);
  } else if (delta.type === 'compaction_delta' && block.type === 'compaction') {
    const { type: _type, ...fields } = delta;
    replaceFields(block, fields, () => true);
  }
}

const identity: ReadonlySet<string> = new Set(['__proto__', 'id', 'type', 'role', 'model', 'content', 'usage']);

/** Sets what the service sent later, known to this client or not. What makes the object what it is stays. */
function replaceFields(
  target: Record<string, unknown>,
  fields: Readonly<Record<string, unknown>>,
  wanted: (value: unknown) => boolean,
): void {
  for (const [name, value] of Object.entries(fields)) {
    const kept = target['type'] === 'compaction' ? name === '__proto__' || name === 'type' : identity.has(name);
    if (!kept && value !== undefined && wanted(value)) target[name] = value;
  }
}

function disordered(what: string): ClaudeError {
  return new ClaudeError('bad_response', `The stream is out of order: ${what}.`, { stage: 'body' });
}
