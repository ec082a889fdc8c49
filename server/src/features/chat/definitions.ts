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

/** Bounds that no model comes near cost tokens in every request; the input is held to them all the same. */
function withoutBounds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutBounds);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([name, value]) => (isFar(name, value) ? [] : [[name, withoutBounds(value)]])),
  );
}

function isFar(name: string, value: unknown): boolean {
  if (name === 'minLength') return value === 1;
  if (name === 'maxLength') return typeof value === 'number' && value >= 200;
  return name === 'maximum' && value === Number.MAX_SAFE_INTEGER;
}

/** As `tool()` of the client writes it; only what is sent. An input that may take effect while it comes is not held back. */
function definitionOf({ name, description, input, grow }: Tool): CustomTool {
  const { input_schema } = definedTool({ name: name as string, input, run: () => undefined });
  const schema = withoutBounds(input_schema) as CustomTool['input_schema']; // Fewer words of the same schema.
  return { name, description, input_schema: schema, ...(grow === undefined ? {} : { eager_input_streaming: true }) };
}
