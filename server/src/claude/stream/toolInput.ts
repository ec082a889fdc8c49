/** The input of a tool call while it comes in: as raw text, as far as it can be read, and what became of it. */
import type { ContentBlock } from '../schema/blocks.ts';
import { isTooDeep } from '../schema/depth.ts';
import type { DeepPartial } from './deepPartial.ts';
import { Growth } from './growing.ts';
import { PartialJson } from './partialJson.ts';
import { keepOriginal } from './verbatim.ts';

/** How a tool's input arrived. A tool may run only when the state is `complete`. */
export interface ToolInputState<Input = unknown> {
  /** `open` while it comes; how it ended after that. */
  readonly state: 'open' | 'complete' | 'invalid' | 'cut';
  /** The JSON as the model wrote it, so far. */
  readonly text: string;
  /**
   * What the text says so far: the same object as before, grown; undefined while there is nothing. An unfinished
   * string is there as far as it has come; numbers, `true`, `false` and `null` once they are whole. Of an `invalid` or
   * `cut` input it is what came before the mistake or the end. The input itself, once it is `complete`.
   *
   * Costs nothing until it is asked for, and from then on no more than reading each piece once.
   */
  readonly value: DeepPartial<Input> | undefined;
}

/** A block that asks for a tool: the caller's, the service's, or one of an MCP server. */
export type CallBlock = Extract<ContentBlock, { type: 'tool_use' | 'server_tool_use' | 'mcp_tool_use' }>;

/** Beside the blocks, not in them: a field that the service did not send must not go back to it. */
const states = new WeakMap<object, ToolInput>();

/**
 * How the input of a tool call in a streamed message arrived; undefined for other blocks. `invalid`: the model wrote
 * something that is not JSON, `input` is `{}`, and `text` has what it wrote, to be sent back as an error result.
 * `cut`: the stream ended inside the block.
 */
export function toolInputOf(block: ContentBlock): ToolInputState | undefined {
  return states.get(block);
}

/** Whether a block asks for a tool. */
export function isCall(block: ContentBlock): block is CallBlock {
  return block.type === 'tool_use' || block.type === 'server_tool_use' || block.type === 'mcp_tool_use';
}

/** Collects the input of one call. */
export class ToolInput implements ToolInputState {
  state: ToolInputState['state'] = 'open';
  text = '';
  readonly #block: CallBlock;
  readonly #growth = new Growth();
  /** Reads along once somebody has asked for the value. */
  #reader: PartialJson | undefined;

  private constructor(block: CallBlock) {
    this.#block = block;
  }

  /** For blocks that are calls. */
  static of(block: ContentBlock): ToolInput | undefined {
    if (!isCall(block)) return undefined;
    const input = new ToolInput(block);
    states.set(block, input);
    return input;
  }

  get value(): unknown {
    if (this.state === 'complete') return this.#block.input;
    if (this.#reader === undefined) {
      this.#reader = new PartialJson();
      this.#reader.push(this.text);
    }
    return this.#reader.value;
  }

  add(json: string): void {
    this.text = this.#growth.add(this.text, json);
    this.#reader?.push(json);
  }

  /** Bad JSON is the model's mistake, not the stream's: it is kept and marked. */
  finish(): void {
    const input = objectIn(this.text);
    if (input !== undefined) {
      keepOriginal(input, this.text);
      this.#block.input = input;
      this.#reader = undefined;
    }
    // Without any text the input is the one that the block began with.
    if (this.text === '') this.#block.input ??= {};
    this.state = input !== undefined || this.text === '' ? 'complete' : 'invalid';
  }

  cut(): void {
    this.state = 'cut';
  }
}

function objectIn(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !isTooDeep(value)
      ? value
      : undefined;
  } catch {
    // The state says it: `invalid`.
    return undefined;
  }
}
