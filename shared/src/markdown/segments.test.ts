/** A text is taken apart the same way however it comes, and nothing of it is lost. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdownPlaces, markdownSeeds } from '../../../test/harness/markdownSeeds.ts';
import { random, sample, scaled, seed } from '../../../test/harness/scale.ts';
import { inertBlocks } from '../markdown.ts';
import { createSegments, type Segment } from './segments.ts';

const documents = ['README.md', 'ARCHITECTURE.md', 'docs/chat.md'].map((name) =>
  readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8'),
);

function taken(...chunks: readonly string[]): readonly Segment[] {
  const segments = createSegments();
  for (const chunk of chunks) segments.append(chunk);
  return segments.all;
}

/** All but how often it has changed. */
function plain(segments: readonly Segment[]): unknown {
  return segments.map(({ version: _, cut, ...segment }) => ({ ...segment, cut: [...cut] }));
}

function expectSame(text: string, cuts: readonly number[]): void {
  const places = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].sort((a, b) => a - b);
  const chunks = places.slice(1).map((place, index) => text.slice(places[index], place));
  expect(plain(taken(...chunks)), JSON.stringify(chunks)).toEqual(plain(taken(text)));
}

const pieces = fc.constantFrom(
  ...[
    'a b',
    '*c*',
    '\n',
    '\n',
    '\n\n',
    '\r\n',
    '```',
    '```ts\n',
    '~~~\n',
    '``',
    '`',
    '- ',
    '\n- ',
    '1. ',
    '    ',
    '  ',
  ],
  ...[
    '\t',
    '> ',
    '# h\n',
    '| a |\n|---|\n',
    '<!--',
    '-->',
    '[r]: /u\n',
    '===\n',
    '---\n',
    '\n  x',
    '\n    y',
    '😀',
    '\r',
  ],
);

test('any chunking of a text gives the same pieces as the whole text', () => {
  const texts = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));
  fc.assert(fc.property(texts, fc.array(fc.nat(400), { maxLength: 30 }), expectSame), {
    seed: seed(),
    numRuns: scaled(20_000),
  });
});

test('documents come the same way letter by letter', () => {
  const next = random();
  for (const text of [...documents.map((document) => document.slice(0, 4_000)), ...sample(markdownSeeds)]) {
    expectSame(
      text,
      Array.from({ length: text.length }, (_, index) => index),
    );
    expectSame(
      text,
      Array.from({ length: 20 }, () => Math.floor(next() * text.length)),
    );
  }
});

test('nothing is lost', () => {
  for (const text of documents) {
    const lines = taken(text).flatMap((segment) =>
      segment.kind === 'code' ? ['```', ...segment.lines, '```'] : segment.lines,
    );
    const without = (all: readonly string[]) =>
      all.filter((line) => !/^\s*(?:```.*)?$/.test(line)).map((line) => line.trim());
    expect(without(lines)).toEqual(without(text.split('\n')));
  }
});

test('the pieces of a document are the blocks of the document', () => {
  for (const text of documents) {
    const whole = inertBlocks(text)?.map(({ type }) => type);
    const apart = taken(text).flatMap((segment) =>
      segment.kind === 'code' ? ['code'] : (inertBlocks(segment.lines.join('\n')) ?? []).map(({ type }) => type),
    );
    expect(apart.filter((type, index) => type !== 'list' || apart[index - 1] !== 'list')).toEqual(whole);
  }
});

test.each([
  ['a list goes on beyond blank lines', '- a\n\n- b\n\n  c\n\nd', ['markdown', 'markdown']],
  ['code in a list belongs to it', '1. a\n\n   ```ts\n   x\n   ```\n\n2. b', ['markdown']],
  ['code ends only at its own mark', '````\n```\n\nx\n````\ny', ['code', 'markdown']],
  ['code needs no blank line before it', 'a\n```\nb\n```', ['markdown', 'code']],
  ['inline marks open no code', '``` a ``` b\n\nc', ['markdown', 'markdown']],
  ['indented code goes on beyond blank lines', '    a\n\n    b\n\nc', ['markdown', 'markdown']],
])('%s', (_name, text, kinds) => {
  expect(taken(text).map(({ kind }) => kind)).toEqual(kinds);
});

test('R14: code that grows only grows: what was there of it stays the same lines', () => {
  const segments = createSegments();
  segments.append('```ts\n');
  const [code] = segments.all;
  for (let line = 0; line < 1_000; line += 1) segments.append(`line ${line}\n`);
  expect(segments.all).toEqual([code]);
  expect(code?.lines.length).toBe(1_000);
  expect(code?.isOpen).toBe(true);
  segments.append('```\n');
  expect(code?.isOpen).toBe(false);
});

test('what is too large for one piece is plain or goes on in another one, and long lines are cut between letters', () => {
  expect(taken('word '.repeat(3_000)).map(({ kind }) => kind)).toEqual(['plain']);
  const list = taken('- one item of many\n'.repeat(2_000));
  expect(list.length).toBeGreaterThan(5);
  expect(Math.max(...list.map(({ length }) => length))).toBeLessThan(5_000);
  const [long] = taken(`\`\`\`\n${'😀'.repeat(50_000)}\n\`\`\``);
  expect(long?.cut.size).toBe(long === undefined ? -1 : long.lines.length - 1);
  expect(long?.lines.join('')).toBe('😀'.repeat(50_000));
});

test('S20: no piece of a payload is more than inert', () => {
  const inert = new Set(
    'paragraph heading blockquote list listItem table tableRow tableCell code thematicBreak text inlineCode emphasis strong delete break'.split(
      ' ',
    ),
  );
  const typesIn = (node: { readonly type: string; readonly children?: readonly never[] }): readonly string[] => [
    node.type,
    ...(node.children ?? []).flatMap(typesIn),
  ];
  for (const payload of sample(markdownSeeds))
    for (const place of markdownPlaces)
      for (const { kind, lines } of taken(place(payload)))
        if (kind === 'markdown')
          for (const type of (inertBlocks(lines.join('\n')) ?? []).flatMap((block) => typesIn(block as never)))
            expect(inert, payload).toContain(type);
});
