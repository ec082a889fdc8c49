/** S12: what was taken out before sending is put back where the model writes its placeholder, and is never written over. */
import { describe, expect, test } from 'vitest';
import { cpuTime } from '../../../../test/harness/cpuTime.ts';
import { cleanText } from '../../egress/filter.ts';
import { createKeyRedactor } from '../../egress/keyRedactor.ts';
import { restorerOf } from './secrets.ts';

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ456789';
const other = 'ghp_9876543210abcdefghijABCDEFGHIJ456789';

/** The restorer of a text, and the text as it left. */
function sent(text: string, key = '') {
  const redactor = createKeyRedactor();
  redactor.add(key);
  const cleaned = cleanText(text, redactor.clean).text;
  return { cleaned, ...restorerOf(text.split('\n'), cleaned.split('\n')) };
}

describe('S12: a text that comes back unchanged is the text that was there', () => {
  test.each([
    ['one token', `const t = '${token}';`],
    ['two tokens in a line', `use('${token}', '${other}');`],
    ['one token twice', `use('${token}', '${token}');`],
    ['a password', 'const config = { password: "tr0ub4dor&3", user: "me" };'],
    ['hidden characters', 'const a\u200bb = 1; // \u202e\u{e0041}\u{e0042}'],
    ['a token and a hidden character', `const t = '${token}'; // \u200b`],
    ['nothing', 'const a = map[key];'],
  ])('%s', (_what, text) => {
    const { cleaned, restore, unknownIn } = sent(text);
    expect(restore(cleaned)).toBe(text);
    expect(unknownIn(cleaned)).toBeUndefined();
  });
});

test('S12: placeholders keep their secrets in another order, and apart', () => {
  const { cleaned, restore } = sent(`use('${token}', '${other}');`);
  const [first = '', second = ''] = cleaned.match(/\[secret[^\]]+\]/g) ?? [];
  expect(restore(`use("${second}", "${first}");\nlog("${first}")`)).toBe(
    `use("${other}", "${token}");\nlog("${token}")`,
  );
});

describe('S12: what could stand for two things is not written', () => {
  test('each line of a private key has the same placeholder', () => {
    const lines = [
      '-----BEGIN PRIVATE KEY-----',
      'MIIEvQIBADANBgkqhkiG9w0B',
      'AQEFAASCBKcwggSjAgEAAoIB',
      '-----END PRIVATE KEY-----',
    ];
    const { cleaned, unknownIn } = sent(lines.join('\n'));
    expect(cleaned).toContain('[secret:private-key:1]');
    expect(unknownIn(cleaned.split('\n')[1] ?? '')).toBe('[secret:private-key:1]');
  });

  test('a file that says the placeholder itself', () => {
    const { unknownIn } = sent(`const t = '${token}';\n// like [secret:github-token:1]`);
    expect(unknownIn('x = "[secret:github-token:1]"')).toBe('[secret:github-token:1]');
  });

  test('two secrets with nothing between them', () => {
    const { unknownIn, restore } = restorerOf(['x = AABB'], ['x = [secret:a:1][secret:b:1]']);
    expect(unknownIn('[secret:a:1]')).toBe('[secret:a:1]');
    expect(restore('[secret:a:1]')).toBe('[secret:a:1]');
  });

  test('two secrets, and what is between them also in one of them', () => {
    const { unknownIn } = restorerOf(['x = A-B-C'], ['x = [secret:a:1]-[secret:b:1]']);
    expect(unknownIn('[secret:b:1]')).toBe('[secret:b:1]');
  });

  test('the key in use: its placeholder reads like code, and the key comes nowhere else', () => {
    const key = 'sk-ant-api03-canary-0123456789';
    const { cleaned, restore, unknownIn } = sent(`const k = '${key}';\nconst v = 1;`, key);
    expect(cleaned).not.toContain(key);
    expect(unknownIn("const k = '[key]'; // mine")).toBe('[key]');
    expect(restore('return map[key];')).toBe('return map[key];');
  });

  test('a line that does not fit what left', () => {
    const { unknownIn } = restorerOf(['something else'], ['x = [secret:a:1]']);
    expect(unknownIn('[secret:a:1]')).toBe('[secret:a:1]');
  });
});

test('where nothing was taken out, placeholders are the file’s own', () => {
  const { restore, unknownIn } = sent('a [secret:x:1] and [key] and ⟨U+200B⟩');
  expect(restore('[secret:x:1] ⟨U+200B⟩ [key]')).toBe('[secret:x:1] ⟨U+200B⟩ [key]');
  expect(unknownIn('[secret:x:1] ⟨U+200B⟩ [key]')).toBeUndefined();
});

test('a placeholder that nobody sent stays as it is', () => {
  expect(sent(`const t = '${token}';`).restore('[secret:npm-token:7]')).toBe('[secret:npm-token:7]');
});

test('a line of very many placeholders that do not fit is read at once', () => {
  const cleaned = Array.from({ length: 200 }, (_, index) => `[secret:a:${index}]`).join('","');
  const original = `${'x","'.repeat(4_000)}!`;
  const before = cpuTime();
  restorerOf([original], [`${cleaned}?`]);
  expect(cpuTime() - before).toBeLessThan(200);
});
