/** S12: no secret leaves, in whatever way it is written; ordinary code leaves as it is. */
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Canary, canaries, canaryEncodings, canaryKinds } from '../../../test/harness/canaries.ts';
import { random, scaled, seed } from '../../../test/harness/scale.ts';
import { redactSecrets } from './redact.ts';

const before = 'import { a } from "./a.ts";\n\nexport function total(items: readonly Item[]): number {\n';
const after = '\n  return items.reduce((sum, item) => sum + item.price, 0);\n}\n// done\n';

/** The text as it would leave with the piece in the middle of some code. */
function sent(piece: string): string {
  const { text } = redactSecrets(before + piece + after);
  expect(text.split('\n').length, piece).toBe((before + piece + after).split('\n').length);
  expect(text.startsWith(before) && text.endsWith(after), `the code around: ${text}`).toBe(true);
  return text;
}

/** Ten letters of the secret, or of what was made of it, that are still there. */
function leak(text: string, secret: string, encode: (text: string) => string = String): string | undefined {
  const ends = [secret.slice(0, 10), secret.slice(-10)];
  return [...ends, ...ends.map(encode)].find((piece) => text.includes(piece));
}

const chosen = canaries(Math.max(scaled(200), canaryKinds), random());

test('S12: the canaries are there', () => {
  expect(canaryKinds).toBeGreaterThanOrEqual(70);
  expect(Object.keys(canaryEncodings)).toHaveLength(8);
  for (const { kind, secret, snippet } of chosen)
    expect(kind === 'private key on one line' || snippet.includes(secret), kind).toBe(true);
});

/** The encodings in which what stands around the secret may stay. */
const letterByLetter: ReadonlySet<string> = new Set(['plain', 'percent', 'JSON escapes', 'HTML entities']);

test.each(Object.keys(canaryEncodings))('S12: no canary leaves in %s', (name) => {
  const encode = canaryEncodings[name] ?? String;
  for (const { kind, secret, snippet } of chosen) {
    const text = sent(encode(snippet));
    const pieces = letterByLetter.has(name) ? encode : () => encode(snippet).slice(20, 60);
    expect(leak(text, secret, pieces), `${kind}: ${encode(snippet)} became ${text}`).toBeUndefined();
  }
});

/** Those that are recognised by themselves, not by what stands around them. */
const alone = chosen.filter(
  ({ secret, snippet }) => redactSecrets(secret).found.length > 0 && !snippet.startsWith('-----'),
);

test.each(Object.keys(canaryEncodings))(
  'S12: no token leaves that is written in %s alone, in quotes, in an address or in a longer piece',
  (name) => {
    const encode = canaryEncodings[name] ?? String;
    expect(alone.length).toBeGreaterThan(30);
    for (const { kind, secret } of alone) {
      for (const place of [
        (text: string) => `x = '${text}';`,
        (text: string) => `https://a.example/${text}/b`,
        (text: string) => `- ${text}`,
      ]) {
        const text = sent(place(encode(secret)));
        expect(leak(text, secret, encode), `${kind}: ${place(encode(secret))} became ${text}`).toBeUndefined();
      }
    }
  },
);

test('S12: no canary leaves within an encoded file, wherever it starts in it', () => {
  for (const { kind, secret, snippet } of chosen) {
    for (const start of ['', '\n', 'a\n', 'ab\n', '{"name":"x",\n']) {
      for (const encoding of ['base64', 'hex'] as const) {
        const written = Buffer.from(`${start}${snippet}\nmore of the file`).toString(encoding);
        expect(
          leak(sent(`const file = '${written}';`), secret, () => written.slice(30, 60)),
          `${kind} in ${encoding}`,
        ).toBeUndefined();
      }
    }
  }
});

test('S12: no canary leaves in Base64 that is wrapped like mail', () => {
  for (const { kind, secret, snippet } of chosen) {
    const written = Buffer.from(
      `From: a\n\n${snippet}\nmore of the file, so that there are several lines of it`,
    ).toString('base64');
    const wrapped = written.replace(/.{76}/g, '$&\n');
    expect(
      leak(sent(wrapped), secret, () => wrapped.slice(0, 20)),
      kind,
    ).toBeUndefined();
  }
});

test('S12: no canary leaves that is escaped twice', () => {
  for (const { kind, secret, snippet } of chosen) {
    const text = sent(JSON.stringify(JSON.stringify({ file: snippet })));
    expect(leak(text, secret), `${kind}: ${text}`).toBeUndefined();
  }
});

test('S12: several canaries in one text are all replaced', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...chosen), { minLength: 2, maxLength: 8 }), (some: readonly Canary[]) => {
      const text = sent(some.map(({ snippet }) => snippet).join('\n\n'));
      for (const { kind, secret } of some) expect(leak(text, secret), `${kind}: ${text}`).toBeUndefined();
    }),
    { seed: seed(), numRuns: scaled(500) },
  );
});

test('the same secret has the same placeholder, other ones have others', () => {
  const [one, two] = ['ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6', 'ghp_zY8xW7vU6tS5rQ4pO3nM2lK1jI0hG9fE8dC7'];
  const { text, found } = redactSecrets(`${one} ${two} ${one} ${Buffer.from(one).toString('base64')}`);
  expect(text).toBe('[secret:github-token:1] [secret:github-token:2] [secret:github-token:1] [secret:github-token:1]');
  expect(found).toEqual([
    { kind: 'github-token', placeholder: '[secret:github-token:1]' },
    { kind: 'github-token', placeholder: '[secret:github-token:2]' },
  ]);
});

test('a private key keeps its lines and their indentation', () => {
  const key =
    '  -----BEGIN PRIVATE KEY-----\r\n  MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\r\n\r\n  BKcwggSjAgEAAoIBAQ==\r\n  -----END PRIVATE KEY-----';
  const line = '  [secret:private-key:1]';
  expect(redactSecrets(`a\r\n${key}\r\nb`).text).toBe(`a\r\n${[line, line, '', line, line].join('\r\n')}\r\nb`);
});

test('the end of a key at the very start of a text is a key, or nothing', () => {
  expect(redactSecrets('\nMIIEvQIBADANBgkqhkiG9w0B\n-----END PRIVATE KEY-----').text).toBe(
    '\n[secret:private-key:1]\n[secret:private-key:1]',
  );
  expect(redactSecrets('\n-----END PRIVATE KEY-----').found).toEqual([]);
  expect(redactSecrets('-----END PRIVATE KEY-----').found).toEqual([]);
});

const githubToken = 'ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6';

test.each(['', 'x', 'xy', 'xyz', 'path/'])('S12: Base64 that follows %j without a gap is searched', (start) => {
  const { text } = redactSecrets(`${start}${Buffer.from(githubToken).toString('base64')}`);
  expect(text).toBe('[secret:github-token:1]');
});

test('S12: UTF-16 in Base64, as shells take it, is searched', () => {
  expect(redactSecrets(Buffer.from(`$k = ${githubToken}`, 'utf16le').toString('base64')).text).toBe(
    '[secret:github-token:1]',
  );
});

test('S12: a token longer than any of its kind is replaced to its end', () => {
  expect(redactSecrets(`a sk-ant-${'aB3x'.repeat(500)} b`).text).toBe('a [secret:anthropic-key:1] b');
});

test('S12: of two secrets that overlap, all of both goes', () => {
  const { text, found } = redactSecrets(`password = "${githubToken}!and more"; next()`);
  expect(text).not.toContain('ghp_');
  expect(found).toHaveLength(1);
  expect(redactSecrets(`password = "${githubToken}!more"; next()`).text).toMatch(
    /^password = "\[secret:[\w-]+:1\]"; next\(\)$/,
  );
});

test('the numbers of placeholders have no gaps', () => {
  const other = githubToken.replace('aB3', 'zY8');
  expect(redactSecrets(`${githubToken} ${githubToken} ${other}`).found.map(({ placeholder }) => placeholder)).toEqual([
    '[secret:github-token:1]',
    '[secret:github-token:2]',
  ]);
});

test('redacting twice changes nothing more', () => {
  for (const { snippet } of chosen) {
    const once = redactSecrets(snippet).text;
    expect(redactSecrets(once), snippet).toEqual({ text: once, found: [] });
  }
});

test.each(['  ', '+', '-', '$ ', '12:3 error: '])(
  'S12: a line of settings is found wherever it is quoted: behind %j',
  (lead) => {
    for (const name of ['spring.datasource.password', 'DB_PASSWORD'])
      for (const end of ['', '\nnext', ' and more'])
        expect(redactSecrets(`before\n${lead}${name}=swordfishabcde${end}`).text).toBe(
          `before\n${lead}${name}=[secret:password:1]${end}`,
        );
  },
);

test('any text keeps its number of lines', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...chosen.map(({ snippet }) => snippet),
      '\n',
      '\r\n',
      '"',
      "'",
      '`',
      '%0a',
      '\\n',
      '&#10;',
      '=',
      ': ',
      'password',
      '-----BEGIN PRIVATE KEY-----',
      '-----END PRIVATE KEY-----',
    ),
    fc.string({ maxLength: 20 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const redacted = redactSecrets(text);
      expect(redacted.text.split(/\r\n|\r|\n/).length).toBe(text.split(/\r\n|\r|\n/).length);
      if (redacted.found.length === 0) expect(redacted.text).toBe(text);
    }),
    { seed: seed(), numRuns: scaled(2000) },
  );
});

test.each([
  'const id = "123e4567-e89b-12d3-a456-426614174000";',
  'commit 8f14e45fceea167a5a36dedd4bea2543b1c2d3e4',
  '"integrity": "sha512-m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw=="',
  'golang.org/x/sys v0.1.0 h1:kunALQeHf1/185U1i0GOB/fy1IPRDDpuoOOqRReG57U=',
  'color: #aabbccdd; background: rgb(1, 2, 3)',
  'function a(b,c){return b?c:d(e.f,g)}var h=i.j("k"),l=m[n]',
  '//# sourceMappingURL=index.js.map',
  '"mappings": "AAAA,SAASA,EAAMC,GAAG,OAAOA;AACA,IAAIC,EAAI,CAAC"',
  'const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";',
  'const password = process.env.DB_PASSWORD;',
  'const password = prompt("Password:");',
  'password: string; token: Token; apiKey?: string;',
  'password: "Enter your password", confirmPassword: "Confirm password"',
  '<input type="password" name="password" id="password" autocomplete="current-password">',
  'const tokens = tokenize(source); const token = tokens[0]; let secret = false;',
  'if (token.type === "identifier" || token.kind === "keyword") next();',
  'API_KEY=your-api-key-here\nPASSWORD=changeme\nTOKEN=<token>\nSECRET=${SECRET}\nKEY={{ key }}',
  'url = "postgres://${user}:${password}@${host}/db"',
  'Authorization: Bearer ${token}',
  'headers: { authorization: `Bearer ${await token()}` }',
  'pem.replace("-----BEGIN PRIVATE KEY-----", "").replace("-----END PRIVATE KEY-----", "")',
  '-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\nRTESMBAGA1UEChMJQmFsdGltb3JlMRMwEQYDVQQLEwpDeWJlclRydXN0MSIwIAYD\n-----END CERTIFICATE-----',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@host',
  'const request = "req_011CZkZaBF1tNoB5wlCeusgy", message = "msg_01XFDUDYJgAACzvnptvVoYEL";',
  'const isAuthenticated = auth.status === 200; const author = "Jane";',
  'convertUtf8ToBase64UrlSafeString(value); getElementsByTagNameNS("x")',
  'sk-fading-circle sk-circle-fade-dot-item',
  'https://github.com/user/repository/blob/main/src/components/Button.tsx#L10-L20',
  'docker pull a@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'passed: 3, failed: 0, bypass("x"), compass: "north1", passive = "a1b2"',
  '1.2.3.4:8080 user@example.com 2026-11-23T00:45:15.123Z 0xdeadbeefcafebabe',
  '',
])('S12: ordinary code leaves as it is: %j', (text) => {
  expect(redactSecrets(text)).toEqual({ text, found: [] });
});

test('S12: of real code, fewer than one line in five thousand is touched', { timeout: 120_000 }, () => {
  const modules = path.dirname(path.dirname(createRequire(import.meta.url).resolve('zod/package.json')));
  const folders = [
    'zod/src',
    'undici/lib',
    'fast-check/lib',
    'vscode-languageserver/lib',
    'mdast-util-to-markdown',
    'marked',
    'vitest/dist',
  ];
  const files = folders
    .flatMap((folder) => globSync(`${modules}/${folder}/**/*.{ts,js,mjs}`))
    .filter((file) => /[02468]\.?[^.]*\.\w+$|[a-m]\.\w+$/.test(file));
  let lines = 0;
  let touched = 0;
  for (const file of files.slice(0, scaled(3000))) {
    const text = readFileSync(file, 'utf8').slice(0, 200_000);
    const redacted = redactSecrets(text).text.split('\n');
    const original = text.split('\n');
    expect(redacted.length).toBe(original.length);
    lines += original.length;
    touched += original.filter((line, index) => line !== redacted[index]).length;
  }
  expect(lines).toBeGreaterThan(10_000);
  expect(touched * 5000, `${touched} of ${lines} lines`).toBeLessThan(lines + 5000 * 3);
});

test.each([
  ...[
    'a',
    '%',
    '\\',
    '-',
    'sk-',
    'eyJ',
    'eyJhbGciOiJI.',
    ':',
    '@',
    'http://a:',
    '=',
    'password=',
    'password="',
    'a.password=',
    'a.',
    'token: ',
    '"',
    'A1b',
    '-----BEGIN PRIVATE KEY-----\n',
  ],
  ...[
    '-----END PRIVATE KEY-----\n',
    'QUJD',
    '616263',
    '&#97;',
    '%61',
    '\\u0061',
    '\n',
    ' ',
    'server=a;',
    'authorization: ',
    'xox',
    'gl',
    'AAAA\n',
    '+',
    '=',
  ],
])('S41: a hundred thousand characters of %j are searched in a moment', { timeout: 30_000 }, (piece) => {
  const text = piece.repeat(Math.ceil(100_000 / piece.length));
  expect(redactSecrets(text).text.split('\n').length).toBe(text.split('\n').length);
});
