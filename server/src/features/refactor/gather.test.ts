/** What an edit is asked with: the right lines, no more of them than fit, and none as they must not leave. */
import { describe, expect, test } from 'vitest';
import type { EditParams } from '#shared/edits.ts';
import { cleanText } from '../../egress/filter.ts';
import { Refusal, type Snapshot } from '../../ports.ts';
import { gather } from './gather.ts';

const uri = 'file:///w/src/a%20b.ts';
const token = 'ghp_0123456789abcdefghijABCDEFGHIJ456789';

/** Gathers for lines of a document, both counted from 0; a cursor where they are one number. */
async function gathered(text: string, at: number | readonly [number, number], more: Partial<EditParams> = {}) {
  const document: Snapshot = { uri, version: 3, languageId: 'typescript', text };
  const cleanedTexts: string[] = [];
  const [first, last] = typeof at === 'number' ? [at, at] : at;
  const result = await gather(
    {
      documents: {
        get: (asked) => (asked === uri ? document : undefined),
        recent: () => [],
        offsetAt: () => 0,
        positionAt: () => ({ line: 0, character: 0 }),
        watch() {},
      },
      trust: () => 'trusted',
      providers: {
        symbols: async () => undefined,
        definitions: async () => [],
        problems: async () => [],
        references: async () => undefined,
        hover: async () => undefined,
        allProblems: async () => undefined,
        rename: async () => undefined,
        extract: async () => undefined,
      },
      files: {
        read: async () => '',
        readBytes: async () => new Uint8Array(),
        stamp: async () => undefined,
        names: async () => [],
        kind: async () => 'file' as const,
        roots: () => [],
        place: () => ({ root: '/w', path: 'src/a b.ts' }),
        home: () => ({ root: '/w', path: 'src/a b.ts' }),
      },
      outgoing: {
        async clean(given) {
          cleanedTexts.push(given);
          return cleanText(given, (same) => same);
        },
        mayLeave: () => Promise.resolve(true),
        isDemo: () => Promise.resolve(false),
        ask: () => Promise.reject(new Error('Nothing is asked here.')),
      },
    },
    {
      action: 'simplify',
      uri,
      range: { start: { line: first, character: 0 }, end: { line: last, character: first === last ? 0 : 1 } },
      ...more,
    },
  );
  return { ...result, cleanedTexts };
}

const numbered = (count: number, width = 10) =>
  Array.from({ length: count }, (_, line) => `${line} ${'x'.repeat(width)}`).join('\n');

describe('the lines', () => {
  const code = 'function one() {\n  return 1;\n}\n\nfunction two() {\n  return 2;\n}\n';

  test('a cursor means the function around it, and the file is sent as a whole', async () => {
    const { material, span } = await gathered(code, 5);
    expect(material).toMatchObject({
      path: 'src/a b.ts',
      firstLine: 0,
      linesLeftOut: 0,
      from: 4,
      to: 6,
      symbol: 'two',
    });
    expect(material.lines).toEqual(code.split('\n'));
    expect(code.slice(span.start, span.end)).toBe('function two() {\n  return 2;\n}\n');
  });

  test('a selection means its lines, also backwards', async () => {
    const range = { start: { line: 1, character: 3 }, end: { line: 0, character: 2 } };
    const { material, span } = await gathered(code, 0, { range });
    expect([material.from, material.to]).toEqual([0, 1]);
    expect(code.slice(span.start, span.end)).toBe('function one() {\n  return 1;\n');
  });

  test.each([['\r\n'], ['\r']])('lines end with %j as well', async (end) => {
    const text = code.replaceAll('\n', end);
    const { material, span } = await gathered(text, 5);
    expect(material.lines).toEqual(code.split('\n'));
    expect(text.slice(span.start, span.end)).toBe(`function two() {${end}  return 2;${end}}${end}`);
  });

  test('a last line without its end is a line, and an empty document has one', async () => {
    expect((await gathered('a\nb', [1, 1])).span).toEqual({ start: 0, end: 3 });
    expect((await gathered('', 0)).span).toEqual({ start: 0, end: 0 });
  });

  test('to rename is the word at the cursor', async () => {
    const range = { start: { line: 1, character: 4 }, end: { line: 1, character: 4 } };
    expect((await gathered('const a = 1;\nlet total = a;', 1, { action: 'rename', range })).material.symbol).toBe(
      'total',
    );
  });
});

describe('a large file', () => {
  test('of 80,000 characters goes as a whole', async () => {
    const text = 'x'.repeat(39_999);
    expect((await gathered(`${text}\n${text}`, 0)).material.linesLeftOut).toBe(0);
  });

  test('that is larger goes with 150 lines before and behind the place', async () => {
    const { material } = await gathered(numbered(10_000), [5_000, 5_010]);
    expect(material).toMatchObject({ firstLine: 4_850, linesLeftOut: 10_000 - 311, from: 5_000, to: 5_010 });
    expect(material.lines).toHaveLength(311);
    expect(material.lines[0]).toMatch(/^4850 /);
  });

  test.each([
    ['at its beginning', 0, 0, 151],
    ['at its end', 9_999, 9_849, 151],
  ])('%s there are no lines beyond it', async (_where, line, firstLine, count) => {
    const range = { start: { line, character: 0 }, end: { line, character: 1 } };
    const { material } = await gathered(numbered(10_000), line, { range });
    expect([material.firstLine, material.lines.length]).toEqual([firstLine, count]);
  });

  test('with long lines goes as the place alone', async () => {
    const { material } = await gathered(numbered(1_000, 1_000), [500, 510]);
    expect([material.firstLine, material.lines.length]).toEqual([500, 11]);
  });

  test('with too much at the place is refused', async () => {
    const problem = await gathered(numbered(1_000, 1_000), [0, 500]).catch((error: unknown) => error);
    expect(problem).toMatchObject({ kind: 'tooLarge' });
  });
});

describe('S12: nothing leaves as it must not', () => {
  test('a secret is replaced, told, and can be put back', async () => {
    const { material, replaced, restorer } = await gathered(`const a = 1;\nconst t = '${token}';`, [0, 1]);
    expect(JSON.stringify(material)).not.toContain(token);
    expect(replaced).toEqual(['1 secret (github-token)']);
    expect(restorer.restore(material.lines[1] ?? '')).toBe(`const t = '${token}';`);
  });

  test('a private key is known also where only its middle is sent', async () => {
    const key = Array.from({ length: 20 }, (_, line) => `MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${line + 10}`);
    const lines = ['-----BEGIN PRIVATE KEY-----', ...key, '-----END PRIVATE KEY-----'];
    const before = numbered(9_000).split('\n');
    const text = [...before, ...lines, ...before].join('\n');
    const place = before.length + 10 + 150;
    const range = { start: { line: place, character: 0 }, end: { line: place, character: 1 } };
    const { material } = await gathered(text, place, { range });
    expect(material.firstLine).toBe(before.length + 10);
    expect(material.lines.join('\n')).not.toContain('MIIEvQ');
  });

  test('of a file that is too long to be cleaned around the place, the place is cleaned', async () => {
    const { cleanedTexts } = await gathered(numbered(300, 5_000), [100, 105]);
    expect(cleanedTexts.map((text) => text.split('\n').length)).toEqual([6]);
  });
});

test.each<[string, Partial<EditParams>, string]>([
  ['a document that is not open', { uri: 'file:///w/other.ts' }, 'notOpen'],
  ['R27: another version', { version: 2 }, 'changed'],
  ['a place behind the end', { range: { start: { line: 9, character: 0 }, end: { line: 9, character: 0 } } }, 'range'],
])('%s is refused', async (_what, more, kind) => {
  const problem = await gathered('a\nb', 0, more).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Refusal);
  expect(problem).toMatchObject({ kind });
});
