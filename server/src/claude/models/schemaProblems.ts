/** JSON Schema that answers can be held to (API reference, "Structured output"). */
import { below, type Report } from './problem.ts';
import { type Fields, isFields, listOf, shown } from './values.ts';

/** Counts over all schemas of a request. */
export interface SchemaLimits {
  optional: number;
  unions: number;
}

export function createLimits(): SchemaLimits {
  return { optional: 0, unions: 0 };
}

const mostOptional = 24;
const mostUnions = 16;
/** Schemas are not followed further down: that is deeper than any that compiles. */
const deepest = 64;

const refused: ReadonlyMap<string, string> = new Map([
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].map(
    (name) => [name, 'bounds a number'] as const,
  ),
  ...['minLength', 'maxLength'].map((name) => [name, 'bounds the length of a text'] as const),
  ...['maxItems', 'minContains', 'maxContains'].map((name) => [name, 'bounds the length of a list'] as const),
]);

const lists = ['anyOf', 'allOf', 'oneOf', 'prefixItems'];
const maps = ['properties', '$defs', 'definitions'];

export function schemaProblems(schema: unknown, limits: SchemaLimits, report: Report, depth = 0): void {
  if (!isFields(schema) || depth > deepest) return;
  for (const name of Object.keys(schema)) checkKeyword(schema, name, report);
  if (isObject(schema) && schema['additionalProperties'] !== false)
    report(['additionalProperties'], 'must be false for every object of a schema that answers are held to. Set it.');
  count(schema, limits, report);
  const follow = (inner: unknown, ...path: (string | number)[]) =>
    schemaProblems(inner, limits, below(report, ...path), depth + 1);
  follow(schema['items'], 'items');
  for (const name of lists) for (const [at, inner] of listOf(schema[name]).entries()) follow(inner, name, at);
  for (const name of maps)
    for (const [key, inner] of Object.entries(isFields(schema[name]) ? schema[name] : {})) follow(inner, name, key);
}

function checkKeyword(schema: Fields, name: string, report: Report): void {
  const value = schema[name];
  const bound = refused.get(name);
  const drop = 'Leave it out, say it in the description, and check the answer yourself.';
  if (bound !== undefined) report([name], `${bound}, which answers cannot be held to. ${drop}`);
  else if (name === 'minItems' && value !== 0 && value !== 1)
    report([name], `is ${shown(value)}, and only 0 and 1 are possible. ${drop}`);
  else if (name === '$ref' && typeof value === 'string' && !value.startsWith('#'))
    report([name], 'leads out of the schema. Copy what it leads to into $defs.');
  else if (name === 'allOf' && listOf(value).some((inner) => isFields(inner) && '$ref' in inner))
    report([name], 'holds a $ref. Copy what it leads to into its place.');
  else if (name === 'enum' && listOf(value).some((member) => typeof member === 'object' && member !== null))
    report([name], 'holds lists or objects. Only text, numbers, true, false and null are possible.');
  else if (name === 'pattern' && typeof value === 'string' && looksAround(value))
    report([name], `looks around or back, which answers cannot be held to. ${drop}`);
}

function isObject({ type, properties }: Fields): boolean {
  return type === 'object' || listOf(type).includes('object') || (type === undefined && isFields(properties));
}

function count({ properties, required }: Fields, limits: SchemaLimits, report: Report): void {
  if (!isFields(properties)) return;
  const needed = new Set(listOf(required));
  const before = { ...limits };
  for (const [name, inner] of Object.entries(properties)) {
    if (!needed.has(name)) limits.optional += 1;
    if (isFields(inner) && (Array.isArray(inner['anyOf']) || Array.isArray(inner['type']))) limits.unions += 1;
  }
  if (before.optional <= mostOptional && limits.optional > mostOptional)
    report(['required'], `leaves more than ${mostOptional} fields of this request optional. Require more of them.`);
  if (before.unions <= mostUnions && limits.unions > mostUnions)
    report(['properties'], `bring this request to more than ${mostUnions} fields of several types. Use fewer unions.`);
}

/** Whether a pattern has a lookahead, a lookbehind or a reference back. One walk: patterns may be hostile. */
function looksAround(pattern: string): boolean {
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '\\') {
      at += 1;
      if (!inClass && /[1-9k]/.test(pattern[at] ?? '')) return true;
    } else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(' && /^\?(<?[=!])/.test(pattern.slice(at + 1, at + 4))) return true;
  }
  return false;
}
