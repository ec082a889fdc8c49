/** JSON on its way: what is shown of it, what is refused, and what it costs. */
import { describe, expect, test } from 'vitest';
import { random, scaled, seed } from '../../../../test/harness/scale.ts';
import { PartialJson } from './partialJson.ts';

/** The values after each of the pieces, as they were then. */
function values(...pieces: readonly string[]): readonly unknown[] {
  const json = new PartialJson();
  return pieces.map((piece) => {
    json.push(piece);
    return structuredClone(json.value);
  });
}

function read(...pieces: readonly string[]): PartialJson {
  const json = new PartialJson();
  for (const piece of pieces) json.push(piece);
  return json;
}

describe('a value on its way', () => {
  test('shows strings as far as they have come, without half of an escape or of a pair', () => {
    expect(values('{"a', '":', ' "x', '\\', 'ny\\u0', '0e9', '\ud83d', '\ude00\\ud83', 'd', '\\ude00', '"')).toEqual([
      {},
      {},
      { a: 'x' },
      { a: 'x' },
      { a: 'x\ny' },
      { a: 'x\nyé' },
      { a: 'x\nyé' },
      { a: 'x\nyé😀' },
      { a: 'x\nyé😀' },
      { a: 'x\nyé😀😀' },
      { a: 'x\nyé😀😀' },
    ]);
  });

  test('shows half of a pair once no other half can follow', () => {
    expect(values('["\\ud83d', '\\n', '\\ud83d', '"', ']')).toEqual([
      [''],
      ['\ud83d\n'],
      ['\ud83d\n'],
      ['\ud83d\n\ud83d'],
      ['\ud83d\n\ud83d'],
    ]);
  });

  test('holds numbers and words back until they are whole', () => {
    expect(values('[-', '1', '.', '5', 'e', '3', ',', 'tru', 'e', ',nul', 'l,12', ']')).toEqual([
      ...Array.from({ length: 6 }, () => []),
      [-1500],
      [-1500],
      [-1500, true],
      [-1500, true],
      [-1500, true, null],
      [-1500, true, null, 12],
    ]);
  });

  test('shows a member with the beginning of its value', () => {
    expect(values('{', '"a"', ':', '{', '"b":', '"', '"},"c":[', '{')).toEqual([
      {},
      {},
      {},
      { a: {} },
      { a: {} },
      { a: { b: '' } },
      { a: { b: '' }, c: [] },
      { a: { b: '' }, c: [{}] },
    ]);
  });

  test('grows in place', () => {
    const json = read('{"list": [{"a": "x');
    const value = json.value as { list: [{ a: string }] }; // Of the JSON above.
    const { list } = value;
    const [first] = list;
    json.push('y"}, 1], "more": true}');
    expect(json.value).toBe(value);
    expect(value).toEqual({ list: [{ a: 'xy' }, 1], more: true });
    expect(value.list).toBe(list);
    expect(value.list[0]).toBe(first);
  });

  test('is not complete before a number at its top has an end', () => {
    const json = read('12');
    expect([json.state, json.value]).toEqual(['open', undefined]);
    json.end();
    expect([json.state, json.value]).toEqual(['complete', 12]);
  });

  test('stays as it was where it becomes invalid, and says where', () => {
    const json = read('{"a": "b', 'c", "d": ', '01, "e": 1}');
    expect(json).toMatchObject({ state: 'invalid', problem: { at: 18, reason: '"1" inside a number' } });
    expect(json.value).toEqual({ a: 'bc' });
    expect(read('{"a": tru}').problem).toEqual({ at: 9, reason: expect.stringContaining('word') });
    expect(read('{"a" 1}').problem).toEqual({ at: 5, reason: '"1" where colon is due' });
    expect(read('{} {').problem).toEqual({ at: 3, reason: '"{" where nothing is due' });
    const cut = read('{"a": [');
    cut.end();
    expect(cut).toMatchObject({ state: 'invalid', problem: { at: 7 }, value: { a: [] } });
  });
});

describe('S35: a hostile value', () => {
  test('has a member of its own where it names the prototype', () => {
    const json = read('{"__proto__": {"polluted": "ye', 's", "constructor": {"prototype": {"polluted": 1}}}}');
    expect(Object.getPrototypeOf(json.value)).toBe(Object.prototype);
    expect(JSON.stringify(json.value)).toBe(
      '{"__proto__":{"polluted":"yes","constructor":{"prototype":{"polluted":1}}}}',
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(json.exact).toBe(true);
  });

  test('is nested 64 levels deep at most', () => {
    const nested = (depth: number) => read(`${'[['.repeat(depth / 2)}1${']]'.repeat(depth / 2)}`);
    expect(nested(64).state).toBe('complete');
    expect(nested(66)).toMatchObject({ state: 'invalid', problem: { at: 65 } });
    expect(read('{"a":'.repeat(100_000)).state).toBe('invalid');
  });
});

test('R21: strings are well-formed wherever they are cut', () => {
  const next = random();
  const parts = ['😀', '\\ud83d\\ude00', '👩‍👩‍👧', '\\uD83D\ude00', '\ud83d\\uDE00', 'é', '\\u00e9', 'x', '\\n'];
  for (let round = 0; round < scaled(20_000); round++) {
    const text = Array.from({ length: 6 }, () => parts[Math.floor(next() * parts.length)]).join('');
    const json = read('{"s":"');
    const { value } = json as { value: { s: string } }; // Of the JSON above.
    let at = 0;
    while (at < text.length) {
      const to = at + 1 + Math.floor(next() * 4);
      json.push(text.slice(at, to));
      at = to;
      expect(value.s.isWellFormed(), `${JSON.stringify(text)}, seed ${seed()}`).toBe(true);
    }
    json.push('"}');
    expect(value.s).toBe(JSON.parse(`"${text}"`));
  }
});

describe('R3: the work', () => {
  const code = 'const text = "\\u00e9";\\n\\tcall(text); // 😀 ';
  const shapes: Readonly<Record<string, (size: number) => string>> = {
    'one string': (size) => `{"a":"${code.replaceAll('"', '\\"').repeat(size / code.length)}"}`,
    'escapes alone': (size) => `["${'\\n'.repeat(size / 2)}"]`,
    'many members': (size) => `{${Array.from({ length: size / 20 }, (_, at) => `"key${at}": "value"`).join(', ')}}`,
    numbers: (size) => `[${Array.from({ length: size / 8 }, (_, at) => at * 1.5).join(', ')}]`,
    'one number': (size) => `[${'7'.repeat(size)}]`,
    blanks: (size) => `[${' '.repeat(size)}]`,
  };

  test.each(Object.entries(shapes))('is in proportion to the text: %s', (_name, shape) => {
    for (const size of [scaled(100_000), scaled(400_000)]) {
      const text = shape(size);
      const looks = looksAt(() => {
        const json = new PartialJson();
        for (let at = 0; at < text.length; at += 20) {
          json.push(text.slice(at, at + 20));
          expect(json.value).toBeDefined();
        }
        json.end();
        expect(json.state).toBe('complete');
      });
      expect(looks).toBeLessThan(text.length * 3);
    }
  });

  /** How often characters of strings are looked at. */
  function looksAt(work: () => void): number {
    const { charCodeAt, charAt } = String.prototype;
    let count = 0;
    String.prototype.charCodeAt = function (at) {
      count += 1;
      return charCodeAt.call(this, at);
    };
    String.prototype.charAt = function (at) {
      count += 1;
      return charAt.call(this, at);
    };
    try {
      work();
    } finally {
      Object.assign(String.prototype, { charCodeAt, charAt });
    }
    return count;
  }
});
