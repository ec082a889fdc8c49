/** Finds the tool for a call: by toolset and name, among those that the model was given. */
import { ClaudeError } from '../../errors.ts';
import type { ToolUseBlock } from '../../schema/blocks.ts';
import type { Tool } from '../../schema/request.ts';
import { type Behaviour, behaviourOf } from '../runnable.ts';

export interface Toolbox {
  /** How the tool that a call names is run; undefined when there is none. */
  find(block: ToolUseBlock): Behaviour | undefined;
  /** Told to a model that calls something else. */
  readonly names: readonly string[];
}

/** @throws ClaudeError of kind `configuration` for a tool of the caller's own that cannot be run. */
export function toolboxOf(tools: readonly Tool[]): Toolbox {
  const byName = new Map<string, Behaviour>();
  const byToolset = new Map<string, Behaviour>();
  for (const tool of tools) {
    const behaviour = behaviourOf(tool);
    const toolset = toolsetOf(tool);
    if (behaviour === undefined) checkOwn(tool);
    else if (toolset !== undefined) byToolset.set(toolset, behaviour);
    else byName.set(nameOf(tool) ?? '', behaviour);
  }
  return {
    find(block) {
      const toolset = toolsetNameOf(block);
      return toolset === undefined ? byName.get(block.name) : byToolset.get(toolset);
    },
    names: [...byName.keys()],
  };
}

/** Toolsets have none. */
export function nameOf(tool: Tool): string | undefined {
  return 'name' in tool && typeof tool.name === 'string' ? tool.name : undefined;
}

function checkOwn(tool: Tool): void {
  const { type } = tool;
  if (type !== undefined && type !== null && type !== 'custom') return;
  throw new ClaudeError('configuration', `The tool ${nameOf(tool)} has nothing to run. Make it with tool().`, {
    stage: 'settings',
    field: 'tools',
  });
}

/** The name that calls of a toolset's members carry: its type without the date. */
function toolsetOf({ type }: Pick<Tool, 'type'>): string | undefined {
  return /^(.+)_toolset_\d{8}$/.exec(type ?? '')?.[1];
}

/** The toolset that a call belongs to. */
export function toolsetNameOf({ toolset_name: toolset }: ToolUseBlock): string | undefined {
  return typeof toolset === 'string' && toolset !== '' ? toolset : undefined;
}
