/** Which hosts are reached without the proxy, and which proxies can be used. */
import { expect, test } from 'vitest';
import { isDirect, proxyOf } from './proxy.ts';

test.each<[string, string, boolean]>([
  ['https://example.org', 'example.org', true],
  ['https://api.example.org', 'example.org', true],
  ['https://badexample.org', 'example.org', false],
  ['https://example.org.evil.test', 'example.org', false],
  ['https://api.example.org', '.example.org', true],
  ['https://api.example.org', '*.example.org', true],
  ['https://API.example.org', ' Example.ORG ', true],
  ['https://example.org', 'example.org:443', true],
  ['https://example.org', 'example.org:8443', false],
  ['https://example.org:8443', 'example.org:8443', true],
  ['http://127.0.0.1:80', '127.0.0.1', true],
  ['http://127.0.0.1', '27.0.0.1', false],
  ['http://10.1.2.3', '10.0.0.0/8', true],
  ['http://11.1.2.3', '10.0.0.0/8', false],
  ['http://10.1.2.3', '10.1.2.3/32', true],
  ['http://10.1.2.3', '0.0.0.0/0', true],
  ['http://10.1.2.3', '10.0.0.0/33', false],
  ['http://10.1.2.3', '10.0.0.0/', false],
  ['http://example.org', '10.0.0.0/8', false],
  ['http://[::1]:8080', '::1', true],
  ['http://[::1]:8080', '[::1]', true],
  ['http://[::1]:8080', '[::1]:8080', true],
  ['http://[::1]:8080', '[::1]:80', false],
  ['https://example.org', '*', true],
  ['https://example.org', '', false],
])('%s with the exception %j is direct: %s', (origin, entry, direct) => {
  expect(isDirect(origin, [entry])).toBe(direct);
});

test('without exceptions nothing is direct', () => {
  expect(isDirect('http://localhost', [])).toBe(false);
});

test.each([
  ['http://proxy:8080', 'http://proxy:8080', undefined],
  ['https://proxy', 'https://proxy', undefined],
  ['http://user@proxy', 'http://proxy', 'user:'],
  ['http://us%40er:p%3Aw@proxy/', 'http://proxy', 'us@er:p:w'],
])('%s is spoken to at %s', (text, origin, credentials) => {
  const authorization = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
  expect(proxyOf(text)).toMatchObject({ origin, authorization });
});

test.each(['proxy', '', 'socks5://proxy', 'http://', 'http://user:100%@proxy'])('%j is refused', (text) => {
  expect(() => proxyOf(text)).toThrow(/^The proxy in the settings/);
});
