/** Streams that mean harm. */
import { describe, expect, test } from 'vitest';
import { streamed } from '../../../../test/harness/claudeCalls.ts';
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

  test('end as a message or as a typed error, whatever is changed in them', async () => {
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
