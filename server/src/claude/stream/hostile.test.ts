/** Streams that mean harm. */
import { describe, expect, test } from 'vitest';
import { streamed } from '../../../../test/harness/claudeCalls.ts';
import { parsed } from '../../../../test/harness/jsonTexts.ts';
import { random, scaled, seed } from '../../../../test/harness/scale.ts';
import { block, start, streams, text, written } from '../../../../test/harness/streams.ts';
import { ClaudeError } from '../index.ts';

const corpus = Object.entries(streams).map(([name, events]) => ({ name, events, bytes: written(events) }));

describe('S35: hostile streams', () => {
  test('cannot reach any prototype', async () => {
    const events = [
      start({ ['__proto__']: { polluted: 1 } }),
      ...block(0, JSON.parse('{"type":"text","text":"","__proto__":{"polluted":1}}'), ...text('x')),
      JSON.parse(
        '{"type":"message_delta","delta":{"stop_reason":"end_turn","__proto__":{"polluted":1}},"usage":{"output_tokens":1,"__proto__":{"polluted":1}},"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      ),
      { type: 'message_stop' },
    ];
    const message = await streamed(written(events), 'end').finalMessage();
    expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(message.usage)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(message.stop_reason).toBe('end_turn');
  });

  test('end as a message or as a typed error, whatever is changed in them', { timeout: 120_000 }, async () => {
    const next = random();
    for (let round = 0; round < scaled(10_000); round++) {
      const { bytes, name } = corpus[Math.floor(next() * corpus.length)] ?? { bytes: Buffer.alloc(0), name: '' };
      const mutated = mutate(bytes, next);
      const outcome = await streamed(mutated, 'end')
        .finalMessage()
        .then(
          () => 'message',
          (error: unknown) => (error instanceof ClaudeError ? 'typed' : String(error)),
        );
      expect(['message', 'typed'], `${name}, seed ${seed()}: ${mutated.toString()}`).toContain(outcome);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('R12, R13: show a tool input as complete only when it is, whatever is changed in them', {
    timeout: 120_000,
  }, async () => {
    const next = random();
    const calls = corpus.filter(({ bytes }) => bytes.includes('_tool_use') || bytes.includes('"tool_use"'));
    const states = new Set<string>();
    for (let round = 0; round < scaled(10_000); round++) {
      const { bytes, name } = calls[Math.floor(next() * calls.length)] ?? { bytes: Buffer.alloc(0), name: '' };
      const mutated = mutate(bytes, next);
      const about = `${name}, seed ${seed()}: ${mutated.toString()}`;
      const read = async (): Promise<void> => {
        for await (const { state, text: json, value } of streamed(mutated, 'end').toolInputs()) {
          states.add(state);
          // Without any text the input is the one that the block began with.
          const whole = json === '' ? undefined : parsed(json)?.value;
          if (state === 'complete' && json !== '') expect(value, about).toEqual(whole);
          if (state === 'invalid') expect(isInput(whole), about).toBe(false);
        }
      };
      const error: unknown = await read().catch((reason: unknown) => reason);
      expect(error === undefined || error instanceof ClaudeError, `${about}: ${error}`).toBe(true);
    }
    expect([...states].sort()).toEqual(['complete', 'cut', 'invalid', 'open']);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  /** What can be the input of a tool. */
  function isInput(value: unknown): boolean {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }

  const words = [
    '"__proto__"',
    '"constructor"',
    'null',
    '[]',
    '{}',
    '-1',
    '1e999',
    '""',
    '\n\n',
    'data: ',
    '"tool_use"',
    '999999999',
    '\u0000',
  ];

  function mutate(bytes: Buffer, next: () => number): Buffer {
    let result = Buffer.from(bytes);
    for (let change = 0; change <= next() * 4; change++) {
      const at = Math.floor(next() * result.length);
      const to = Math.min(result.length, at + Math.floor(next() * 20));
      const word = Buffer.from(words[Math.floor(next() * words.length)] ?? '');
      const kinds = [
        () => Buffer.concat([result.subarray(0, at), word, result.subarray(at)]),
        () => Buffer.concat([result.subarray(0, at), word, result.subarray(to)]),
        () => Buffer.concat([result.subarray(0, to), result.subarray(at)]),
        () => Buffer.concat([result.subarray(0, at), Buffer.of(Math.floor(next() * 256)), result.subarray(at + 1)]),
      ];
      result = kinds[Math.floor(next() * kinds.length)]?.() ?? result;
    }
    return result;
  }
});
