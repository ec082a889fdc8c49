/** Schemas of any library, by the interface that they share: Standard Schema, version 1 (standardschema.dev). */
import { ClaudeError } from '../errors.ts';

/** A schema that checks values; zod, valibot and arktype make them. */
export interface StandardSchema<Input = unknown, Output = Input> {
  /** The interface of the specification "Standard Schema", version 1. */
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** The value of a check, or what is wrong with it. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One thing that does not fit a schema. */
export interface StandardIssue {
  /** What is wrong, in words. */
  readonly message: string;
  /** Where it is; at the top when absent. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a schema makes of a value that fits. */
export type OutputOf<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['output'];

/** What a schema accepts. */
export type InputOf<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['input'];

/** A JSON Schema, as an object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A value that fits, or what does not, by path. */
export type Validated<Output> = { readonly value: Output } | { readonly problems: readonly string[] };

export async function validated<Output>(
  schema: StandardSchema<unknown, Output>,
  value: unknown,
): Promise<Validated<Output>> {
  const result = await schema['~standard'].validate(value);
  return result.issues === undefined ? { value: result.value } : { problems: result.issues.map(problemOf) };
}

const longestProblem = 300;

function problemOf({ path = [], message }: StandardIssue): string {
  const place = path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  return `${place === '' ? '(the whole)' : place}: ${message}`.slice(0, longestProblem);
}

const mostProblems = 20;

/** Problems as a list for people and models, one a line. */
export function problemList(problems: readonly string[]): string {
  const more = problems.length - mostProblems;
  const lines = problems.slice(0, mostProblems).map((problem) => `- ${problem}`);
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}

/**
 * The JSON Schema (draft 2020-12) of what a schema accepts, by its own method.
 * @param whose Names the schema in errors: "The input of the tool x".
 * @throws ClaudeError of kind `configuration` when there is no such method, or something in it has no JSON form.
 */
export function jsonSchemaOf(schema: StandardSchema, whose: string): JsonSchema {
  const written = writtenBy(schema, whose);
  if (isRecord(written)) {
    const { $schema: _dialect, ...rest } = written;
    return rest;
  }
  throw new ClaudeError(
    'configuration',
    `${whose} has no JSON Schema of its own: its library (${schema['~standard'].vendor}) writes none. Give one beside it.`,
    { stage: 'settings' },
  );
}

const target = 'draft-2020-12';

function writtenBy(schema: StandardSchema, whose: string): unknown {
  try {
    if ('toJSONSchema' in schema && typeof schema.toJSONSchema === 'function')
      return plain(schema.toJSONSchema({ io: 'input', target }));
    const props: object = schema['~standard'];
    const writer = 'jsonSchema' in props && isRecord(props.jsonSchema) ? props.jsonSchema['input'] : undefined;
    return typeof writer === 'function' ? plain(Reflect.apply(writer, schema, [{ target }])) : undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ClaudeError('configuration', `${whose} cannot be written as JSON Schema: ${reason}`, {
      stage: 'settings',
      cause: error,
    });
  }
}

/** Only what JSON has. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A schema that is loaded when it first has something to check: schemas are the larger part of starting up. */
export function lazySchema<Value>(load: () => Promise<StandardSchema<unknown, Value>>): StandardSchema<unknown, Value> {
  const validate = async (value: unknown): Promise<StandardResult<Value>> =>
    (await load())['~standard'].validate(value);
  return { '~standard': { version: 1, vendor: 'claude', validate } };
}
