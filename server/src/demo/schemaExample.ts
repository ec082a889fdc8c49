/** A value that fits a JSON Schema, and says that it comes from the demo where it may. */

type Schema = Readonly<Record<string, unknown>>;

/** What is known on the way down. */
interface Place {
  readonly root: Schema;
  /** Of the property that the value is for. */
  readonly name: string;
  readonly depth: number;
}

/** Deeper values are cut: a schema may hold itself. */
const deepest = 24;

export function exampleOf(schema: unknown): unknown {
  const root = asSchema(schema);
  return valueFor(root, { root, name: 'value', depth: 0 });
}

function valueFor(given: Schema, place: Place): unknown {
  const schema = resolved(given, place.root);
  if (place.depth > deepest) return null;
  if ('const' in schema) return schema['const'];
  const [choice] = list(schema['enum']);
  if (choice !== undefined) return choice;
  if ('default' in schema) return schema['default'];
  const variants = [...list(schema['anyOf']), ...list(schema['oneOf'])].map(asSchema);
  if (variants.length > 0) return valueFor({ ...without(schema, 'anyOf', 'oneOf'), ...chosen(variants, place) }, place);
  switch (typeOf(schema)) {
    case 'object':
      return objectFor(schema, place);
    case 'array':
      return arrayFor(schema, place);
    case 'number':
      return numberFor(schema, false);
    case 'integer':
      return numberFor(schema, true);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textFor(schema, place.name);
  }
}

/** The first variant; far down the simplest, so that there is an end. */
function chosen(variants: readonly Schema[], { root, depth }: Place): Schema {
  const isSimple = (schema: Schema) => !['object', 'array'].includes(typeOf(resolved(schema, root)));
  return (depth < 4 ? undefined : variants.find(isSimple)) ?? variants[0] ?? {};
}

/** The schema without references, and with what `allOf` adds. */
function resolved(given: Schema, root: Schema): Schema {
  let schema = given;
  for (let hops = 0; typeof schema['$ref'] === 'string' && hops < deepest; hops++)
    schema = { ...without(schema, '$ref'), ...target(root, schema['$ref']) };
  const { allOf, ...own } = schema;
  return list(allOf).reduce<Schema>((sum, part) => merged(sum, resolved(asSchema(part), root)), own);
}

function target(root: Schema, reference: string): Schema {
  const steps = reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter((step) => step !== '')
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  return asSchema(steps.reduce<unknown>((at, step) => asSchema(at)[step], root));
}

function merged(one: Schema, other: Schema): Schema {
  return {
    ...one,
    ...other,
    properties: { ...asSchema(one['properties']), ...asSchema(other['properties']) },
    required: [...list(one['required']), ...list(other['required'])],
  };
}

function typeOf(schema: Schema): string {
  const types = list(schema['type']);
  const type = types.find((each) => each !== 'null') ?? types[0] ?? schema['type'];
  if (typeof type === 'string') return type;
  if ('properties' in schema || 'required' in schema) return 'object';
  return 'items' in schema || 'prefixItems' in schema ? 'array' : 'string';
}

/** What is required, in the order of the properties. */
function objectFor(schema: Schema, { root, depth }: Place): unknown {
  const properties = asSchema(schema['properties']);
  const required = new Set(list(schema['required']).map(String));
  const names = [...Object.keys(properties).filter((name) => required.has(name)), ...required];
  const entries = [...new Set(names)].map((name) => {
    const own = Object.hasOwn(properties, name) ? properties[name] : schema['additionalProperties'];
    return [name, valueFor(asSchema(own), { root, name, depth: depth + 1 })] as const;
  });
  return Object.fromEntries(entries);
}

/** One item, or as many as there must be. */
function arrayFor(schema: Schema, { root, name, depth }: Place): unknown {
  const fixed = list(schema['prefixItems']).map((item) => valueFor(asSchema(item), { root, name, depth: depth + 1 }));
  if (fixed.length > 0) return fixed;
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  const wanted = Math.min(Math.max(Number(minItems), depth < 8 ? 1 : 0), Number(maxItems));
  const item = () => valueFor(asSchema(schema['items']), { root, name, depth: depth + 1 });
  return Array.from({ length: Math.min(wanted, 100) }, item);
}

/** As near to 0 as it may be. */
function numberFor(schema: Schema, isWhole: boolean): number {
  const step = typeof schema['multipleOf'] === 'number' ? schema['multipleOf'] : 1;
  const lowest = bound(schema['minimum']) ?? above(bound(schema['exclusiveMinimum']), step);
  const highest = bound(schema['maximum']) ?? above(bound(schema['exclusiveMaximum']), -step);
  const near = Math.max(lowest ?? Number.NEGATIVE_INFINITY, Math.min(0, highest ?? 0));
  const value = isWhole || 'multipleOf' in schema ? Math.ceil(near / step) * step : near;
  // Not -0, which JSON does not keep.
  return value + 0;
}

function bound(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function above(value: number | undefined, step: number): number | undefined {
  return value === undefined ? undefined : value + step;
}

const formats: Readonly<Record<string, string>> = {
  'date-time': '2026-01-01T00:00:00Z',
  date: '2026-01-01',
  time: '00:00:00Z',
  duration: 'P1D',
  email: 'demo@example.com',
  hostname: 'example.com',
  uri: 'https://example.com/demo',
  ipv4: '127.0.0.1',
  ipv6: '::1',
  uuid: '00000000-0000-4000-8000-000000000000',
};

/** Tried where a pattern is given: enough for simple ones. */
const candidates = ['demo', 'Demo', 'DEMO', 'demo-1', 'demo_1', 'demo.ts', '/demo', '#demo', '1', '10', '1.0', '1.0.0'];

function textFor(schema: Schema, name: string): string {
  const { format, pattern, minLength, maxLength } = schema;
  if (typeof format === 'string' && Object.hasOwn(formats, format)) return formats[format] ?? '';
  const text = typeof pattern === 'string' ? candidates.find(matching(pattern)) : undefined;
  return (text ?? `demo: ${name}`).padEnd(Number(minLength ?? 0), '.').slice(0, Number(maxLength ?? 1_000));
}

function matching(pattern: string): (text: string) => boolean {
  try {
    const expression = new RegExp(pattern, 'u');
    return (text) => expression.test(text);
  } catch {
    // Not a pattern of this language: nothing is known to fit.
    return () => false;
  }
}

function asSchema(value: unknown): Schema {
  // An object is a record of unknown values.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}

function without(schema: Schema, ...names: readonly string[]): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !names.includes(name)));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
