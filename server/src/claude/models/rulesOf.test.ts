/** Rules from what the models endpoint says: each capability that a model lacks is refused, and where. */
import { describe, expect, test } from 'vitest';
import { assistant, hello, madeUp, madeUpWith, refusals, text, tool, user } from '../../../../test/harness/refusals.ts';
import { requestSchema } from './requestSchema.ts';
import { endIn, rulesOf } from './rulesOf.ts';
import { models } from './table.ts';

const no = { supported: false };
const schema = { type: 'object', additionalProperties: false };
const pdf = { type: 'base64', media_type: 'application/pdf', data: 'A' };
const image = { type: 'image', source: { type: 'file', file_id: 'f' } };
const server = (type: string, name: string) => ({ tools: [{ type, name }] });
const edit = (type: string) => ({ context_management: { edits: [{ type }] } });
const thinkingTypes = (types: object) => ({
  thinking: { types: { ...madeUp.capabilities?.thinking?.types, ...types } },
});
const effort = (levels: object) => ({ effort: { ...madeUp.capabilities?.effort, ...levels } });

describe('a model that lacks something', () => {
  test.each<[string, object, object]>([
    ['messages.0.content.0', { image_input: no }, { messages: [user(image)] }],
    ['messages.0.content.0', { pdf_input: no }, { messages: [user({ type: 'document', source: pdf })] }],
    [
      'messages.0.content.0.citations',
      { citations: no },
      { messages: [user({ type: 'document', source: pdf, citations: { enabled: true } })] },
    ],
    [
      'output_config.format',
      { structured_outputs: no },
      { output_config: { format: { type: 'json_schema', schema } } },
    ],
    ['tools.0.strict', { structured_outputs: no }, { tools: [{ ...tool, strict: true, input_schema: schema }] }],
    [
      'tools.0.allowed_callers',
      { code_execution: no },
      { tools: [{ ...tool, allowed_callers: ['code_execution_20260521'] }] },
    ],
    ['tools.0.allowed_callers', { code_execution: no }, server('web_fetch_20260318', 'web_fetch')],
    ['tools.0.type', { server_tools: { web_search: no } }, server('web_search_20250305', 'web_search')],
    ['tools.0.type', { server_tools: { code_execution: no } }, server('code_execution_20260521', 'code_execution')],
    ...['clear_thinking_20251015', 'clear_tool_uses_20250919', 'compact_20260112'].map(
      (name): [string, object, object] => [
        'context_management.edits.0.type',
        { context_management: { [name]: no } },
        edit(name),
      ],
    ),
    ['thinking.type', thinkingTypes({ adaptive: no }), { thinking: { type: 'adaptive' } }],
    ['thinking.type', thinkingTypes({ enabled: no }), { thinking: { type: 'enabled', budget_tokens: 1_024 } }],
    ['thinking.type', thinkingTypes({ disabled: no }), { thinking: { type: 'disabled' } }],
    ['thinking.type', thinkingTypes({ between_tools: no }), { thinking: { type: 'between_tools' } }],
    ['output_config.effort', effort({ xhigh: no }), { output_config: { effort: 'xhigh' } }],
    ['output_config.effort', { effort: no }, { output_config: { effort: 'low' } }],
    [
      'messages.1.output_config.effort',
      effort({ max: no }),
      { messages: [...hello, { role: 'system', output_config: { effort: 'max' } }] },
    ],
    ['messages.1', {}, { messages: [...hello, assistant(text())] }],
  ])('refuses %s: %j', (field, lacking, fields) => {
    const rules = madeUpWith(lacking);
    expect(refusals(fields, { rules })).toEqual([field]);
    const isRefusedAnyway = Object.keys(lacking).length === 0;
    if (!isRefusedAnyway) expect(refusals(fields)).toEqual([]);
  });

  test('refuses batches', () => {
    expect(refusals({}, { use: 'batch', rules: madeUpWith({ batch: no }) })).toEqual(['model']);
    expect(refusals({}, { use: 'batch', rules: madeUpWith({}) })).toEqual([]);
  });

  test('refuses citations together with an output format, as every model does', () => {
    const cited = user({ type: 'document', source: pdf, citations: { enabled: true } });
    const output_config = { format: { type: 'json_schema', schema } };
    expect(refusals({ messages: [cited], output_config })).toEqual(['messages.0.content.0.citations']);
  });
});

describe('what the service does not say', () => {
  test('comes from the table', () => {
    for (const { retires: _day, features = {}, ...rules } of models.values())
      expect(rulesOf({ id: rules.id })).toEqual({ ...rules, features });
  });

  test('is not refused where the table does not know it either', () => {
    const rules = rulesOf({ id: 'unheard-of' });
    expect(rules).toEqual({ id: 'unheard-of', features: {} });
    const thinking = { type: 'enabled', budget_tokens: 1_024 };
    const request = {
      thinking,
      output_config: { effort: 'max' },
      speed: 'fast',
      inference_geo: 'us',
      max_tokens: 1_000_000,
    };
    expect(refusals({ ...request, messages: [...hello, assistant(text())] }, { rules })).toEqual([]);
  });

  test('is told leaf by leaf: the rest of the table stays', () => {
    const rules = rulesOf({
      id: 'claude-haiku-5-5',
      max_tokens: 5,
      capabilities: { thinking: { types: { disabled: no } }, effort: { max: no }, batch: { supported: null } },
    });
    expect(rules).toMatchObject({
      thinking: ['adaptive'],
      effort: ['low', 'medium', 'high', 'xhigh'],
      maxOutputTokens: 5,
      contextWindow: 1_000_000,
      prefill: 'never',
      features: {},
    });
  });

  test.each([
    ['2026-12-01T00:00:00Z', 'high'],
    ['2026-07-01T00:00:00Z', undefined],
    ['1970-01-01T00:00:00Z', undefined],
  ])('about effort without thinking follows from the day of release, %s', (created_at, limit) => {
    expect(rulesOf({ id: 'unheard-of', created_at }).effortWithoutThinking).toBe(limit);
  });
});

describe('the end of a model', () => {
  test.each([
    [{ id: 'made-up-9', lifecycle: 'active', retires_at: null }, undefined],
    [{ id: 'made-up-9' }, undefined],
    [{ id: 'made-up-9', lifecycle: 'a word of tomorrow' }, undefined],
    [
      { id: 'made-up-9', lifecycle: 'deprecated', retires_at: '2027-03-04T00:00:00Z', line: 'opus' },
      { model: 'mine', lifecycle: 'deprecated', day: '2027-03-04', replacement: 'claude-opus-5-5' },
    ],
    [
      { id: 'made-up-9', lifecycle: 'retired', retires_at: null, line: null },
      { model: 'mine', lifecycle: 'retired', day: undefined, replacement: undefined },
    ],
    [
      { id: 'claude-opus-5', lifecycle: 'deprecated', retires_at: null, line: 'opus' },
      { model: 'mine', lifecycle: 'deprecated', day: undefined, replacement: 'claude-opus-5-5' },
    ],
    [
      { id: 'claude-opus-4-5-20251101', lifecycle: 'retired', retires_at: '2026-12-01' },
      { model: 'mine', lifecycle: 'retired', day: '2026-12-01', replacement: 'claude-opus-5-5' },
    ],
  ])('is told by %j', (info, end) => {
    expect(endIn(rulesOf(info), 'mine')).toEqual(end);
  });
});

test('a schema that is made once judges many requests, and is a Standard Schema', async () => {
  const schema = await requestSchema(rulesOf(madeUp), { use: 'stream' });
  const good = { model: 'made-up-9', max_tokens: 100, messages: hello };
  expect(schema.parse(good)).toBe(good);
  const { issues } = await schema['~standard'].validate({ ...good, max_tokens: 0, top_p: 1 });
  expect(issues?.map(({ path }) => path)).toEqual([['top_p'], ['max_tokens']]);
  const unknown = await requestSchema();
  expect(
    unknown.safeParse({ ...good, model: 'claude-sonnet-5-5', thinking: { type: 'disabled' } }).error?.issues,
  ).toEqual([
    {
      code: 'custom',
      path: ['thinking', 'type'],
      message: 'thinking.type is disabled, which claude-sonnet-5-5 does not accept. Use adaptive or between_tools.',
    },
  ]);
});
