/** What builders send, and what they leave as it was. What does not compile is in `test/types`. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { clientFor, failureOf, good } from '../../../../test/harness/claudeCalls.ts';
import { answersOf } from '../../../../test/harness/turns.ts';
import { type Claude, output } from '../index.ts';

const run = { name: 'run', input_schema: { type: 'object' } } as const;
const json = { 'content-type': 'application/json' };

/** A client with so many answers, and the bodies that it has sent. */
function sending(answers = 1) {
  const { claude, transport } = clientFor(Array(answers).fill(good));
  return { claude, transport, bodies: () => transport.requests.map(({ body }) => JSON.parse(String(body))) };
}

const hi = { model: 'claude-sonnet-5-5', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }] };

describe('a builder', () => {
  test('sends what it was told, in whichever order', async () => {
    const { claude, bodies } = sending(2);
    await claude.message().model('claude-sonnet-5-5').maxTokens(9).user('hi').send();
    await claude.message().user('hi').maxTokens(9).model('claude-sonnet-5-5').send();
    expect(bodies()).toEqual([
      { ...hi, stream: true },
      { ...hi, stream: true },
    ]);
  });

  test('has a method for each part of a request', () => {
    const request = sending()
      .claude.message()
      .model('claude-haiku-5-5')
      .maxTokens(2_000)
      .system('Be brief.')
      .messages([{ role: 'user', content: 'one' }])
      .assistant('two')
      .user([{ type: 'text', text: 'three' }])
      .thinking({ type: 'adaptive' })
      .effort('low')
      .output({ type: 'json_schema', schema: {} })
      .tools([run])
      .toolChoice({ type: 'tool', name: 'run' })
      .stopSequences(['END'])
      .cache('1h')
      .metadata({ user_id: 'u' })
      .with({ service_tier: 'auto', inference_geo: 'us' })
      .build();
    expect(request).toEqual({
      model: 'claude-haiku-5-5',
      max_tokens: 2_000,
      system: 'Be brief.',
      messages: [
        { role: 'user', content: 'one' },
        { role: 'assistant', content: 'two' },
        { role: 'user', content: [{ type: 'text', text: 'three' }] },
      ],
      thinking: { type: 'adaptive' },
      output_config: { effort: 'low', format: { type: 'json_schema', schema: {} } },
      tools: [run],
      tool_choice: { type: 'tool', name: 'run' },
      stop_sequences: ['END'],
      cache_control: { type: 'ephemeral', ttl: '1h' },
      metadata: { user_id: 'u' },
      service_tier: 'auto',
      inference_geo: 'us',
    });
  });

  test('stays as it was when something is added to it', () => {
    const base = sending().claude.message().model('claude-sonnet-5-5').maxTokens(9);
    const asked = base.user('hi');
    asked.user('more').effort('low').cache();
    base.user('other').maxTokens(5);
    expect(asked.build()).toEqual(hi);
  });

  test('takes the later of two words on the same', () => {
    const asked = sending()
      .claude.message()
      .model('claude-opus-5')
      .maxTokens(1)
      .model('claude-sonnet-5-5')
      .maxTokens(9);
    expect(asked.user('hi').build()).toEqual(hi);
  });

  test('streams', async () => {
    const { claude, bodies } = sending();
    const texts: string[] = [];
    const stream = claude.message().model('claude-sonnet-5-5').maxTokens(9).user('hi').stream();
    for await (const text of stream.text()) texts.push(text);
    expect(texts.join('')).not.toBe('');
    expect(bodies()).toEqual([{ ...hi, stream: true }]);
  });

  test('counts without what is not counted', async () => {
    const { claude, transport } = clientFor([{ headers: json, steps: ['{"input_tokens":7}', 'end'] }]);
    const asked = claude.message().model('claude-sonnet-5-5').maxTokens(9).user('hi').stopSequences(['END']).cache();
    expect(await asked.countTokens()).toEqual({ input_tokens: 7 });
    const { max_tokens: _, ...counted } = hi;
    expect(JSON.parse(String(transport.requests[0]?.body))).toEqual({
      ...counted,
      cache_control: { type: 'ephemeral', ttl: '5m' },
    });
  });

  test('gives typed values of a form', async () => {
    const { claude } = clientFor(answersOf({ says: ['{"name": "Ur"}'] }));
    const form = output(z.object({ name: z.string() }));
    const { value } = await claude.message().model('claude-sonnet-5-5').maxTokens(9).user('hi').output(form).parse();
    expect(value.name.toUpperCase()).toBe('UR');
  });

  test('gives its options to each call, and lets the call say otherwise', async () => {
    const { claude, transport } = sending(2);
    const asked = claude
      .message()
      .model('claude-sonnet-5-5')
      .maxTokens(9)
      .user('hi')
      .options({ headers: { 'x-a': '1' } });
    await asked.options({ betas: ['one-2026'] }).send();
    await asked.send({ headers: { 'x-a': '2' } });
    expect(transport.requests.map(({ headers }) => [headers['x-a'], headers['anthropic-beta']])).toEqual([
      ['1', 'one-2026'],
      ['2', undefined],
    ]);
  });
});

describe('in a program without types', () => {
  /** A builder as JavaScript sees it. */
  interface Loose {
    readonly [method: string]: (...parts: readonly unknown[]) => Loose & Promise<never>;
  }
  // The compiler must not know what is wrong.
  const loose = (claude: Claude) => claude.message() as unknown as Loose;

  test.each<[string, (builder: Loose) => Promise<never> | undefined]>([
    ['model', (builder) => builder['maxTokens']?.(9)['user']?.('hi')['send']?.()],
    ['max_tokens', (builder) => builder['model']?.('claude-sonnet-5-5')['user']?.('hi')['send']?.()],
    ['messages', (builder) => builder['model']?.('claude-sonnet-5-5')['maxTokens']?.(9)['send']?.()],
    [
      'thinking.type',
      (builder) =>
        builder['thinking']?.({ type: 'disabled' })
          ['model']?.('claude-opus-5-5')
          ['maxTokens']?.(9)
          ['user']?.('hi')
          ['send']?.(),
    ],
  ])('nothing is sent with a wrong %s', async (field, ask) => {
    const { claude, transport } = sending(0);
    const error = await failureOf(ask(loose(claude)) ?? Promise.resolve());
    expect(error).toMatchObject({ kind: 'invalid_request', field });
    expect(transport.requests).toEqual([]);
  });
});
