/** Which names for `anthropic-beta` a request needs, in one table (API reference, "Beta headers", "Messages"). */
import type { Use } from './models/problem.ts';
import { type Fields, fieldOf, isFields, isGiven, listOf, typeOf } from './models/values.ts';
import { isUnchanging, knownOf } from './unchanging.ts';

interface Beta {
  readonly name: string;
  readonly isNeeded: (seen: Seen) => boolean;
  /** Names that unlock the same and more: where the caller gives one, or one is needed anyway, this one is left out. */
  readonly instead?: readonly string[];
}

/** In the order in which the names are sent. Names that change the shape of answers are never here. */
const table: readonly Beta[] = [
  {
    name: 'context-management-2025-06-27',
    isNeeded: ({ request, edits }) =>
      isGiven(request['context_management']) && !(edits.size === 1 && edits.has('compact_20260112')),
  },
  {
    name: 'compact-2026-01-12',
    isNeeded: ({ edits, blocks }) => edits.has('compact_20260112') || blocks.has('compaction'),
    instead: ['compact-2026-09-04'],
  },
  {
    name: 'compact-2026-09-04',
    isNeeded: ({ request, blocks }) => isGiven(request['compaction']) || blocks.has('compaction, signed'),
  },
  { name: 'message-threads-2026-08-12', isNeeded: ({ request }) => isGiven(request['thread']) },
  // Some models need it for any speed.
  { name: 'fast-mode-2026-02-01', isNeeded: ({ attempts }) => attempts.some(({ speed }) => isGiven(speed)) },
  {
    name: 'mid-conversation-tool-changes-2026-07-01',
    isNeeded: ({ blocks }) => blocks.has('tool_addition') || blocks.has('tool_removal'),
  },
  { name: 'inline-tools-2026-09-15', isNeeded: ({ inline }) => inline.length > 0 },
  { name: 'mid-conversation-output-config-2026-07-01', isNeeded: ({ blocks }) => blocks.has('output_config') },
  { name: 'mid-conversation-system-clear-at-2026-08-21', isNeeded: ({ blocks }) => blocks.has('clear_at') },
  {
    name: 'thinking-binding-controls-2026-08-01',
    isNeeded: ({ attempts }) => attempts.some(({ thinking }) => isGiven(fieldOf(thinking, 'block_binding'))),
  },
  {
    name: 'thinking-display-updates-2026-08-18',
    isNeeded: ({ attempts }) => attempts.some(({ thinking }) => fieldOf(thinking, 'display') === 'updates'),
  },
  {
    name: 'task-budgets-2026-03-13',
    isNeeded: ({ attempts }) => attempts.some(({ output_config: output }) => isGiven(fieldOf(output, 'task_budget'))),
  },
  {
    name: 'server-side-fallback-2026-07-01',
    isNeeded: ({ request, blocks }) => isGiven(request['fallbacks']) || blocks.has('fallback'),
    instead: ['server-side-fallback-2026-06-01'],
  },
  {
    name: 'fallback-credit-2026-07-01',
    isNeeded: ({ request }) => isGiven(request['fallback_credit_token']),
    instead: ['fallback-credit-2026-06-01'],
  },
  {
    name: 'mcp-client-2025-11-20',
    isNeeded: ({ request, tools, blocks }) =>
      listOf(request['mcp_servers']).length > 0 ||
      blocks.has('mcp_tool_use') ||
      blocks.has('mcp_tool_result') ||
      tools.some((tool) => typeOf(tool) === 'mcp_toolset'),
    instead: ['mcp-client-2026-09-15'],
  },
  {
    name: 'mcp-client-2026-09-15',
    isNeeded: ({ tools, inline, blocks }) =>
      blocks.has('mcp_tool_listing') ||
      inline.some((tool) => typeOf(tool) === 'mcp_toolset') ||
      tools.some((tool) => typeOf(tool) === 'mcp_toolset' && isGiven(fieldOf(tool, 'tools'))),
  },
  {
    name: 'advisor-tool-2026-03-01',
    isNeeded: ({ tools, inline, blocks }) =>
      blocks.has('advisor_tool_result') || hasType('advisor_20260301', tools, inline),
  },
  { name: 'computer-use-2025-11-24', isNeeded: ({ tools, inline }) => hasType('computer_20251124', tools, inline) },
  { name: 'computer-use-2025-01-24', isNeeded: ({ tools, inline }) => hasType('computer_20250124', tools, inline) },
  {
    name: 'output-300k-2026-03-24',
    isNeeded: ({ request, use }) => use === 'batch' && Number(request['max_tokens']) > mostWithout,
  },
];

/** Tokens that an answer may have without a beta. */
const mostWithout = 128_000;

/** What is in a request that may need a beta, after one walk over it. */
interface Seen {
  readonly request: Fields;
  readonly use: Use;
  /** The request and what it says for its fallbacks. */
  readonly attempts: readonly Fields[];
  /** Types of blocks that are beta, and fields of system messages. */
  readonly blocks: ReadonlySet<string>;
  readonly edits: ReadonlySet<unknown>;
  readonly tools: readonly unknown[];
  /** Tools that are defined inside the messages. */
  readonly inline: readonly unknown[];
}

/** The names that a request needs besides those that the caller gives. */
export function betasFor(request: Fields, use: Use, given: readonly string[] = []): readonly string[] {
  const seen = lookThrough(request, use);
  const needed = table.filter(({ name, isNeeded }) => !given.includes(name) && isNeeded(seen));
  const all = [...given, ...needed.map(({ name }) => name)];
  return needed.filter(({ instead = [] }) => !instead.some((name) => all.includes(name))).map(({ name }) => name);
}

const betaBlocks: ReadonlySet<unknown> = new Set([
  'compaction',
  'fallback',
  'mcp_tool_use',
  'mcp_tool_result',
  'mcp_tool_listing',
  'advisor_tool_result',
  'tool_addition',
  'tool_removal',
]);

/** Whether nothing of a message needs a beta. */
const isOrdinary = knownOf(
  (message) =>
    !['clear_at', 'output_config'].some((name) => isGiven(fieldOf(message, name))) &&
    !listOf(fieldOf(message, 'content')).some((block) => betaBlocks.has(typeOf(block))),
);

function lookThrough(request: Fields, use: Use): Seen {
  const blocks = new Set<string>();
  const inline: unknown[] = [];
  for (const message of listOf(request['messages'])) {
    if (!isFields(message) || (isUnchanging(message) && isOrdinary(message))) continue;
    if (isGiven(message['clear_at'])) blocks.add('clear_at');
    if (isGiven(message['output_config'])) blocks.add('output_config');
    for (const block of listOf(message['content'])) {
      const type = typeOf(block);
      if (typeof type !== 'string' || !betaBlocks.has(type)) continue;
      blocks.add(
        type === 'compaction' && typeof fieldOf(block, 'signature') === 'string' ? 'compaction, signed' : type,
      );
      const added = fieldOf(block, 'tool');
      if (typeOf(added) === 'tool_definition') inline.push(fieldOf(added, 'definition'));
    }
  }
  return {
    request,
    use,
    attempts: [request, ...listOf(request['fallbacks']).filter(isFields)],
    blocks,
    edits: new Set(listOf(fieldOf(request['context_management'], 'edits')).map(typeOf)),
    tools: listOf(request['tools']),
    inline,
  };
}

function hasType(type: string, ...lists: readonly (readonly unknown[])[]): boolean {
  return lists.some((list) => list.some((tool) => typeOf(tool) === type));
}

const general = 'What it was for works without it: leave it out.';
const otherShapes = 'It makes the service answer in an older shape than this client reads: leave it out.';

/** Names that are still accepted and will be deleted, with what to do. */
export const obsoleteBetas: ReadonlyMap<string, string> = new Map([
  ['prompt-caching-2024-07-31', general],
  ['pdfs-2024-09-25', general],
  ['token-counting-2024-11-01', general],
  ['message-batches-2024-09-24', general],
  ['token-efficient-tools-2025-02-19', general],
  ['extended-cache-ttl-2025-04-11', general],
  ['cache-diagnosis-2026-04-07', general],
  ['structured-outputs-2025-11-13', 'Use output_config.format and leave it out.'],
  ['files-api-2025-04-14', otherShapes],
  ['skills-2025-10-02', otherShapes],
  ['fine-grained-tool-streaming-2025-05-14', 'Set eager_input_streaming on the tool and leave it out.'],
]);
