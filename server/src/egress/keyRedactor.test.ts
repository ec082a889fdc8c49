/** S32: a key that is known does not reach a log or an error, whatever was done to it on the way. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaled, seed } from '../../../test/harness/scale.ts';
import { createKeyRedactor } from './keyRedactor.ts';

const key = 'sk-ant-api03-Xy_9+/"q\\=Zz~ 7';

const percentAll = (text: string) => Buffer.from(text).toString('hex').replace(/../g, '%$&');
const hexEscapes = (text: string) =>
  [...text].map((letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
const unicodeEscapes = (text: string) =>
  [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const entities = (text: string) => [...text].map((letter) => `&#${letter.charCodeAt(0)};`).join('');
const base64 = (before: string) => (text: string) => Buffer.from(`${before}${text}tail`).toString('base64');
const base64url = (before: string) => (text: string) => Buffer.from(`${before}${text}`).toString('base64url');

const encodings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in JSON': (text) => JSON.stringify(text),
  'in JSON with every letter escaped': unicodeEscapes,
  'in JSON with slashes escaped': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'percent-encoded where needed': encodeURIComponent,
  'percent-encoded everywhere': percentAll,
  'percent-encoded in capitals': (text) => percentAll(text).toUpperCase(),
  'as a form field': (text) => new URLSearchParams({ text }).toString(),
  'in hexadecimal': (text) => Buffer.from(text).toString('hex'),
  'in HEXADECIMAL': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'as \\x escapes': hexEscapes,
  'as HTML entities': entities,
  'in HTML': (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;'),
  'in Base64': base64(''),
  'in Base64 after one byte': base64(':'),
  'in Base64 after two bytes': base64('x:'),
  'in Base64 after three bytes': base64('me:'),
  'in Base64 for URLs': base64url(''),
  'in Base64 for URLs after one byte': base64url(':'),
  'in Base64 for URLs after two bytes': base64url('x:'),
};

/** Five letters of the encoded key in a row, anywhere: more than chance and too much. */
function remains(clean: string, encoded: string): string | undefined {
  for (let at = 6; at + 12 <= encoded.length - 6; at++)
    if (clean.includes(encoded.slice(at, at + 6))) return encoded.slice(at, at + 6);
  return undefined;
}

test.each(Object.keys(encodings))('S32: the key %s is replaced', (name) => {
  const encoded = encodings[name]?.(key) ?? '';
  const redactor = createKeyRedactor();
  redactor.add(key);
  const clean = redactor.clean(`before ${encoded} between ${encoded}, after`);
  expect(clean).toMatch(/^before .*\[key\].* between .*\[key\].*, after$/);
  expect(remains(clean, encoded)).toBeUndefined();
});

test('S32: any key in any encoding is replaced, wherever it stands', () => {
  const character = fc.constantFrom(...'abcXYZ019-_.~+/="\\&<> é{}$^|*?()[]');
  const keys = fc.string({ unit: character, minLength: 12, maxLength: 60 }).filter((text) => text.trim() === text);
  const around = fc.string({ unit: fc.constantFrom(...'ab:/ \n"'), maxLength: 20 });
  fc.assert(
    fc.property(keys, around, around, fc.constantFrom(...Object.keys(encodings)), (secret, before, after, name) => {
      const encoded =
        encodings[name]?.([...secret].filter((letter) => letter !== 'é' || name !== 'as \\x escapes').join('')) ?? '';
      const redactor = createKeyRedactor();
      redactor.add(secret.replaceAll(name === 'as \\x escapes' ? 'é' : '\0', ''));
      const clean = redactor.clean(before + encoded + after);
      expect(clean).toContain('[key]');
      expect(clean.includes(secret)).toBe(false);
    }),
    { seed: seed(), numRuns: scaled(500) },
  );
});

test('the end of a key is not a key, and does not hide one behind it', () => {
  const redactor = createKeyRedactor();
  redactor.add('token-12345');
  expect(redactor.clean('broken-12345')).toBe('broken-12345');
  expect(redactor.clean('broken-12345 token-12345')).toBe('broken-12345 [key]');
});

test('S32: several keys, one within the other, are all replaced', () => {
  const redactor = createKeyRedactor();
  for (const secret of ['token-12345', 'token-12345-longer', 'other-secret', 'token-12345']) redactor.add(secret);
  expect(redactor.clean('token-12345-longer token-12345 other-secret token-1234')).toBe('[key] [key] [key] token-1234');
});

test('S32: a key with blanks around it is known with and without them', () => {
  const redactor = createKeyRedactor();
  redactor.add('  sk-ant-blank-key\n');
  expect(redactor.clean('header: sk-ant-blank-key.')).toBe('header: [key].');
});

test('without a key, or with too short a one, texts stay as they are', () => {
  const redactor = createKeyRedactor();
  expect(redactor.clean('anything')).toBe('anything');
  for (const secret of ['', ' ', 'abc']) redactor.add(secret);
  expect(redactor.clean('abc anything')).toBe('abc anything');
  redactor.add(key);
  expect(redactor.clean('')).toBe('');
  expect(redactor.clean('no key here, aGVsbG8gd29ybGQ=, 68656c6c6f')).toBe('no key here, aGVsbG8gd29ybGQ=, 68656c6c6f');
});

test('a long log line costs in proportion to its length', () => {
  const redactor = createKeyRedactor();
  redactor.add(key);
  redactor.add(`a${'a'.repeat(100)}b`);
  for (const text of ['s'.repeat(1_000_000), 'a'.repeat(30_000), '%73'.repeat(300_000), 'c2st'.repeat(250_000)])
    expect(redactor.clean(text)).toBe(text);
});
