/** What is refused before it is sent, and what passes: the rules of the API and of each model, as a table. */
import { describe, expect, test } from 'vitest';
import { ClaudeError } from '../errors.ts';
import type { Effort, MessageRequest, ThinkingType } from '../schema/request.ts';
import { endOf, modelRules, models } from './table.ts';
import { validate } from './validate.ts';

const hello = [{ role: 'user', content: 'hi' }] as const;

/** The field that is refused, or 'ok'. */
function verdict(fields: object, streamed = true): string {
  // Requests as they come from JavaScript: with whatever in them.
  const request = {
    model: 'claude-sonnet-5-5',
    max_tokens: 2_000,
    messages: hello,
    ...fields,
  } as unknown as MessageRequest;
  try {
    validate(request, streamed);
    return 'ok';
  } catch (error) {
    if (!(error instanceof ClaudeError)) throw error;
    expect(error).toMatchObject({ kind: 'invalid_request', stage: 'settings' });
    expect(error.message).toMatch(/^Nothing was sent: .*\. /s);
    return error.field ?? 'no field';
  }
}

const thinkings: Readonly<Record<ThinkingType, object>> = {
  adaptive: { type: 'adaptive' },
  enabled: { type: 'enabled', budget_tokens: 1_024 },
  disabled: { type: 'disabled' },
  between_tools: { type: 'between_tools' },
};
const efforts: readonly Effort[] = ['low', 'medium', 'high', 'xhigh', 'max'];
const prefill = [...hello, { role: 'assistant', content: 'The answer' }];

/** Marks for: adaptive, enabled, disabled, between_tools; effort low to max; prefill; forced tools; fast; system messages. */
const table: readonly (readonly [model: string, thinking: string, effort: string, rest: string])[] = [
  ['claude-fable-5-1', '+---', '+++++', '---+'],
  ['claude-mythos-5-1', '+---', '+++++', '---+'],
  ['claude-fable-5', '+---', '+++++', '-+-+'],
  ['claude-mythos-5', '+---', '+++++', '-+-+'],
  ['claude-opus-5-5', '+---', '+++++', '--++'],
  ['claude-sonnet-5-5', '+--+', '+++++', '---+'],
  ['claude-haiku-5-5', '+-+-', '+++++', '-+-+'],
  ['claude-opus-5', '+-+-', '+++++', '-+++'],
  ['claude-sonnet-5', '+-+-', '+++++', '-+--'],
  ['claude-opus-4-8', '+-+-', '+++++', '-+++'],
  ['claude-opus-4-7', '+-+-', '+++++', '-+--'],
  ['claude-opus-4-6', '+++-', '+++-+', '-++-'],
  ['claude-sonnet-4-6', '+++-', '+++-+', '-+--'],
  ['claude-opus-4-5', '-++-', '+++--', '++--'],
  ['claude-opus-4-5-20251101', '-++-', '+++--', '++--'],
  ['claude-sonnet-4-5', '-++-', '-----', '++--'],
  ['claude-haiku-4-5-20251001', '-++-', '-----', '++--'],
  ['a-model-of-tomorrow', '++++', '+++++', '++++'],
];

test.each(table)('%s accepts thinking %s, effort %s and more %s', (model, thinking, effort, rest) => {
  const mark = (field: string, fields: object) => {
    const result = verdict({ model, ...fields });
    expect(['ok', field]).toContain(result);
    return result === 'ok' ? '+' : '-';
  };
  expect(
    Object.values(thinkings)
      .map((value) => mark('thinking.type', { thinking: value }))
      .join(''),
  ).toBe(thinking);
  expect(efforts.map((value) => mark('output_config.effort', { output_config: { effort: value } })).join('')).toBe(
    effort,
  );
  const tools = [{ name: 'run', input_schema: { type: 'object' } }];
  const marks = [
    mark('messages.1', { messages: prefill }),
    mark('tool_choice', { tools, tool_choice: { type: 'any' } }),
    mark('speed', { speed: 'fast' }),
    mark('messages.1.role', { messages: [...hello, { role: 'system', content: 'Be brief.' }] }),
  ];
  expect(marks.join('')).toBe(rest);
});

test('the table tells of every model that is known', () => {
  expect(
    [...new Set([...models.values()].map(({ id, alias }) => alias ?? id))]
      .filter((id) => id !== 'claude-mythos-preview')
      .sort(),
  ).toEqual(
    [
      ...new Set(
        table.map(([model]) => modelRules(model)?.alias ?? modelRules(model)?.id).filter((id) => id !== undefined),
      ),
    ].sort(),
  );
});

const text = (extra = {}) => ({ type: 'text', text: 'x', ...extra });
const cached = { cache_control: { type: 'ephemeral' } };
const tool = { name: 'run', input_schema: { type: 'object' } };

describe('a request', () => {
  test.each<[string, object]>([
    ['model', { model: '' }],
    ['model', { model: undefined }],
    ['max_tokens', { max_tokens: undefined }],
    ['max_tokens', { max_tokens: -1 }],
    ['thinking', { thinking: null }],
    ['output_config', { output_config: 'high' }],
    ['tool_choice', { tool_choice: [] }],
    ['tools', { tools: {} }],
    ['tools', { tools: [null] }],
    ['max_tokens', { max_tokens: 1.5 }],
    ['max_tokens', { max_tokens: Number.NaN }],
    ['max_tokens', { max_tokens: '1000' }],
    ['max_tokens', { max_tokens: 128_001 }],
    ['max_tokens', { max_tokens: 64_001, model: 'claude-haiku-4-5' }],
    ['max_tokens', { max_tokens: 0 }],
    ['temperature', { temperature: 1 }],
    ['top_p', { top_p: 0.9 }],
    ['top_k', { top_k: 5 }],
    ['messages', { messages: [] }],
    ['messages', { messages: undefined }],
    ['messages.0.role', { messages: [{ role: 'tool', content: 'x' }] }],
    ['messages.0.content', { messages: [{ role: 'user', content: 5 }] }],
    ['messages.0.content.0', { messages: [{ role: 'user', content: ['x'] }] }],
    ['messages.0.content.1', { messages: [{ role: 'user', content: [text(), text({ citations: [{}] })] }] }],
    [
      'messages.1.content.0',
      { messages: [...hello, { role: 'assistant', content: [{ type: 'document', source: {} }] }, ...hello] },
    ],
    ['messages.1', { messages: [...hello, { role: 'assistant', content: [text()] }] }],
    ['thinking.budget_tokens', { model: 'claude-opus-4-5', thinking: { type: 'enabled', budget_tokens: 1_023 } }],
    ['thinking.budget_tokens', { model: 'claude-opus-4-5', thinking: { type: 'enabled', budget_tokens: 2_000 } }],
    [
      'tool_choice',
      {
        model: 'claude-opus-4-5',
        thinking: { type: 'enabled', budget_tokens: 1_024 },
        tools: [tool],
        tool_choice: { type: 'any' },
      },
    ],
    [
      'messages.1',
      { model: 'claude-opus-4-5', thinking: { type: 'enabled', budget_tokens: 1_024 }, messages: prefill },
    ],
    ['thinking', { model: 'claude-haiku-5-5', thinking: { type: 'disabled', display: 'omitted' } }],
    ['thinking', { thinking: { type: 'between_tools', display: 'omitted' } }],
    ['output_config.effort', { thinking: { type: 'between_tools' }, output_config: { effort: 'xhigh' } }],
    [
      'output_config.effort',
      { model: 'claude-opus-5', thinking: { type: 'disabled' }, output_config: { effort: 'max' } },
    ],
    ['output_config.effort', { output_config: { effort: 'enormous' } }],
    ['tools.0.name', { tools: [{ ...tool, name: 'a b' }] }],
    ['tools.0.name', { tools: [{ ...tool, name: 'x'.repeat(65) }] }],
    ['tools.1.name', { tools: [tool, tool] }],
    ['tool_choice.name', { model: 'claude-opus-5', tools: [tool], tool_choice: { type: 'tool', name: 'walk' } }],
    ['tool_choice', { tool_choice: { type: 'auto' } }],
    ['tool_choice', { model: 'claude-opus-5-5', tools: [tool], tool_choice: { type: 'tool', name: 'run' } }],
    [
      'cache_control',
      {
        ...cached,
        system: [text(cached), text(cached)],
        tools: [{ ...tool, ...cached }],
        messages: [{ role: 'user', content: [text(cached)] }],
      },
    ],
    ['inference_geo', { model: 'claude-opus-4-5', inference_geo: 'us' }],
    ['speed', { model: 'claude-opus-4-7', speed: 'fast' }],
  ])('is refused for its %s: %j', (field, fields) => {
    expect(verdict(fields)).toBe(field);
  });

  test.each<[object]>([
    [{}],
    [{ max_tokens: 128_000, output_config: { effort: 'max' } }],
    [{ thinking: { type: 'adaptive', display: 'summarized' } }],
    [{ thinking: { type: 'between_tools' }, output_config: { effort: 'high' } }],
    [{ model: 'claude-opus-4-5', thinking: { type: 'enabled', budget_tokens: 1_999 } }],
    [{ model: 'claude-opus-4-5', messages: prefill, thinking: { type: 'disabled' } }],
    [{ tools: [tool, { type: 'web_search_20260318', name: 'web_search' }], tool_choice: { type: 'auto' } }],
    [{ tools: [{ type: 'computer_toolset_20260801' }] }],
    [{ messages: [...hello, { role: 'assistant', content: [text({ citations: [{}] })] }, ...hello] }],
    [
      {
        messages: [
          ...hello,
          { role: 'assistant', content: [{ type: 'server_tool_use', id: 's', name: 'web_search', input: {} }, text()] },
        ],
      },
    ],
    [{ messages: [...hello, { role: 'assistant', content: [{ type: 'block_of_tomorrow' }] }] }],
    [
      {
        ...cached,
        system: [text(cached)],
        messages: [{ role: 'user', content: [text(cached), text({ cache_control: null })] }],
      },
    ],
    [{ a_field_of_tomorrow: 1 }],
  ])('passes: %j', (fields) => {
    expect(verdict(fields)).toBe('ok');
  });

  test('without tokens only passes where nothing is streamed and nothing is forced', () => {
    expect(verdict({ max_tokens: 0 }, false)).toBe('ok');
    expect(verdict({ max_tokens: 0, output_config: { format: { type: 'json_schema', schema: {} } } }, false)).toBe(
      'max_tokens',
    );
  });
});

test.each([
  ['claude-sonnet-4-5', 'deprecated', 'claude-sonnet-5-5'],
  ['claude-3-5-sonnet-20241022', 'retired', 'claude-sonnet-5-5'],
  ['claude-3-7-sonnet-latest', 'retired', 'claude-sonnet-5-5'],
  ['claude-opus-4-1-20250805', 'retired', 'claude-opus-5-5'],
  ['claude-sonnet-4-20250514', 'retired', 'claude-sonnet-5-5'],
  ['claude-3-haiku-20240307', 'retired', 'claude-haiku-5-5'],
])('%s is %s: use %s', (model, lifecycle, replacement) => {
  expect(endOf(model)).toMatchObject({ lifecycle, replacement });
});

test.each(['claude-opus-5-5', 'claude-opus-4-8', 'claude-sonnet-4-6', 'a-model-of-tomorrow'])('%s goes on', (model) => {
  expect(endOf(model)).toBeUndefined();
});
