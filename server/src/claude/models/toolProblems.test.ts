/** Tools and schemas that are refused, and such that pass, for a model that is known only at run time. */
import { describe, expect, test } from 'vitest';
import { cached, madeUpWith, refusals, tool } from '../../../../test/harness/refusals.ts';

const own = (more: object) => ({ ...tool, ...more });
const search = { type: 'web_search_20260318', name: 'web_search' };
const bash = { type: 'bash_20250124', name: 'bash' };
const browser = { type: 'browser_toolset_20260801' };
const finder = { type: 'tool_search_tool_bm25', name: 'tool_search_tool_bm25' };
const server = { type: 'url', url: 'https://mcp.example', name: 'files' };
const mcp = { type: 'mcp_toolset', mcp_server_name: 'files' };

describe('tools are refused at', () => {
  test.each<[string, unknown]>([
    ['tools', {}],
    ['tools.0', [null]],
    ['tools.0', ['run']],
    ['tools.0.name', [own({ name: 'a b' })]],
    ['tools.0.name', [own({ name: 'x'.repeat(65) })]],
    ['tools.0.name', [own({ name: undefined })]],
    ['tools.1.name', [tool, tool]],
    ['tools.0.name', [{ ...bash, name: 'shell' }]],
    ['tools.0.name', [{ type: 'text_editor_20250728' }]],
    ['tools.0.name', [{ ...browser, name: 'browser' }]],
    ['tools.0.type', [{ type: 'bash_20241022', name: 'bash' }]],
    ['tools.0.description', [own({ description: 5 })]],
    ['tools.0.input_schema', [{ name: 'run' }]],
    ['tools.0.input_schema', [{ name: 'run', input_schema: 'object' }]],
    ['tools.0.input_schema.type', [{ name: 'run', input_schema: {} }]],
    ['tools.0.input_schema.type', [{ name: 'run', input_schema: { type: 'string' } }]],
    ['tools.0.strict', [own({ strict: 'yes' })]],
    ['tools.0.strict', [{ ...browser, strict: true }]],
    ['tools.0.input_examples', [{ ...browser, input_examples: [{}] }]],
    ['tools.0.input_examples', [{ ...search, input_examples: [{}] }]],
    ['tools.0.input_examples.0', [own({ input_examples: [5] })]],
    ['tools.0.defer_loading', [{ ...browser, defer_loading: true }, tool]],
    ['tools.0.eager_input_streaming', [{ ...bash, eager_input_streaming: true }]],
    ['tools.0.allowed_callers.0', [own({ allowed_callers: ['anybody'] })]],
    ['tools.0.allowed_callers', [{ ...browser, allowed_callers: ['code_execution_20260521'] }]],
    ['tools.0.blocked_domains', [{ ...search, allowed_domains: ['a.example'], blocked_domains: ['b.example'] }]],
    ['tools.0.cache_control.ttl', [own(cached('2h'))]],
    ['tools', [own({ defer_loading: true }), { ...search, defer_loading: true }]],
    [
      'tools',
      Array.from({ length: 21 }, (_, at) => own({ name: `run_${at}`, strict: true, input_schema: closed({}) })),
    ],
  ])('%s: %j', (field, tools) => {
    expect(new Set(refusals({ tools }))).toEqual(new Set([field]));
  });

  test.each<[string, object]>([
    ['strict', { strict: true }],
    ['defer_loading', { defer_loading: false }],
    ['input_examples', { input_examples: [] }],
    ['allowed_callers', { allowed_callers: ['direct'] }],
    ['name', { name: 'files' }],
  ])('tools.0.%s of an MCP toolset', (field, more) => {
    expect(refusals({ mcp_servers: [server], tools: [{ ...mcp, ...more }, tool] })).toEqual([`tools.0.${field}`]);
  });

  const input_schema = {
    type: 'object',
    properties: {
      path: { type: 'string' },
      lines: { type: 'array', items: { type: 'integer' } },
      mode: { enum: ['r', 'w'] },
    },
    required: ['path'],
    additionalProperties: false,
  };
  test.each<[string, object]>([
    ['.path', {}],
    ['.path', { path: 5 }],
    ['.lines', { path: 'x', lines: 'all' }],
    ['.lines.1', { path: 'x', lines: [1, 2.5] }],
    ['.mode', { path: 'x', mode: 'a' }],
    ['.other', { path: 'x', other: 1 }],
  ])('tools.0.input_examples.0%s', (field, example) => {
    expect(refusals({ tools: [own({ input_schema, input_examples: [example] })] })).toEqual([
      `tools.0.input_examples.0${field}`,
    ]);
  });

  test.each<[readonly unknown[]]>([
    [[tool, { type: 'custom', name: 'walk', input_schema: { type: 'object' } }, { ...own({ name: 'x' }), type: null }]],
    [[search, bash, browser, { type: 'memory_20250818', name: 'memory', input_examples: [{ command: 'view' }] }]],
    [[{ type: 'tool_of_tomorrow_20270101', strict: 'maybe' }]],
    [[own({ defer_loading: true }), finder]],
    [[own({ input_schema, input_examples: [{ path: 'x', lines: [1], mode: 'r' }] })]],
    [[own({ eager_input_streaming: null, allowed_callers: ['direct', 'code_execution_20260521'], strict: false })]],
    [[{ ...browser, allowed_callers: ['direct'] }]],
  ])('none of them: %j', (tools) => {
    expect(refusals({ tools })).toEqual([]);
  });

  test('a deferred MCP toolset is enough when one of its tools is not', () => {
    const deferred = { ...mcp, default_config: { defer_loading: true } };
    const asked = (toolset: object) => refusals({ mcp_servers: [server], tools: [toolset] });
    expect(asked(deferred)).toEqual(['tools']);
    expect(asked({ ...deferred, configs: { read: { defer_loading: false } } })).toEqual([]);
  });
});

function closed(properties: object, more = {}) {
  return { type: 'object', additionalProperties: false, properties, required: Object.keys(properties), ...more };
}

describe('a schema for answers is refused at', () => {
  const array = (more: object) => closed({ a: { type: 'array', items: { type: 'string' }, ...more } });
  test.each<[string, object]>([
    ['additionalProperties', { type: 'object' }],
    ['additionalProperties', { type: 'object', additionalProperties: true }],
    ['properties.a.additionalProperties', closed({ a: { type: 'object' } })],
    ['properties.a.items.additionalProperties', closed({ a: { type: 'array', items: { type: ['object', 'null'] } } })],
    ['properties.a.anyOf.1.additionalProperties', closed({ a: { anyOf: [{ type: 'null' }, { properties: {} }] } })],
    ['$defs.a.additionalProperties', closed({ b: { $ref: '#/$defs/a' } }, { $defs: { a: { type: 'object' } } })],
    ['properties.a.minimum', closed({ a: { type: 'number', minimum: 1 } })],
    ['properties.a.exclusiveMaximum', closed({ a: { type: 'number', exclusiveMaximum: 1 } })],
    ['properties.a.multipleOf', closed({ a: { type: 'number', multipleOf: 2 } })],
    ['properties.a.minLength', closed({ a: { type: 'string', minLength: 1 } })],
    ['properties.a.maxLength', closed({ a: { type: 'string', maxLength: 9 } })],
    ['properties.a.minItems', array({ minItems: 2 })],
    ['properties.a.maxItems', array({ maxItems: 2 })],
    ['properties.a.$ref', closed({ a: { $ref: 'https://schemas.example/a' } })],
    ['properties.a.allOf', closed({ a: { allOf: [{ $ref: '#/$defs/b' }] } })],
    ['properties.a.enum', closed({ a: { enum: [{}] } })],
    ['properties.a.pattern', closed({ a: { type: 'string', pattern: '^(?!x)' } })],
    ['properties.a.pattern', closed({ a: { type: 'string', pattern: '(?<=x)y' } })],
    ['properties.a.pattern', closed({ a: { type: 'string', pattern: '(x)\\1' } })],
    ['required', closed(fields(25, { type: 'string' }), { required: [] })],
    ['properties', closed(fields(17, { type: ['string', 'null'] }))],
  ])('%s: %j', (field, schema) => {
    const output_config = { format: { type: 'json_schema', schema } };
    expect(refusals({ output_config })).toEqual([`output_config.format.schema.${field}`]);
    if (!('type' in schema)) return;
    expect(refusals({ tools: [own({ strict: true, input_schema: schema })] })).toEqual([
      `tools.0.input_schema.${field}`,
    ]);
    expect(refusals({ tools: [own({ input_schema: schema })] })).toEqual([]);
  });

  test.each<[object]>([
    [closed({ a: { type: 'string', format: 'date-time' }, b: { const: 1 }, c: { enum: ['x', null, 1, true] } })],
    [array({ minItems: 1 })],
    [array({ minItems: 0 })],
    [closed({ a: { type: 'string', pattern: '^[(?!)]\\\\1\\(?=x$', default: 'x' } })],
    [closed({ a: { $ref: '#/$defs/a' } }, { $defs: { a: closed({ a: { $ref: '#/$defs/a' } }) } })],
    [closed(fields(24, { type: 'string' }), { required: [] })],
    [closed(fields(16, { anyOf: [{ type: 'string' }, { type: 'null' }] }))],
    [closed({ minimum: { type: 'number' }, maxLength: { type: 'number' } })],
  ])('none of its parts: %j', (schema) => {
    expect(refusals({ output_config: { format: { type: 'json_schema', schema } } })).toEqual([]);
  });

  test('its limits, which count over all schemas of a request', () => {
    const half = closed(fields(13, { type: 'string' }), { required: [] });
    const tools = [own({ strict: true, input_schema: half })];
    expect(refusals({ tools, output_config: { format: { type: 'json_schema', schema: half } } })).toEqual([
      'output_config.format.schema.required',
    ]);
  });

  test('a depth that no recursion could follow', () => {
    let schema: object = { type: 'string' };
    for (let depth = 0; depth < 100_000; depth++) schema = { items: schema };
    expect(refusals({ output_config: { format: { type: 'json_schema', schema } } }, { rules: madeUpWith({}) })).toEqual(
      [],
    );
  });
});

function fields(count: number, schema: object): object {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, schema]));
}
