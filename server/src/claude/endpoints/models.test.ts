/** What a client learns of models, and what it does with it. */
import { describe, expect, test } from 'vitest';
import { clientFor, counted, failureOf, good, problem, request, within } from '../../../../test/harness/claudeCalls.ts';
import { madeUp } from '../../../../test/harness/refusals.ts';
import type { Answer } from '../../../../test/harness/scriptedTransport.ts';
import type { ClaudeOptions, ClientWarning, MessageRequest, ModelInfo } from '../index.ts';
import { createModelMemory } from '../models/memory.ts';

const json = { 'content-type': 'application/json' };
const answer = (value: object): Answer => ({ headers: json, steps: [JSON.stringify(value), 'end'] });
const limited = { ...madeUp, capabilities: { ...madeUp.capabilities, effort: { supported: false } } };
const unwanted = { model: 'made-up-9', output_config: { effort: 'max' } } as const;
const wanted = { ...request, ...unwanted } as const;
const offline: Answer = { before: [{ breaks: 'ECONNREFUSED' }], steps: [] };

describe('the rules of a model', () => {
  test('are asked for once, however many ask, and then known', async () => {
    const { claude, transport } = clientFor([answer(madeUp)]);
    const asked = await Promise.all([1, 2, 3].map(() => claude.models.rules('made-up-9')));
    expect(new Set(asked).size).toBe(1);
    expect(await claude.models.rules('made-up-9')).toMatchObject({ id: 'made-up-9', maxOutputTokens: 64_000 });
    expect(transport.requests.map(({ path }) => path)).toEqual(['/v1/models/made-up-9']);
  });

  test('are known by the alias that was asked for, too', async () => {
    const { claude, transport } = clientFor([answer(madeUp)]);
    await claude.models.rules('made-up');
    expect(await claude.models.rules('made-up-9')).toBe(await claude.models.rules('made-up'));
    expect(transport.requests).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['the service is not reached', offline],
    ['the key is not allowed to ask', problem(403, 'permission_error')],
    ['a gateway does not have the endpoint', { status: 404, headers: { 'content-type': 'text/html' }, steps: ['end'] }],
    ['a gateway answers something else', answer({ models: [] })],
  ])('are those of the table when %s', async (_name, failure) => {
    const { claude, clock } = clientFor([failure]);
    const rules = await within(clock, 60_000, claude.models.rules('claude-haiku-5-5'));
    expect(rules).toMatchObject({ id: 'claude-haiku-5-5', thinking: ['adaptive', 'disabled'] });
    const unknown = await within(clock, 60_000, claude.models.rules('made-up-9'));
    expect(unknown).toMatchObject({ name: 'ClaudeError' });
  });

  test.each([
    ['claude-sonet-5-5', 'Did you mean claude-sonnet-5-5?'],
    ['anthropic/Claude_Haiku_5.5', 'Did you mean claude-haiku-5-5?'],
    ['opus-5.5', 'Did you mean claude-opus-5-5?'],
    ['claude-3-opus-20240229', 'was retired on 2026-01-05: use claude-opus-5-5 instead.'],
    ['made-up-8', 'Did you mean made-up-9?'],
  ])('that does not exist (%s): the right one is named', async (id, says) => {
    const { claude } = clientFor([
      answer({ data: [madeUp], has_more: false }),
      problem(404, 'not_found_error', {}, { 'request-id': 'req_1' }),
    ]);
    await claude.models.list();
    const error = await failureOf(claude.models.rules(id));
    expect(error).toMatchObject({ kind: 'not_found', field: 'model', status: 404, requestId: 'req_1' });
    expect(error.message).toContain(`The service has no model "${id}" for this key.`);
    expect(error.message).toContain(says);
  });

  test('that does not exist and is like no other: nothing is made up', async () => {
    const { claude } = clientFor([problem(404, 'not_found_error')]);
    for (const id of ['gpt', 'x'.repeat(5_000)])
      expect((await failureOf(claude.models.rules(id))).message).not.toContain('Did you mean');
  });

  test('one who gives up does not end it for the others, and leaves no listener', async () => {
    const slow = { ...answer(madeUp), before: [{ after: 1_000 }] };
    const { claude, clock, transport } = clientFor([slow]);
    const controller = new AbortController();
    const one = failureOf(claude.models.rules('made-up-9', { signal: controller.signal }));
    const other = claude.models.rules('made-up-9', { signal: new AbortController().signal });
    controller.abort('enough');
    expect(await one).toMatchObject({ kind: 'aborted', cause: 'enough' });
    await clock.pass(2_000);
    expect(await other).toMatchObject({ id: 'made-up-9' });
    expect(transport.requests).toHaveLength(1);
    const aborted = claude.models.rules('other', { signal: AbortSignal.abort() });
    expect(await failureOf(aborted)).toMatchObject({ kind: 'aborted' });
    expect(transport.requests).toHaveLength(1);
  });

  test('are asked for anew after a failure', async () => {
    const { claude, clock } = clientFor([problem(403, 'permission_error'), answer(madeUp)]);
    expect(await within(clock, 60_000, claude.models.rules('made-up-9'))).toMatchObject({ kind: 'permission' });
    expect(await claude.models.rules('made-up-9')).toMatchObject({ id: 'made-up-9' });
  });
});

describe('what the service said of a model', () => {
  const told: readonly [string, (claude: ReturnType<typeof clientFor>['claude']) => Promise<unknown>, Answer][] = [
    ['list', (claude) => claude.models.list(), answer({ data: [limited], has_more: false })],
    ['retrieve', (claude) => claude.models.retrieve('made-up-9'), answer(limited)],
    ['rules', (claude) => claude.models.rules('made-up-9'), answer(limited)],
  ];
  test.each(told)('by %s counts for the requests that follow', async (_name, ask, said) => {
    const { claude, transport } = clientFor([good, said]);
    await claude.messages.create(wanted);
    await ask(claude);
    for (const call of [claude.messages.create(wanted), claude.messages.countTokens({ ...counted, ...unwanted })])
      expect(await failureOf(call)).toMatchObject({ kind: 'invalid_request', field: 'output_config.effort' });
    expect(transport.requests).toHaveLength(2);
  });

  test('counts before the table', async () => {
    const info = { id: 'claude-sonnet-5-5', capabilities: { thinking: { types: { disabled: { supported: true } } } } };
    const { claude } = clientFor([answer(info), good]);
    // As a request that is made at run time: the compiler goes by the table.
    const off: MessageRequest = { ...request, thinking: { type: 'disabled' } };
    expect(await failureOf(claude.messages.create(off))).toMatchObject({ field: 'thinking.type' });
    await claude.models.retrieve('claude-sonnet-5-5');
    expect(await claude.messages.create(off)).toMatchObject({ stop_reason: 'end_turn' });
  });

  test('is in the schema for its requests', async () => {
    const { claude, transport } = clientFor([answer(limited)]);
    const schema = await claude.models.requestSchema('made-up-9', { use: 'stream' });
    expect(schema.safeParse({ ...wanted, max_tokens: 0 }).error?.issues.map(({ path }) => path)).toEqual([
      ['max_tokens'],
      ['output_config', 'effort'],
    ]);
    await claude.models.requestSchema('made-up-9');
    expect(transport.requests).toHaveLength(1);
  });

  test('is kept for a thousand names, the latest ones', () => {
    const memory = createModelMemory();
    for (let at = 0; at < 5_000; at++) memory.remember({ id: `model-${at}` });
    expect(memory.names().filter((name) => name.startsWith('model-'))).toHaveLength(1_000);
    expect(memory.remembered('model-3999')).toBeUndefined();
    expect(memory.remembered('model-4999')).toMatchObject({ id: 'model-4999' });
  });
});

describe('warnings', () => {
  function warned(options: Partial<ClaudeOptions>, answers: readonly Answer[]) {
    const warnings: [string, ClientWarning][] = [];
    const log = { warn: (sentence: string, warning: ClientWarning) => warnings.push([sentence, warning]) };
    return { ...clientFor(answers, { log, ...options }), warnings };
  }

  test.each<[Partial<ModelInfo>, ClientWarning, string]>([
    [
      { lifecycle: 'deprecated', retires_at: '2027-01-02T00:00:00Z', line: 'sonnet' },
      {
        kind: 'deprecated_model',
        end: { model: 'made-up-9', lifecycle: 'deprecated', day: '2027-01-02', replacement: 'claude-sonnet-5-5' },
      },
      'The model made-up-9 is deprecated and retires on 2027-01-02: use claude-sonnet-5-5 instead.',
    ],
    [
      { lifecycle: 'deprecated', retires_at: null },
      {
        kind: 'deprecated_model',
        end: { model: 'made-up-9', lifecycle: 'deprecated', day: undefined, replacement: undefined },
      },
      'The model made-up-9 is deprecated.',
    ],
    [
      { lifecycle: 'retired', retires_at: '2026-11-01T00:00:00Z' },
      {
        kind: 'retired_model',
        end: { model: 'made-up-9', lifecycle: 'retired', day: '2026-11-01', replacement: undefined },
      },
      'The model made-up-9 was retired on 2026-11-01.',
    ],
  ])('tell once of a model whose end the service announces: %j', async (end, warning, sentence) => {
    const { claude, warnings } = warned({}, [answer({ ...madeUp, ...end }), good]);
    await claude.models.retrieve('made-up-9');
    for (const _time of [1, 2]) await claude.messages.create({ ...request, model: 'made-up-9' });
    expect(warnings).toEqual([[sentence, warning]]);
  });

  test('tell of manual thinking where thinking can be adaptive', async () => {
    const { claude, warnings } = warned({}, [good]);
    const thinking = { type: 'enabled', budget_tokens: 1_024 } as const;
    for (const model of ['claude-opus-4-6', 'claude-opus-4-6', 'claude-opus-4-5', 'unheard-of'])
      await claude.messages.create({ ...request, max_tokens: 2_000, model, thinking });
    expect(warnings.map(([, warning]) => warning)).toEqual([{ kind: 'deprecated_thinking', model: 'claude-opus-4-6' }]);
  });

  test('tell of a reason to stop that is newer than this client, and the answer is whole', async () => {
    const stopped = (reason: string): Answer => ({
      ...good,
      steps: good.steps.map((step) =>
        step instanceof Uint8Array
          ? Buffer.from(Buffer.from(step).toString().replace('"end_turn"', `"${reason}"`))
          : step,
      ),
    });
    const { claude, warnings } = warned({}, [stopped('bored'), stopped('bored'), stopped('refusal')]);
    for (const reason of ['bored', 'bored', 'refusal'])
      expect(await claude.messages.create(request)).toMatchObject({ stop_reason: reason });
    expect(warnings).toEqual([
      [
        expect.stringContaining('(bored): the answer counts as ended.'),
        { kind: 'unknown_stop_reason', stopReason: 'bored', model: expect.any(String) },
      ],
    ]);
  });

  test('end after two hundred different ones', async () => {
    const { claude, warnings } = warned({}, [good]);
    for (let at = 0; at < 250; at++) await claude.messages.create({ ...request, model: String(`claude-3-opus-${at}`) });
    expect(warnings).toHaveLength(200);
  });
});
