/** S32: secrets are taken out of text, also those that come later and those that are cut. */
import { describe, expect, test } from 'vitest';
import { createScrub, hideTokens } from './secrets.ts';

const long = (letter: string, length: number) => `sk-${letter.repeat(length)}`;

describe('a scrub', () => {
  test('takes out what it learns, from then on', () => {
    const scrub = createScrub(['sk-first']);
    expect(scrub('sk-first sk-later')).toBe('[key] sk-later');
    scrub.learn('sk-later');
    expect(scrub('sk-first sk-later')).toBe('[key] [key]');
  });

  test('remembers the 32 newest and those it was made with', () => {
    const scrub = createScrub(['sk-made-with']);
    for (let index = 0; index < 40; index++) scrub.learn(`sk-${index}-x`);
    expect(scrub('sk-7-x sk-8-x sk-39-x sk-made-with')).toBe('sk-7-x [key] [key] [key]');
  });

  test('remembers longest what it was told last, also when it was told before', () => {
    const scrub = createScrub([]);
    for (let index = 0; index < 40; index++) {
      scrub.learn('sk-often');
      scrub.learn(`sk-${index}-x`);
    }
    expect(scrub('sk-often')).toBe('[key]');
  });

  test.each([20, 21, 22])('takes out a secret of %i letters in Base64 to its last character', (length) => {
    const secret = long('x', length - 3);
    const scrub = createScrub([secret]);
    for (const encoding of ['base64', 'base64url'] as const) {
      const text = Buffer.from(secret).toString(encoding);
      expect(scrub(`${text} ${text.replace(/=+$/, '')}.`)).toBe('[key] [key].');
      expect(scrub(Buffer.from(`:${secret}`).toString(encoding))).toMatch(/^..\[key\]$/);
    }
  });

  test('takes out a secret that has another one in it as a whole', () => {
    const scrub = createScrub(['sk-one']);
    scrub.learn('sk-one-and-more');
    expect(scrub('sk-one-and-more sk-one')).toBe('[key] [key]');
  });

  test.each([10, 100, 5_000, 16_000, 40_000])(
    'shows no part of secrets of %i letters, wherever the text is cut',
    (length) => {
      const scrub = createScrub([]);
      scrub.learn(long('x', length));
      for (const before of [0, 390, 25_600 - length, 25_590, 25_599])
        for (const text of [' '.repeat(Math.max(0, before)), `${long('x', length)} `.repeat(4)])
          expect(scrub(`${text}${long('x', length)} ${long('x', length)} ${'y'.repeat(30_000)}`)).not.toMatch(/xx/);
    },
  );

  test('ignores what cannot be a secret, and takes any text', () => {
    const scrub = createScrub(['\ud800-broken', 'abc', '']);
    scrub.learn('z'.repeat(70_000));
    scrub.learn('\udfff-also-broken');
    expect(scrub('abc zzzz')).toBe('abc zzzz');
  });
});

test.each([
  ['bad key sk-ant-api03-abcdef0123456789', 'bad key [key]'],
  ['Authorization: Bearer hunter2', 'Authorization: Bearer [key]'],
  ['{"key":"c2VjcmV0LzEyMzQ1Njc4"}', '[key]'],
  [
    "ENOENT: no such file, open '/home/me/.config/op/config.json'",
    "ENOENT: no such file, open '/home/me/.config/op/config.json'",
  ],
  ['see https://vault.example/v1/a for 12 more', 'see https://vault.example/v1/a for 12 more'],
  ['GET https://a.example/sk-canary-0123456789/x', 'GET https://a.example/[key]/x'],
  ['AuthenticationProviderUnavailableException', 'AuthenticationProviderUnavailableException'],
  ['ended with code 3 after 1200 ms', 'ended with code 3 after 1200 ms'],
])('what looks like a key is hidden: %s', (text, shown) => {
  expect(hideTokens(text)).toBe(shown);
});
