/** Who else takes part in a request: other models, MCP servers, containers (API reference, "Messages", request). */
import type { Effort, JsonFormat, TaskBudget, Thinking } from './requestThinking.ts';

/** What a model answers with when the first one refuses. Null takes the model's own default. */
export interface Fallback {
  readonly model: string;
  readonly max_tokens?: number | null;
  readonly thinking?: Thinking | null;
  /** Added to that of the request, field by field; null fields, or null as a whole, take those back. */
  readonly output_config?: {
    readonly effort?: Effort | null;
    readonly format?: JsonFormat | null;
    readonly task_budget?: TaskBudget | null;
  } | null;
  readonly speed?: 'standard' | 'fast' | null;
}

/** The token of a refusal's `stop_details`; redeemed within five minutes, with the same body (beta `fallback-credit-2026-07-01`). */
export type FallbackCreditToken =
  | string
  | {
      readonly token: string;
      /** `strict` fails where the token cannot be redeemed, `best_effort` goes on without. */
      readonly mode?: 'strict' | 'best_effort';
    };

/** A server whose tools the service calls (beta `mcp-client-2025-11-20`). Needs exactly one `mcp_toolset` in `tools`. */
export interface McpServer {
  readonly type: 'url';
  /** `https:` only. */
  readonly url: string;
  readonly name: string;
  /** Sent to the server by the service. */
  readonly authorization_token?: string | null;
  /** The older way to choose tools: an `mcp_toolset` says the same. */
  readonly tool_configuration?: {
    readonly enabled?: boolean | null;
    readonly allowed_tools?: readonly string[] | null;
  } | null;
}

/** A skill for the container in which code runs. */
export interface ContainerSkill {
  readonly type: 'anthropic' | 'custom';
  readonly skill_id: string;
  /** The latest when absent. */
  readonly version?: string;
}

/** The container in which code runs: an earlier one by its id, or with skills in it. An expired id fails: send none. */
export interface Container {
  readonly id?: string | null;
  readonly skills?: readonly ContainerSkill[] | null;
}

/** Who pays (beta). Not for editors. */
export interface BillingPolicy {
  readonly type: 'billing_policy';
  readonly bill_to?: 'self' | 'user_profile';
}
