/** S12: a text that is looked at in parts, and only where it changed, leaves as if it were looked at as a whole. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { canaries, canaryEncodings } from '../../../test/harness/canaries.ts';
import { random, scaled } from '../../../test/harness/scale.ts';
import { createCleanParts } from './cleanParts.ts';
import { cleanText, createTextFilter } from './filter.ts';

const folder = import.meta.dirname;
const code = ['outgoing.ts', 'ignoreFiles.ts', 'receipts.ts', 'mayLeave.ts', 'spend.ts']
  .map((name) => readFileSync(path.join(folder, name), 'utf8'))
  .join('\n');
const same = (text: string) => text;

test('S12: cleaned in parts equals cleaned whole, while secrets come, are cut, wrapped and moved', () => {
  const chance = random();
  const below = (end: number) => Math.floor(chance() * end);
  const encodings = Object.values(canaryEncodings);
  let replaced = 0;
  for (const { snippet } of canaries(scaled(200), chance)) {
    const clean = createTextFilter(same, () => 0);
    let start = below(code.length - 12_000);
    let text = code.slice(start, start + 8_500);
    const encode = encodings[below(encodings.length)] ?? same;
    let rest = chance() < 0.5 ? snippet : encode(snippet);
    for (let key = 0; key < 8; key++) {
      // The secret comes piece by piece, most often at one place, else anywhere; the window moves meanwhile.
      const piece = rest.slice(0, 1 + below(rest.length));
      rest = rest.slice(piece.length) || snippet;
      const at = key % 3 === 2 ? below(text.length) : 4_000 + below(3) * 800;
      text = text.slice(0, at) + piece + text.slice(at);
      if (chance() < 0.3) text = text.slice(below(300));
      if (chance() < 0.3) {
        start = below(code.length - 300);
        text += code.slice(start, start + 300);
      }
      const whole = cleanText(text, same);
      replaced += whole.replaced.length;
      expect(clean(text)).toEqual(whole);
    }
  }
  expect(replaced).toBeGreaterThan(0);
}, 200_000);

test('S12: a private key that begins in one part and ends in another is found', () => {
  const line = `${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'.repeat(2)}\n`;
  const around = code.slice(0, 3_000);
  const text = `${around}\n-----BEGIN PRIVATE KEY-----\n${line.repeat(60)}-----END PRIVATE KEY-----\n${around}`;
  const clean = createTextFilter(same, () => 0);
  expect(clean(around + around)).toEqual({ text: around + around, replaced: [] });
  expect(clean(text)).toEqual(cleanText(text, same));
  expect(clean(text).text).not.toContain(line);
});

test('of a text that grew by a key only what is around that key is looked at again', () => {
  let looked = 0;
  const parts = createCleanParts((text) => {
    looked += text.length;
    return true;
  });
  const text = code.replaceAll(/.*[A-Za-z0-9+/_=-]{20}.*\n/g, '').slice(0, 9_000);
  expect(parts.isClean(text)).toBe(true);
  looked = 0;
  expect(parts.isClean(`${text.slice(0, 5_000)}x${text.slice(5_000)}`)).toBe(true);
  expect(looked).toBeGreaterThan(0);
  expect(looked).toBeLessThan(text.length * 0.75);
});
