/** Examples of a tool's input, held to the simple parts of its schema: the service refuses those that do not fit. */
import { below, type Report } from './problem.ts';
import { alternatives, type Fields, isFields, listOf, shown } from './values.ts';

const deepest = 16;
/** Longer lists of values are not searched for each value of an example. */
const longestEnum = 1_000;
/** As many types as there are. */
const mostTypes = 7;

export function exampleProblems(value: unknown, schema: unknown, report: Report, depth = 0): void {
  if (!isFields(schema) || depth > deepest) return;
  const types = typesOf(schema['type']);
  if (types.length > 0 && !types.some((type) => isOf(type, value)))
    report([], `is ${shown(value)}. The schema of the tool asks for ${alternatives(types)}.`);
  const allowed = schema['enum'];
  if (Array.isArray(allowed) && allowed.length <= longestEnum && isScalar(value) && !allowed.includes(value))
    report([], `is ${shown(value)}, which is not among the values of the schema. Use one of them.`);
  if (isFields(value)) checkFields(value, schema, report, depth);
  if (Array.isArray(value) && isFields(schema['items']))
    for (const [at, item] of value.entries()) exampleProblems(item, schema['items'], below(report, at), depth + 1);
}

function typesOf(given: unknown): readonly string[] {
  const types = Array.isArray(given) ? given.slice(0, mostTypes) : [given];
  return types.filter((type) => typeof type === 'string');
}

function checkFields(value: Fields, schema: Fields, report: Report, depth: number): void {
  const properties = isFields(schema['properties']) ? schema['properties'] : {};
  for (const name of listOf(schema['required']))
    if (typeof name === 'string' && !Object.hasOwn(value, name)) report([name], 'is missing in the example. Add it.');
  for (const [name, inner] of Object.entries(value)) {
    if (Object.hasOwn(properties, name)) exampleProblems(inner, properties[name], below(report, name), depth + 1);
    else if (schema['additionalProperties'] === false && !isFields(schema['patternProperties']))
      report([name], 'is not a field of the schema. Leave it out of the example.');
  }
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isFields(value);
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    default:
      return true;
  }
}
