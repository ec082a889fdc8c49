/** JSON on its way: judged by JSON.parse, wherever it is cut. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isPartOf,
  jsonTexts,
  parsed,
  piecesOf,
  saysBackslash,
  suite,
  tokensOf,
} from '../../../../test/harness/jsonTexts.ts';
import { random, scaled, seed } from '../../../../test/harness/scale.ts';
import { PartialJson } from './partialJson.ts';

function read(pieces: Iterable<string>): PartialJson {
  const json = new PartialJson();
  for (const piece of pieces) json.push(piece);
  json.end();
  return json;
}

/** What must hold of a text that has been read: the same as JSON.parse says. */
function isAsParsed(json: PartialJson, text: string): boolean {
  const right = parsed(text);
  if (right === undefined) return json.state === 'invalid' && json.problem !== undefined;
  return (
    json.state === 'complete' &&
    isDeepStrictEqual(json.value, right.value) &&
    JSON.stringify(json.value) === JSON.stringify(right.value)
  );
}

describe('R13: the files of JSONTestSuite', () => {
  test('are all there', () => {
    expect(suite.length).toBeGreaterThan(300);
  });

  /** Nested deeper than is accepted. */
  const tooDeep: ReadonlySet<string> = new Set(['i_structure_500_nested_arrays.json']);

  test.each(suite)('$name', ({ name, bytes, text }) => {
    const isRight = tooDeep.has(name) ? read([text]).state === 'invalid' : isAsParsed(read([text]), text);
    expect(isRight).toBe(true);
    expect(isAsParsed(read(text), text) || tooDeep.has(name)).toBe(true);
    if (name.startsWith('y')) expect(read(text).state).toBe('complete');
    if (name.startsWith('n')) expect(read(text).state).toBe('invalid');
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const bytewise = Array.from(bytes, (byte) => decoder.decode(Uint8Array.of(byte), { stream: true }));
    expect(isAsParsed(read([...bytewise, decoder.decode()]), text) || tooDeep.has(name)).toBe(true);
  });

  test.each(suite)('are never wrong on the way: $name', ({ name, text }) => {
    const whole = parsed(text);
    const json = new PartialJson();
    // Two files are nothing but nesting, far deeper than is accepted: of these a sample.
    const step = text.length > 2_000 ? Math.ceil(text.length / 200) : 1;
    for (let place = 0; place < text.length; place += step) {
      const prefix = text.slice(0, place);
      if (!tooDeep.has(name)) expect(isAsParsed(read([prefix]), prefix), prefix).toBe(true);
      if (whole !== undefined && !name.includes('duplicated')) expect(isPartOf(json.value, whole.value)).toBe(true);
      json.push(text.slice(place, place + step));
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('R13: random JSON', () => {
  const places = fc.array(fc.nat(), { maxLength: 8 });

  test('is what JSON.parse says, wherever it is cut', () => {
    fc.assert(
      fc.property(jsonTexts, places, (text, cuts) => isAsParsed(read(piecesOf(text, cuts)), text)),
      { numRuns: scaled(10_000), seed: seed() },
    );
  });

  test('shows nothing on the way that is not in the end', () => {
    const isRightAllTheWay = (text: string): boolean => {
      const whole: unknown = JSON.parse(text);
      const json = new PartialJson();
      return Array.from({ length: text.length }, (_, at) => {
        json.push(text.charAt(at));
        return isPartOf(json.value, whole);
      }).every(Boolean);
    };
    fc.assert(
      fc.property(
        fc.json({ stringUnit: 'binary' }).filter((text) => !saysBackslash(text)),
        isRightAllTheWay,
      ),
      {
        numRuns: scaled(5_000),
        seed: seed(),
      },
    );
  });

  test('is exact when JavaScript would write the same tokens', () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(jsonTexts, (text) => {
        const isExact = isDeepStrictEqual(tokensOf(JSON.stringify(JSON.parse(text))), tokensOf(text));
        seen.add(isExact);
        return read([text]).exact === isExact;
      }),
      { numRuns: scaled(10_000), seed: seed() },
    );
    expect(seen.size).toBe(2);
  });

  test('R12: with mistakes in it is invalid exactly when JSON.parse refuses it', () => {
    const next = random();
    const texts = [...fc.sample(jsonTexts, { numRuns: 300, seed: seed() }), ...suite.map(({ text }) => text)].filter(
      (text) => text.length < 500,
    );
    const marks = [
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '-',
      '0',
      '1',
      '.',
      'e',
      'u',
      't',
      ' ',
      '\n',
      '\u0000',
      '\ud83d',
    ];
    const pick = <Item>(items: readonly Item[]) => items[Math.floor(next() * items.length)];
    for (let round = 0; round < scaled(10_000); round++) {
      let text = pick(texts) ?? '';
      for (let change = 0; change <= next() * 3; change++) {
        const at = Math.floor(next() * (text.length + 1));
        text = text.slice(0, at) + pick(marks) + text.slice(at + Math.floor(next() * 3));
      }
      if (!saysBackslash(text)) expect(isAsParsed(read(text), text), JSON.stringify(text)).toBe(true);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
