/** What the model is told of the tools, always in the same order and the same bytes: they stand before all else that the service keeps. */
import { type CustomTool, tool as definedTool } from '../../claude/index.ts';
import type { Tool } from '../../tool.ts';

/** Once for each list: writing schemas down takes longer than all the rest of a request. */
const known = new WeakMap<readonly Tool[], readonly CustomTool[]>();

export function definitionsOf(tools: readonly Tool[]): readonly CustomTool[] {
  const before = known.get(tools);
  if (before !== undefined) return before;
  const definitions = tools.map(definitionOf);
  known.set(tools, definitions);
  return definitions;
}

/** As `tool()` of the client writes it; only what is sent. An input that may take effect while it comes is not held back. */
function definitionOf({ name, description, input, grow }: Tool): CustomTool {
  const { input_schema } = definedTool({ name: name as string, input, run: () => undefined });
  return { name, description, input_schema, ...(grow === undefined ? {} : { eager_input_streaming: true }) };
}
