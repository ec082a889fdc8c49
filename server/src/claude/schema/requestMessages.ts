/** What was said so far: the entries of `messages`, by who says it (API reference, "Messages"). */
import type { CompactionBlock } from './blocks.ts';
import type { AssistantBlock, TextParam, UserBlock } from './requestBlocks.ts';
import type { Cacheable } from './requestCache.ts';
import type { Effort } from './requestThinking.ts';
import type { Tool } from './requestTools.ts';

/** Said by the person, and the answers of tools. Messages in a row count as one. */
export interface UserMessage {
  readonly role: 'user';
  /** A text is as good as one text block. A `compaction` block may stand first in the first message (beta). */
  readonly content: string | readonly (UserBlock | CompactionBlock)[];
}

/** Said by the model. As the last message it is the beginning of the answer, which most models refuse. */
export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content: string | readonly AssistantBlock[];
}

/** A tool of `tools`, or of an MCP server, or all tools of such a server. */
export type ToolReference =
  | { readonly type: 'tool_reference'; readonly name: string }
  | { readonly type: 'mcp_tool_reference'; readonly server_name: string; readonly name: string }
  | { readonly type: 'mcp_toolset_reference'; readonly server_name: string };

/** From here on the model has one more tool (beta `mid-conversation-tool-changes-2026-07-01`). */
export interface ToolAdditionParam extends Cacheable {
  readonly type: 'tool_addition';
  /** One of `tools` with `defer_loading`, or a whole definition (beta `inline-tools-2026-09-15`). */
  readonly tool: ToolReference | { readonly type: 'tool_definition'; readonly definition: Tool };
}

/** From here on the model has one tool less (beta `mid-conversation-tool-changes-2026-07-01`). */
export interface ToolRemovalParam extends Cacheable {
  readonly type: 'tool_removal';
  readonly tool: ToolReference;
}

/**
 * An instruction in the middle of a conversation; only some models take it. It follows a user message (or an answer
 * that ends in the result of a server tool) and is last or followed by an assistant message. Nothing that others wrote
 * belongs here.
 */
export interface SystemMessage {
  readonly role: 'system';
  /** May only be absent where `output_config` is set. */
  readonly content?: string | readonly (TextParam | ToolAdditionParam | ToolRemovalParam)[];
  /** `next_user_message`: shown for one turn only (beta `mid-conversation-system-clear-at-2026-08-21`). */
  readonly clear_at?: 'never' | 'next_user_message' | null;
  /** Goes from here on (beta `mid-conversation-output-config-2026-07-01`). */
  readonly output_config?: { readonly effort?: Effort | null } | null;
}

/** One entry of `messages`. */
export type MessageParam = UserMessage | AssistantMessage | SystemMessage;
