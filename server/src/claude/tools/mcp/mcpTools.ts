/** The tools of an MCP server as tools for the model, run by the caller's own MCP client (API reference, "MCP"). */
import { ClaudeError } from '../../errors.ts';
import { isTooDeep } from '../../schema/depth.ts';
import { isRecord, type JsonSchema } from '../../schema/standard.ts';
import type { Prepared, ToolContext } from '../runnable.ts';
import { type DefinedTool, traitsOf, withBehaviour } from '../tool.ts';
import { ToolError } from '../toolError.ts';
import { longestName } from '../toolName.ts';
import type { McpClient, McpTool } from './mcpClient.ts';
import { blocksOf } from './mcpContent.ts';

/** Which of a server's tools, and how they run. */
export interface McpToolsOptions {
  /** A short name for the server: its tools are called `server__tool`. */
  readonly server: string;
  /** Which tools to take; all when absent. */
  readonly take?: (tool: McpTool) => boolean;
  /**
   * Which tools change nothing: see `ToolTraits.readOnly`. None when absent. What the server says of its own tools is
   * not asked: it may be wrong, or lie.
   */
  readonly readOnly?: (tool: McpTool) => boolean;
  /** Keeps the definitions out of the prompt until tool search finds them. */
  readonly defer_loading?: boolean;
}

/** Pages of tools that are read: a server that always names another page must not keep us. */
const mostPages = 100;

/**
 * The tools of a server. Names become `server__tool`, with other characters replaced and cut to 64; descriptions and
 * input schemas are kept as they are, and references in them are never fetched. Inputs are the server's to check.
 * @throws ClaudeError of kind `configuration` when two tools would have the same name, or a schema cannot be used.
 */
export async function mcpTools(client: McpClient, options: McpToolsOptions): Promise<readonly DefinedTool[]> {
  const { take = () => true } = options;
  const names = new Map<string, string>();
  return (await allTools(client)).filter(take).map((tool) => {
    const name = nameOf(options.server, tool.name);
    const other = names.get(name);
    if (other !== undefined)
      throw unusable(
        options.server,
        `its tools ${JSON.stringify(other)} and ${JSON.stringify(tool.name)} would both be called ${name}. Take only one of them.`,
      );
    names.set(name, tool.name);
    return toolOf(client, name, { tool, options });
  });
}

function unusable(server: string, problem: string): ClaudeError {
  return new ClaudeError('configuration', `The MCP server ${JSON.stringify(server)} cannot be used: ${problem}`, {
    stage: 'settings',
    field: 'server',
  });
}

async function allTools(client: McpClient): Promise<readonly McpTool[]> {
  const tools: McpTool[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await client.listTools(cursor === undefined ? {} : { cursor });
    tools.push(...page.tools);
    cursor = page.nextCursor;
    if (cursor === undefined || seen.has(cursor)) break;
    seen.add(cursor);
  } while (seen.size < mostPages);
  return tools;
}

function nameOf(server: string, tool: string): string {
  return `${server}__${tool}`.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, longestName);
}

interface McpParts {
  readonly tool: McpTool;
  readonly options: McpToolsOptions;
}

function toolOf(client: McpClient, name: string, { tool, options }: McpParts): DefinedTool {
  const definition = {
    name,
    ...(tool.description !== undefined && { description: tool.description }),
    input_schema: schemaOf(tool, options.server),
    ...(options.defer_loading !== undefined && { defer_loading: options.defer_loading }),
  };
  const traits = traitsOf({ readOnly: options.readOnly?.(tool) === true });
  return withBehaviour(definition, {
    ...traits,
    async prepare(input): Promise<Prepared> {
      if (!isRecord(input)) return { problems: ['(the whole): is not an object'] };
      return { value: input, run: (context) => called(client, { name: tool.name, arguments: { ...input } }, context) };
    },
  });
}

/** As the server gave it; without a type, it is that of an object. */
function schemaOf({ name, inputSchema }: McpTool, server: string): JsonSchema {
  if (!isRecord(inputSchema) || isTooDeep(inputSchema))
    throw unusable(server, `the input schema of its tool ${JSON.stringify(name)} is none. Take the other tools.`);
  return inputSchema['type'] === 'object' ? inputSchema : { ...inputSchema, type: 'object' };
}

async function called(
  client: McpClient,
  params: { readonly name: string; readonly arguments: Record<string, unknown> },
  { signal, report }: ToolContext,
): Promise<unknown> {
  const result = await client.callTool(params, undefined, { signal, onprogress: report });
  const blocks = blocksOf(result);
  if ('isError' in result && result.isError === true)
    throw new ToolError(blocks.length === 0 ? 'The tool failed without saying why.' : blocks);
  return blocks.length === 0 ? undefined : blocks;
}
