/** The parts of an answer. They are tolerant: what this client does not know is kept untouched. */
import * as z from 'zod';
import type { ContainerUploadBlock, FallbackBlock, McpToolListingBlock, ServerToolResultBlock } from './toolResults.ts';

declare const unknownType: unique symbol;

/**
 * The `type` of something newer than this client: a string at run time, read with `String(block.type)`. Opaque to
 * the compiler, so that comparing `type` with a known name leaves only the known block.
 */
export interface UnknownType {
  readonly [unknownType]: true;
  toString(): string;
}

/** Text that the model says (API reference, "Messages"). */
export const TextBlock = z.looseObject({
  type: z.literal('text'),
  text: z.string(),
  /** Sources of the text; null or absent without citations. */
  citations: z.array(z.looseObject({ type: z.string() })).nullish(),
});
export type TextBlock = z.infer<typeof TextBlock>;

/** What the model thought. The text is empty under `display: "omitted"`. Goes back to the service unchanged. */
export const ThinkingBlock = z.looseObject({
  type: z.literal('thinking'),
  thinking: z.string(),
  /** Absent or null until the block is finished. */
  signature: z.string().nullish(),
});
export type ThinkingBlock = z.infer<typeof ThinkingBlock>;

/** Thinking that only the service can read. Goes back unchanged. */
export const RedactedThinkingBlock = z.looseObject({ type: z.literal('redacted_thinking'), data: z.string() });
export type RedactedThinkingBlock = z.infer<typeof RedactedThinkingBlock>;

const Call = { id: z.string(), name: z.string(), input: z.unknown() };

/** The model asks for a tool. `input` is `{}` until the block is finished, and stays so when its JSON is broken. */
export const ToolUseBlock = z.looseObject({ type: z.literal('tool_use'), ...Call });
export type ToolUseBlock = z.infer<typeof ToolUseBlock>;

/** A tool that the service itself runs. */
export const ServerToolUseBlock = z.looseObject({ type: z.literal('server_tool_use'), ...Call });
export type ServerToolUseBlock = z.infer<typeof ServerToolUseBlock>;

/** A tool of an MCP server that the service runs (beta). */
export const McpToolUseBlock = z.looseObject({
  type: z.literal('mcp_tool_use'),
  ...Call,
  server_name: z.string().nullish(),
});
export type McpToolUseBlock = z.infer<typeof McpToolUseBlock>;

/** A summary in place of earlier messages (beta). Null content means that the summary failed. */
export const CompactionBlock = z.looseObject({ type: z.literal('compaction'), content: z.string().nullish() });
export type CompactionBlock = z.infer<typeof CompactionBlock>;

/** A block newer than this client. Carried along untouched. */
export const UnknownBlock = z.looseObject({ type: z.custom<UnknownType>((value) => typeof value === 'string') });
export type UnknownBlock = z.infer<typeof UnknownBlock>;

const schemas = {
  text: TextBlock,
  thinking: ThinkingBlock,
  redacted_thinking: RedactedThinkingBlock,
  tool_use: ToolUseBlock,
  server_tool_use: ServerToolUseBlock,
  mcp_tool_use: McpToolUseBlock,
  compaction: CompactionBlock,
};

/** A part of an answer (API reference, "Messages"). */
export type ContentBlock =
  | TextBlock
  | ThinkingBlock
  | RedactedThinkingBlock
  | ToolUseBlock
  | ServerToolUseBlock
  | McpToolUseBlock
  | CompactionBlock
  | ServerToolResultBlock
  | ContainerUploadBlock
  | FallbackBlock
  | McpToolListingBlock
  | UnknownBlock;

function isChecked(type: unknown): type is keyof typeof schemas {
  return typeof type === 'string' && Object.hasOwn(schemas, type);
}

/** Any block: one that this client works with must have its fields, others pass. */
export const ContentBlock = z.custom<ContentBlock>().superRefine((value, context) => {
  const type = typeof value === 'object' && value !== null ? value.type : undefined;
  const schema = isChecked(type) ? schemas[type] : UnknownBlock;
  for (const issue of schema.safeParse(value).error?.issues ?? []) context.addIssue({ ...issue });
});
