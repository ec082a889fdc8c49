/** The input of a tool call while it comes in, as raw text; and what became of it. */
import type { ContentBlock } from '../schema/blocks.ts';
import { isTooDeep } from '../schema/depth.ts';
import { Growth } from './growing.ts';

/** How a tool's input arrived. A tool may run only when the state is `complete`. */
export interface ToolInputState {
  readonly state: 'open' | 'complete' | 'invalid' | 'cut';
  /** The JSON as the model wrote it, so far. */
  readonly text: string;
}

type CallBlock = Extract<ContentBlock, { type: 'tool_use' | 'server_tool_use' | 'mcp_tool_use' }>;

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

/** Collects the input of one call. */
export class ToolInput implements ToolInputState {
  state: ToolInputState['state'] = 'open';
  text = '';
  readonly #block: CallBlock;
  readonly #growth = new Growth();

  private constructor(block: CallBlock) {
    this.#block = block;
  }

  /** For blocks that are calls. */
  static of(block: ContentBlock): ToolInput | undefined {
    if (block.type !== 'tool_use' && block.type !== 'server_tool_use' && block.type !== 'mcp_tool_use')
      return undefined;
    const input = new ToolInput(block);
    states.set(block, input);
    return input;
  }

  add(json: string): void {
    this.text = this.#growth.add(this.text, json);
  }

  /** Bad JSON is the model's mistake, not the stream's: it is kept and marked. */
  finish(): void {
    // Without any text the input is the one that the block began with: `{}`.
    const input = this.text === '' ? this.#block.input : objectIn(this.text);
    this.state = input === undefined ? 'invalid' : 'complete';
    if (input !== undefined) this.#block.input = input;
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
