/** Settings of the connection: whatever stands there, the answer is usable and says what was left out. */
import { expect, test } from 'vitest';
import { Connection } from '#shared/connection.ts';
import { words } from '../../test/harness/words.ts';
import { connectionSettings, defaultBaseUrl, originOf, type RawSettings } from './connectionSettings.ts';

const usual = { baseUrl: defaultBaseUrl, headers: {}, problems: [] };

test.each<[string, RawSettings, object]>([
  ['nothing set', {}, usual],
  ['empty texts', { baseUrl: '', proxy: '', extraCaCertificates: '', headers: {} }, usual],
  ['a gateway', { baseUrl: ' https://gateway.example/v1 ' }, { ...usual, baseUrl: 'https://gateway.example/v1' }],
  [
    "the editor's proxy",
    { editorProxy: 'http://p:1', editorNoProxy: ['a', 1, ''] },
    { ...usual, proxy: 'http://p:1', noProxy: ['a'] },
  ],
  ["the editor's proxy switched off", { editorProxy: 'http://p:1', editorProxySupport: 'off' }, usual],
  ['a proxy of our own', { proxy: 'http://q:2', editorProxy: 'http://p:1' }, { ...usual, proxy: 'http://q:2' }],
  ['certificates', { extraCaCertificates: '/etc/ca.pem' }, { ...usual, caFile: '/etc/ca.pem' }],
  ['certificates on Windows', { extraCaCertificates: 'C:\\ca.pem' }, { ...usual, caFile: 'C:\\ca.pem' }],
  ['headers', { headers: { 'x-team': 'a b' } }, { ...usual, headers: { 'x-team': 'a b' } }],
])('with %s', (_name, raw, expected) => {
  expect(connectionSettings(raw, words)).toEqual(expected);
});

test.each<[RawSettings, string]>([
  [{ extraCaCertificates: 'ca.pem' }, 'gloss.extraCaCertificates is not an absolute path'],
  [{ baseUrl: 7 }, 'gloss.baseUrl is not a plain text'],
  [{ proxy: 'http://p\nx' }, 'gloss.proxy is not a plain text'],
  [{ headers: [] }, 'gloss.headers is not a list of names and values'],
  [{ headers: { 'a b': 'x' } }, 'The header a b in'],
  [{ headers: { a: 'x\r\ny: z' } }, 'The header a in'],
  [{ headers: { 'X-Api-Key': 'sk-ant-secret' } }, 'The header X-Api-Key in'],
  [{ headers: { a: 1 } }, 'The header a in'],
])('%o is told and left out', (raw, problem) => {
  const { problems, ...values } = connectionSettings(raw, words);
  expect(problems.join(' ')).toContain(problem);
  expect(problems.join(' ')).not.toContain('sk-ant-secret');
  expect({ ...values, problems: [] }).toEqual(usual);
});

const odd: readonly unknown[] = [
  undefined, null, true, Number.NaN, -1, 1e30, '', ' ', '\n', '\0', '\u202e', 'x'.repeat(1_000_000), [], [[]], [null], {}, { a: {} },
  { toString: 1 }, () => 1, Symbol('x'), 10n, 'relative', 'http://user:pass@h/', JSON.parse('{"__proto__":{"x":"y"}}'),
]; // biome-ignore format: a list of odd things

test.each(['baseUrl', 'extraCaCertificates', 'headers', 'proxy', 'editorProxy', 'editorNoProxy', 'editorProxySupport'])(
  'R42: whatever %s is, the answer fits the protocol',
  (name) => {
    for (const value of odd) {
      const { problems, ...values } = connectionSettings({ [name]: value }, words);
      const answer = { ...values, environmentKeyAllowed: false, trusted: true };
      expect(Connection.safeParse(answer).error).toBeUndefined();
      expect(problems.length).toBeLessThanOrEqual(2);
    }
  },
);

test.each([
  ['https://api.anthropic.com', 'https://api.anthropic.com'],
  ['https://API.anthropic.com:443/v1', 'https://api.anthropic.com'],
  ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080'],
  ['file:///etc/passwd', undefined],
  ['not a url', undefined],
  ['', undefined],
])('S1: the key for %s belongs to %s', (baseUrl, origin) => {
  expect(originOf(baseUrl)).toBe(origin);
});
