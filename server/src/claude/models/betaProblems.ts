/** What the beta fields of a request may hold, and with what they cannot be combined (API reference, "Messages"). */
import { below, type Report, type Rule } from './problem.ts';
import { flag, list, object, oneOf, orNull, type Shape, text, variants, whole } from './shapes.ts';
import { fieldOf, isFields, isGiven, listOf, shown, typeOf } from './values.ts';

const tokens = (least: number): Shape =>
  object({ type: oneOf('input_tokens'), value: whole(least) }, ['type', 'value']);
const toolUses = object({ type: oneOf('tool_uses'), value: whole(0) }, ['type', 'value']);
const leastTrigger = 50_000;

const flagOrNames: Shape = (value, report) => {
  if (typeof value !== 'boolean') list(text)(value, report);
};

const keepThinking: Shape = (value, report) => {
  const turns = object({ type: oneOf('thinking_turns'), value: whole(1) }, ['type', 'value']);
  if (value !== 'all') variants({ thinking_turns: turns, all: object({}) })(value, report);
};

const edit = variants({
  clear_tool_uses_20250919: object({
    trigger: variants({ input_tokens: tokens(0), tool_uses: toolUses }),
    keep: toolUses,
    clear_at_least: orNull(tokens(0)),
    exclude_tools: orNull(list(text)),
    clear_tool_inputs: orNull(flagOrNames),
  }),
  clear_thinking_20251015: object({ keep: keepThinking }),
  compact_20260112: object({
    trigger: orNull(tokens(leastTrigger)),
    pause_after_compaction: flag,
    instructions: orNull(text),
  }),
});

const edits = ['clear_tool_uses_20250919', 'clear_thinking_20251015', 'compact_20260112'] as const;

export const contextManagement: Rule = ({ context_management: management, compaction }, report, { rules }) => {
  if (!isGiven(management)) return;
  const here = below(report, 'context_management');
  object({ edits: list(edit) })(management, here);
  if (isGiven(compaction)) here([], 'cannot be combined with compaction. Leave one of them out.');
  for (const [at, entry] of listOf(fieldOf(management, 'edits')).entries()) {
    const type = typeOf(entry);
    if (type === 'clear_thinking_20251015' && at > 0)
      here(['edits', at], 'clears thinking, which comes first. Move it to the front of edits.');
    if (edits.some((name) => name === type && rules?.features?.[name] === false))
      here(['edits', at, 'type'], `is ${type}, which ${rules?.id} does not have. Leave it out, or use another model.`);
  }
};

const summarize = object({ type: oneOf('summarize'), instructions: orNull(text) }, ['type']);

const threads = variants({
  create: object({}),
  continue: object({ previous_message_id: text }, ['previous_message_id']),
});

export const conversation: Rule = (request, report) => {
  const { compaction, thread } = request;
  if (isGiven(compaction)) summarize(compaction, below(report, 'compaction'));
  if (!isGiven(thread)) return;
  threads(thread, below(report, 'thread'));
  for (const name of ['cache_control', 'context_management', 'fallbacks'])
    if (isGiven(request[name]))
      report(['thread'], `cannot be combined with ${name}. Leave one of them out, or send the whole conversation.`);
};

const fallbackFields = ['model', 'max_tokens', 'thinking', 'output_config', 'speed'];

export const fallbacks: Rule = ({ fallbacks: given, fallback_credit_token: credit }, report) => {
  const here = below(report, 'fallbacks');
  if (isGiven(credit)) creditToken(credit, below(report, 'fallback_credit_token'));
  if (!isGiven(given)) return;
  if (isGiven(credit)) here([], 'cannot be combined with fallback_credit_token. Leave one of them out.');
  if (given === 'default') return;
  if (!Array.isArray(given)) here([], `is ${shown(given)}. It must be "default" or a list of models.`);
  for (const [at, entry] of listOf(given).entries()) {
    object({ model: text, max_tokens: orNull(whole(1)) }, ['model'])(entry, below(here, at));
    for (const name of Object.keys(isFields(entry) ? entry : {}))
      if (!fallbackFields.includes(name))
        here([at, name], `cannot be set for a fallback. Only ${fallbackFields.join(', ')} can: leave it out.`);
  }
};

const creditToken: Shape = (value, report) => {
  if (typeof value !== 'string')
    object({ token: text, mode: oneOf('strict', 'best_effort') }, ['token'])(value, report);
};

const https: Shape = (value, report) => {
  text(value, report);
  if (typeof value === 'string' && !/^https:\/\//i.test(value))
    report([], 'does not begin with https://. The service connects to MCP servers over https only.');
};

const server = object({ type: oneOf('url'), url: https, name: text, authorization_token: orNull(text) }, [
  'type',
  'url',
  'name',
]);

/** Each server has one toolset, and each toolset its server. */
export const mcpServers: Rule = ({ mcp_servers: given, tools, messages }, report) => {
  if (given !== undefined) list(server)(given, below(report, 'mcp_servers'));
  const names = listOf(given).map((entry) => fieldOf(entry, 'name'));
  const toolsets = toolsetsOf(tools, new Set(names), report);
  const mayBeDefinedLater = names.some((name) => !toolsets.has(name)) && definesTools(messages);
  const seen = new Set<unknown>();
  for (const [at, name] of names.entries()) {
    const here = below(report, 'mcp_servers', at);
    if (seen.has(name)) here(['name'], `is ${shown(name)}, which another server is called as well. Give each its own.`);
    else if (!toolsets.has(name) && !mayBeDefinedLater)
      here([], `has no tool of type mcp_toolset with mcp_server_name ${shown(name)}. Add one to tools.`);
    seen.add(name);
  }
};

/** The servers that have a toolset. */
function toolsetsOf(tools: unknown, servers: ReadonlySet<unknown>, report: Report): ReadonlySet<unknown> {
  const toolsets = new Set<unknown>();
  for (const [at, tool] of listOf(tools).entries()) {
    if (typeOf(tool) !== 'mcp_toolset') continue;
    const name = fieldOf(tool, 'mcp_server_name');
    const here = below(report, 'tools', at, 'mcp_server_name');
    if (!servers.has(name)) here([], `is ${shown(name)}, which no entry of mcp_servers is called. Add the server.`);
    else if (toolsets.has(name)) here([], `is ${shown(name)}, which has a toolset already. Leave one of them out.`);
    toolsets.add(name);
  }
  return toolsets;
}

/** Whether tools are defined in the middle of the conversation. */
export function definesTools(messages: unknown): boolean {
  return listOf(messages).some(
    (message) =>
      fieldOf(message, 'role') === 'system' &&
      listOf(fieldOf(message, 'content')).some(
        (block) => typeOf(block) === 'tool_addition' && typeOf(fieldOf(block, 'tool')) === 'tool_definition',
      ),
  );
}
