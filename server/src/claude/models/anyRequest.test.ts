/** Requests that nobody would write: each is judged, in time that grows with its size alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assistant, call, hello, result, text, tool, user } from '../../../../test/harness/refusals.ts';
import { scaled, seed } from '../../../../test/harness/scale.ts';
import { ClaudeError } from '../errors.ts';
import { problemsOf, validate } from './validate.ts';

const names = [
  ...[
    'model',
    'max_tokens',
    'messages',
    'system',
    'thinking',
    'output_config',
    'tools',
    'tool_choice',
    'cache_control',
  ],
  ...['context_management', 'compaction', 'thread', 'fallbacks', 'mcp_servers', 'container', 'type', 'role', 'content'],
  ...[
    'source',
    'data',
    'media_type',
    'text',
    'citations',
    'name',
    'input_schema',
    'strict',
    'edits',
    'trigger',
    'value',
  ],
  ...['tool_use_id', 'id', 'input', 'format', 'schema', 'properties', 'required', 'enum', '__proto__', 'constructor'],
];
const words = [
  ...[
    'user',
    'assistant',
    'system',
    'text',
    'image',
    'document',
    'tool_use',
    'tool_result',
    'server_tool_use',
    'base64',
  ],
  ...['enabled', 'adaptive', 'auto', 'tool', 'any', 'json_schema', 'object', 'ephemeral', 'mcp_toolset', 'continue'],
  ...['claude-sonnet-5-5', 'claude-opus-4-5', 'toString', '__proto__', 'compact_20260112', 'web_search_20260318'],
];

/** JSON made of the words that the rules look for. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 7, withCrossShrink: true },
    fc.constantFrom(...words, null, true, 0, -1, 1_024, 0.5, 1e300, ''),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 6 }),
  ),
}));

function judge(request: unknown): void {
  for (const use of ['create', 'stream', 'count', 'batch'] as const) {
    const problems = problemsOf(request, { use });
    try {
      validate(request, { use });
      expect(problems).toEqual([]);
    } catch (error) {
      if (!(error instanceof ClaudeError)) throw error;
      expect(error.field).toBe(problems[0]?.field);
      expect(error.message.length).toBeLessThan(2_000);
    }
  }
}

describe('any JSON is judged, and nothing but a ClaudeError is thrown', () => {
  test('whatever it is', () => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), value), judge), { numRuns: scaled(20_000), seed: seed() });
  });

  test('in the place of any field of a request', () => {
    const request = {
      model: 'claude-sonnet-5-5',
      max_tokens: 1_000,
      messages: [...hello, assistant(text(), call()), user(result('a', { content: [text()] }), text())],
      tools: [{ ...tool, strict: true }],
      thinking: { type: 'adaptive' },
      output_config: { effort: 'high' },
    };
    const places = placesOf(request);
    fc.assert(
      fc.property(fc.constantFrom(...places), value, (place, other) => judge(replaced(request, place, other))),
      { numRuns: scaled(20_000), seed: seed() },
    );
  });
});

type Place = readonly (string | number)[];

function placesOf(part: unknown, place: Place = []): readonly Place[] {
  if (typeof part !== 'object' || part === null) return [place];
  const keys = Array.isArray(part) ? part.keys() : Object.keys(part);
  const inner = [...keys].flatMap((key) => placesOf(Reflect.get(part, key), [...place, key]));
  return [place, ...inner];
}

function replaced(part: unknown, [key, ...rest]: Place, other: unknown): unknown {
  if (key === undefined || typeof part !== 'object' || part === null) return other;
  const copy: object = Array.isArray(part) ? [...part] : { ...part };
  Reflect.set(copy, key, replaced(Reflect.get(part, key), rest, other));
  return copy;
}

/** Counts how often a request is looked into, which does not depend on the machine. */
function looksInto(request: object): number {
  let looks = 0;
  const watched = <Part>(part: Part): Part => {
    if (typeof part !== 'object' || part === null) return part;
    const inner: object = Array.isArray(part) ? part.map(watched) : mapped(part, watched);
    // A proxy is of the type of what it stands for.
    return new Proxy(inner, {
      get(target, key) {
        looks += 1;
        return Reflect.get(target, key);
      },
    }) as Part;
  };
  problemsOf(watched(request), { use: 'stream' });
  return looks;
}

function mapped(part: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, change(inner)]));
}

describe('the work grows with the size alone', () => {
  const base = { model: 'claude-sonnet-5-5', max_tokens: 1_000, messages: hello };
  const many = (count: number, of: (at: number) => unknown) => Array.from({ length: count }, (_, at) => of(at));
  const turns = (count: number) =>
    many(count, (at) => [user(text()), assistant(call(`c${at}`)), user(result(`c${at}`)), assistant(text())]).flat();
  test.each<[string, (count: number) => object]>([
    ['a long conversation', (count) => ({ ...base, messages: [...turns(count), ...hello] })],
    [
      'calls that nobody answered',
      (count) => ({ ...base, messages: [assistant(...many(count, (at) => call(`c${at}`)))] }),
    ],
    [
      'one call many times',
      (count) => ({ ...base, messages: [assistant(...many(count, () => call())), user(result())] }),
    ],
    [
      'results that nobody asked for',
      (count) => ({ ...base, messages: [user(...many(count, (at) => result(`c${at}`)))] }),
    ],
    [
      'roles that alternate',
      (count) => ({ ...base, messages: many(count, (at) => ({ role: at % 2 ? 'system' : 'user', content: 'x' })) }),
    ],
    ['blocks that are none', (count) => ({ ...base, messages: [user(...many(count, () => ({})))] })],
    ['tools of one name', (count) => ({ ...base, tools: many(count, () => tool) })],
    [
      'servers without toolsets',
      (count) => ({ ...base, mcp_servers: many(count, (at) => ({ type: 'url', url: 'https://x', name: `s${at}` })) }),
    ],
    [
      'toolsets without servers',
      (count) => ({ ...base, tools: many(count, (at) => ({ type: 'mcp_toolset', mcp_server_name: `s${at}` })) }),
    ],
    [
      'required fields',
      (count) => ({
        ...base,
        tools: [
          {
            ...tool,
            strict: true,
            input_schema: { type: 'object', required: many(count, (at) => `f${at}`), properties: {} },
          },
        ],
      }),
    ],
    [
      'examples',
      (count) => ({
        ...base,
        tools: [
          {
            ...tool,
            input_schema: { type: 'object', properties: { a: { enum: many(count, String) } } },
            input_examples: many(count, () => ({ a: 'x' })),
          },
        ],
      }),
    ],
    [
      'edits',
      (count) => ({
        ...base,
        context_management: { edits: many(count, () => ({ type: 'clear_tool_uses_20250919' })) },
      }),
    ],
    ['fallbacks', (count) => ({ ...base, fallbacks: many(count, () => ({ model: 'claude-opus-5', effort: 1 })) })],
    [
      'marks',
      (count) => ({ ...base, messages: [user(...many(count, () => text({ cache_control: { type: 'ephemeral' } })))] }),
    ],
  ])('for %s', (_name, of) => {
    const [small, large] = [looksInto(of(2_000)), looksInto(of(4_000))];
    expect(small).toBeGreaterThan(1_000);
    expect(large).toBeLessThan(small * 2.1);
  });
});
