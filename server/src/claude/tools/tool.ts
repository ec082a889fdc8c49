/** Tools that the caller runs: a definition for the model, and what to do when it is called. */
import { ClaudeError } from '../errors.ts';
import { strictSchema } from '../output/strictSchema.ts';
import type { CustomTool } from '../schema/request.ts';
import {
  isRecord,
  type JsonSchema,
  jsonSchemaOf,
  type OutputOf,
  type StandardSchema,
  validated,
} from '../schema/standard.ts';
import { type Behaviour, behaviour, type Prepared, type Runnable, type ToolContext } from './runnable.ts';
import { checkedName, type NameCheck } from './toolName.ts';

/** How a tool behaves besides what it does. */
export interface ToolTraits {
  /** It changes nothing anywhere, so it may start early: see `ToolRunOptions.eager`. False when absent. */
  readonly readOnly?: boolean;
  /** No other tool may run while it does. False when absent. */
  readonly exclusive?: boolean;
}

/** What makes a tool. */
export interface ToolParts<Name extends string, Schema extends StandardSchema>
  extends Omit<CustomTool, 'type' | 'name' | 'input_schema'>,
    ToolTraits {
  /** Letters, digits, `_` and `-`; at most 64. */
  readonly name: Name;
  /** What the input must be: a zod schema of an object, or a schema of any library that follows Standard Schema. */
  readonly input: Schema;
  /** JSON Schema of the input, for libraries whose schemas cannot write it themselves. */
  readonly input_schema?: JsonSchema;
  /**
   * Does it. What it returns goes to the model: text as it is, a list of content blocks as such, nothing as nothing,
   * anything else as JSON. The message of an error goes to the model as well.
   */
  readonly run: (input: OutputOf<Schema>, context: ToolContext) => unknown;
}

/** A tool as it is sent, which can also be run. */
export type DefinedTool<Name extends string = string> = CustomTool & Runnable & { readonly name: Name };

/**
 * A tool: its definition, for `tools` of any request, and how `runTools` runs it.
 *
 * ```ts
 * const weather = tool({
 *   name: 'weather',
 *   description: 'The weather at a place, now.',
 *   input: z.object({ place: z.string() }),
 *   run: ({ place }, { signal }) => forecast(place, signal),
 * });
 * ```
 *
 * With `strict`, the JSON Schema is brought into the form that the service can hold the model to, see `strictSchema`.
 * Inputs are checked against `input` before `run`, with and without it.
 * @throws ClaudeError of kind `configuration` for a name or a schema that cannot be used.
 */
export function tool<const Name extends string, Schema extends StandardSchema>(
  parts: ToolParts<Name, Schema> & NameCheck<Name>,
): DefinedTool<Name> {
  const {
    name,
    description,
    input,
    input_schema: given,
    run,
    readOnly,
    exclusive,
    ...options
  }: ToolParts<Name, Schema> = parts;
  const whose = `The input of the tool ${JSON.stringify(checkedName(name))}`;
  const written = objectSchema(given ?? jsonSchemaOf(input, whose), whose);
  const definition = {
    name,
    ...(description !== undefined && { description }),
    input_schema: options.strict === true ? strictSchema(written) : written,
    ...options,
  };
  return withBehaviour(definition, { ...traitsOf({ readOnly, exclusive }), prepare: preparing(input, run) });
}

/** The definition, and how it is run. */
export function withBehaviour<Definition extends object>(
  definition: Definition,
  how: Behaviour,
): Definition & Runnable {
  return Object.freeze({ ...definition, [behaviour]: how });
}

export function traitsOf({
  readOnly = false,
  exclusive = false,
}: {
  readonly readOnly?: boolean | undefined;
  readonly exclusive?: boolean | undefined;
}): Pick<Behaviour, 'readOnly' | 'exclusive'> {
  return { readOnly, exclusive };
}

/** Checks an input; what fits is bound to what is to be done with it. */
export function preparing<Value>(
  schema: StandardSchema<unknown, Value>,
  run: (value: Value, context: ToolContext) => unknown,
): Behaviour['prepare'] {
  return async (input): Promise<Prepared> => {
    const checked = await validated(schema, input);
    if ('problems' in checked) return checked;
    const { value } = checked;
    return { value, run: (context) => run(value, context) };
  };
}

/** @throws ClaudeError of kind `configuration` unless the root is a plain object: nothing else is accepted there. */
function objectSchema(given: JsonSchema, whose: string): JsonSchema {
  const schema = withRoot(given);
  const isPlain = schema['type'] === 'object' && !['anyOf', 'oneOf', 'allOf', '$ref'].some((word) => word in schema);
  if (isPlain) return schema;
  throw new ClaudeError(
    'configuration',
    `${whose} is not an object. Make it one, and put alternatives into a property.`,
    { stage: 'settings', field: 'input' },
  );
}

/** A root that only refers to a definition is that definition. */
function withRoot(schema: JsonSchema): JsonSchema {
  const { $ref, $defs } = schema;
  const name = typeof $ref === 'string' && $ref.startsWith('#/$defs/') ? $ref.slice('#/$defs/'.length) : undefined;
  const root = name !== undefined && isRecord($defs) ? $defs[name] : undefined;
  return isRecord(root) ? { ...root, $defs } : schema;
}
