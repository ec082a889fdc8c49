/** How a tool fails, and what the model is told of it. */
import type { ToolResultBlock } from '../schema/request.ts';
import { type ResultContent, withoutEmptyText } from './content.ts';

/**
 * Thrown by a tool: its content goes to the model as a result with `is_error: true`. The message of any other error
 * does so, too; this one is for more than text.
 */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  /** What the model is told. */
  readonly content: ResultContent;

  constructor(content: ResultContent, options?: ErrorOptions) {
    super(typeof content === 'string' ? content : content.map(textOf).join('\n'), options);
    this.content = content;
  }
}

function textOf(block: ToolResultBlock): string {
  return block.type === 'text' ? block.text : `[${block.type}]`;
}

const longestMessage = 10_000;

/** What the model is told of an error: its own content or its message, never a stack, and never nothing. */
export function errorContentOf(error: unknown): ResultContent {
  if (error instanceof ToolError && typeof error.content !== 'string') {
    const content = withoutEmptyText(error.content);
    if (content !== undefined) return content;
  }
  const message = error instanceof Error ? error.message : String(error);
  return message.trim() === '' ? 'The tool failed.' : message.slice(0, longestMessage);
}
