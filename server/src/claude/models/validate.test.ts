/** What the static table refuses and passes for each model. */
import { expect, test } from 'vitest';
import { assistant, hello, refusals, text, tool, user } from '../../../../test/harness/refusals.ts';
import type { Effort, ThinkingType } from '../schema/request.ts';
import { endOf, modelRules, models } from './table.ts';

const manual = { type: 'enabled', budget_tokens: 1_024 };
const jsonFormat = { format: { type: 'json_schema', schema: { type: 'object', additionalProperties: false } } };
const image = { type: 'image', source: { type: 'url', url: 'https://images.example/1.png' } };

/** The first field that is refused, or 'ok'. */
function verdict(fields: object): string {
  return refusals({ model: 'claude-sonnet-5-5', ...fields }, {})[0] ?? 'ok';
}

const thinkings: Readonly<Record<ThinkingType, object>> = {
  adaptive: { type: 'adaptive' },
  enabled: { type: 'enabled', budget_tokens: 1_024 },
  disabled: { type: 'disabled' },
  between_tools: { type: 'between_tools' },
};
const efforts: readonly Effort[] = ['low', 'medium', 'high', 'xhigh', 'max'];
const searching = { type: 'server_tool_use', id: 's', name: 'web_search', input: {} };
const found = { type: 'web_search_tool_result', tool_use_id: 's', content: [] };
const said = { type: 'text', text: 'The answer' };
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
  const marks = [
    mark('messages.1', { messages: prefill }),
    mark('tool_choice', { tools: [tool], tool_choice: { type: 'any' } }),
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

test.each<[string, object]>([
  ['max_tokens', { max_tokens: 128_001 }],
  ['max_tokens', { max_tokens: 64_001, model: 'claude-haiku-4-5' }],
  ['messages.1', { messages: [...hello, assistant(text())] }],
  ['messages.1', { model: 'claude-opus-4-5', thinking: manual, messages: prefill }],
  ['messages.1', { model: 'claude-opus-4-5', output_config: jsonFormat, messages: prefill }],
  [
    'output_config.effort',
    { model: 'claude-opus-5', thinking: { type: 'disabled' }, output_config: { effort: 'max' } },
  ],
  ['output_config.effort', { thinking: { type: 'between_tools' }, output_config: { effort: 'xhigh' } }],
  ['tool_choice', { model: 'claude-opus-5-5', tools: [tool], tool_choice: { type: 'tool', name: 'run' } }],
  ['inference_geo', { model: 'claude-opus-4-5', inference_geo: 'us' }],
  ['speed', { model: 'claude-opus-4-7', speed: 'fast' }],
  [
    'context_management.edits.0.type',
    { model: 'claude-opus-4-5', context_management: { edits: [{ type: 'compact_20260112' }] } },
  ],
  [
    'tools.0.allowed_callers',
    { model: 'claude-haiku-4-5', tools: [{ type: 'web_search_20260318', name: 'web_search' }] },
  ],
  [
    'tools.0.allowed_callers',
    { model: 'claude-haiku-4-5', tools: [{ ...tool, allowed_callers: ['code_execution_20260521'] }] },
  ],
  ['messages', { model: 'claude-haiku-4-5', messages: [user(...Array(101).fill(image))] }],
])('the table refuses %s of %j', (field, fields) => {
  expect(verdict(fields)).toBe(field);
});

test.each<[object]>([
  [{ max_tokens: 128_000, output_config: { effort: 'max' } }],
  [{ model: 'claude-opus-4-5', thinking: { ...manual, budget_tokens: 1_999 } }],
  [{ model: 'claude-opus-4-5', messages: prefill, thinking: { type: 'disabled' } }],
  [
    {
      model: 'claude-haiku-4-5',
      tools: [{ type: 'web_search_20260318', name: 'web_search', allowed_callers: ['direct'] }],
    },
  ],
  [{ model: 'claude-sonnet-5', thinking: { type: 'disabled' }, output_config: { effort: 'max' } }],
  [{ model: 'claude-opus-4-6', speed: 'fast' }],
  [
    {
      messages: [...hello, { role: 'assistant', content: [searching] }, { role: 'assistant', content: [found, said] }],
    },
  ],
  [{ messages: [...hello, { role: 'assistant', content: [searching, found, said] }] }],
])('the table passes %j', (fields) => {
  expect(verdict(fields)).toBe('ok');
});

test('a batch may ask for longer answers of models that give them', () => {
  const inBatch = { use: 'batch' } as const;
  expect(refusals({ model: 'claude-opus-4-6', max_tokens: 300_000 }, inBatch)).toEqual([]);
  expect(refusals({ model: 'claude-opus-4-6', max_tokens: 300_001 }, inBatch)).toEqual(['max_tokens']);
  expect(refusals({ model: 'claude-opus-4-5', max_tokens: 64_001 }, inBatch)).toEqual(['max_tokens']);
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
