/** What may stand among the tools of a request (API reference, "Messages", tool definitions). */
import { exampleProblems } from './exampleProblems.ts';
import { below, type Context, type Report, type Rule } from './problem.ts';
import { createLimits, type SchemaLimits, schemaProblems } from './schemaProblems.ts';
import { flag, list, object, oneOf, orNull, type Shape, text } from './shapes.ts';
import { customTool, deadToolTypes, type ToolType, toolTypes } from './toolTypes.ts';
import { type Fields, fieldOf, isFields, isGiven, listOf, shown, typeOf } from './values.ts';

const mostStrict = 20;
const namePattern = /^[a-zA-Z0-9_-]{1,64}$/;

const callers = list(oneOf('direct', 'code_execution_20250825', 'code_execution_20260120', 'code_execution_20260521'));
const domains = orNull(list(text));

const shapes = object({
  description: text,
  strict: flag,
  defer_loading: flag,
  eager_input_streaming: orNull(flag),
  input_examples: list(object({})),
  allowed_callers: callers,
  allowed_domains: domains,
  blocked_domains: domains,
});

const inputSchema: Shape = (value, report) => {
  object({})(value, report);
  if (isFields(value) && value['type'] !== 'object')
    report(['type'], `is ${shown(value['type'])}. The input of a tool is an object: set it to "object".`);
};

export const tools: Rule = (request, report, context) => {
  const given = request['tools'];
  const here = below(report, 'tools');
  if (given === undefined) return;
  if (!Array.isArray(given)) {
    here([], `is ${shown(given)}. It must be a list of tools.`);
    return;
  }
  const names = new Set<unknown>();
  for (const [at, tool] of given.entries()) checkTool(tool, names, below(here, at), context);
  if (given.length > 0 && given.every(isDeferred))
    here([], 'are all deferred. Leave defer_loading out of one at least, such as the tool search.');
};

function checkTool(tool: unknown, names: Set<unknown>, report: Report, context: Context): void {
  const kind = kindOf(tool);
  if (!isFields(tool) || kind === undefined) {
    unknownTool(tool, report);
    return;
  }
  shapes(tool, report);
  checkName(tool, kind, names, report);
  for (const [name, fix] of refusedFields(kind)) if (isGiven(tool[name])) report([name], fix);
  if (kind === customTool) checkCustom(tool, report);
  if (isGiven(tool['allowed_domains']) && isGiven(tool['blocked_domains']))
    report(['blocked_domains'], 'cannot be combined with allowed_domains. Leave one of them out.');
  checkCallers(tool, kind, report, context);
}

/** Undefined for what is no tool, and for tools newer than this client. */
function kindOf(tool: unknown): ToolType | undefined {
  const type = typeOf(tool);
  return isFields(tool) && (!isGiven(type) || type === 'custom') ? customTool : toolTypes.get(type);
}

function unknownTool(tool: unknown, report: Report): void {
  const instead = deadToolTypes.get(typeOf(tool));
  if (!isFields(tool)) report([], `is ${shown(tool)}. A tool is an object with a name and an input_schema.`);
  else if (instead !== undefined) report(['type'], `is ${shown(tool['type'])}, which no model has. Use ${instead}.`);
}

function checkName({ name }: Fields, kind: ToolType, names: Set<unknown>, report: Report): void {
  const here = below(report, 'name');
  if (kind.runs === 'toolset' || kind.runs === 'mcp') {
    if (isGiven(name)) here([], 'cannot be given to a toolset. Leave it out.');
    return;
  }
  if (kind.name !== undefined && name !== kind.name)
    here([], `is ${shown(name)}. The name of this tool is ${kind.name}.`);
  else if (typeof name !== 'string' || !namePattern.test(name))
    here([], `is ${shown(name)}. A name has 1 to 64 letters, digits, "_" or "-".`);
  else if (names.has(name))
    here([], `is ${shown(name)}, which another tool is called as well. Give each its own name.`);
  names.add(name);
}

/** Fields that a tool of the kind cannot have, with what to say of them. */
function refusedFields(kind: ToolType): readonly (readonly [field: string, text: string])[] {
  const isSet = kind.runs === 'toolset' || kind.runs === 'mcp';
  return [
    ...(kind === customTool ? [] : [onlyCustom]),
    ...(isSet || kind.runs === 'service' ? [noExamples] : []),
    ...(isSet ? [noStrict, notDeferred] : []),
    ...(kind.runs === 'mcp' ? [noCallers] : []),
  ];
}

const onlyCustom = ['eager_input_streaming', 'is only for tools of your own. Leave it out.'] as const;
const noExamples = ['input_examples', 'cannot be given for this tool. Leave them out.'] as const;
const noStrict = ['strict', 'cannot be set for a toolset. Leave it out.'] as const;
const notDeferred = [
  'defer_loading',
  'cannot be set for a toolset as a whole. Set it in configs or default_config.',
] as const;
const noCallers = ['allowed_callers', 'cannot be set for an MCP toolset. Leave it out.'] as const;

function checkCustom(tool: Fields, report: Report): void {
  if (tool['input_schema'] === undefined) report(['input_schema'], 'is missing. Add it: a JSON Schema of type object.');
  else inputSchema(tool['input_schema'], below(report, 'input_schema'));
  for (const [at, example] of listOf(tool['input_examples']).entries())
    exampleProblems(example, tool['input_schema'], below(report, 'input_examples', at));
}

function checkCallers(tool: Fields, kind: ToolType, report: Report, { rules }: Context): void {
  const given = tool['allowed_callers'];
  const byCode = listOf(given).find((caller) => caller !== 'direct');
  const here = below(report, 'allowed_callers');
  if (kind.runs === 'toolset' && byCode !== undefined) here([], 'of a toolset can only be ["direct"]. Leave them out.');
  if (rules?.features?.code_execution !== false) return;
  if (byCode !== undefined)
    here([], `name ${shown(byCode)}, but code of ${rules.id} cannot call tools. Use ["direct"], or another model.`);
  else if (kind.byCode === true && !isGiven(given))
    here(
      [],
      `are missing: ${tool['type']} is called by code unless they say otherwise, and code of ${rules.id} cannot call tools. Set them to ["direct"].`,
    );
}

/** Toolsets defer their members: one that is not deferred is enough. */
function isDeferred(tool: unknown): boolean {
  const standard = fieldOf(tool, 'default_config');
  if (!isFields(standard) || standard['defer_loading'] !== true) return fieldOf(tool, 'defer_loading') === true;
  const configs = fieldOf(tool, 'configs');
  return !Object.values(isFields(configs) ? configs : {}).some((config) => fieldOf(config, 'defer_loading') === false);
}

/** Schemas that answers must keep to: those of strict tools, and of the output format. */
export const strictSchemas: Rule = (request, report, { rules }) => {
  const limits = createLimits();
  const strict = [...listOf(request['tools']).entries()].filter(([, tool]) => fieldOf(tool, 'strict') === true);
  const isUnable = rules?.features?.structured_outputs === false;
  if (strict.length > mostStrict)
    report(['tools'], `hold ${strict.length} strict tools, and ${mostStrict} are possible. Leave strict out of some.`);
  for (const [at, tool] of strict) {
    if (isUnable) report(['tools', at, 'strict'], `is true, but ${rules.id} has no strict tools. Leave it out.`);
    schemaProblems(fieldOf(tool, 'input_schema'), limits, below(report, 'tools', at, 'input_schema'));
  }
  outputFormat(request, limits, below(report, 'output_config', 'format'));
  if (isUnable && isFields(fieldOf(request['output_config'], 'format')))
    report(
      ['output_config', 'format'],
      `is given, but ${rules.id} has no structured output. Ask for the form in words.`,
    );
};

function outputFormat(request: Fields, limits: SchemaLimits, report: Report): void {
  const format = fieldOf(request['output_config'], 'format');
  if (isFields(format)) schemaProblems(format['schema'], limits, below(report, 'schema'));
}
