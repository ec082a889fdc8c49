/** How mentions are spelled: this table is their definition. */
import { expect, test } from 'vitest';
import { type Meant, mentionsIn } from './mentions.ts';

const path = (name: string, first?: number, last = first): Meant =>
  first === undefined || last === undefined
    ? { kind: 'path', path: name }
    : { kind: 'path', path: name, lines: { first, last } };

test.each<[text: string, ...meant: Meant[]]>([
  ['@src/a.ts', path('src/a.ts')],
  ['Look at @src/a.ts, then at (@b.ts).', path('src/a.ts'), path('b.ts')],
  ['@src/a.ts#L5', path('src/a.ts', 4)],
  ['@src/a.ts#L5-10', path('src/a.ts', 4, 9)],
  ['@src/a.ts#L5-L10.', path('src/a.ts', 4, 9)],
  ['@src/a.ts#L10-5', path('src/a.ts', 4, 9)],
  ['@src/a.ts#L0', path('src/a.ts', 0)],
  ['@src/a.ts:5', path('src/a.ts', 4)],
  ['@src/a.ts:5-10', path('src/a.ts', 4, 9)],
  ['@src/a.ts:', path('src/a.ts')],
  ['@src/', path('src/')],
  ['@./problems', path('./problems')],
  ['@/tmp/a.ts', path('/tmp/a.ts')],
  ['@../a.ts', path('../a.ts')],
  ['@"a b.ts"', path('a b.ts')],
  ['@"a b.ts"#L2-3', path('a b.ts', 1, 2)],
  ['@"a b.ts#L2"', path('a b.ts', 1)],
  ['@app/[id]/(group)/page.tsx', path('app/[id]/(group)/page.tsx')],
  ['[@app/[id]]', path('app/[id]')],
  ['@größe/日本.ts', path('größe/日本.ts')],
  ['@.env', path('.env')],
  ['@a@b.ts', path('a@b.ts')],
  ['@symbol:total', { kind: 'symbol', name: 'total' }],
  ['@symbol:Cart.total?', { kind: 'symbol', name: 'Cart.total' }],
  ['@symbol:src/a.ts#total', { kind: 'symbol', path: 'src/a.ts', name: 'total' }],
  [
    '@problems, @changes; @selection @terminal!',
    { kind: 'problems' },
    { kind: 'changes' },
    { kind: 'selection' },
    { kind: 'terminal' },
  ],
  ['@a.ts @a.ts', path('a.ts')],
  ['**@a.ts**', path('a.ts')],
  // Nothing is mentioned by these.
  ['me@example.com and git@host:repo'],
  ['@ alone, @@ twice, @, @"", @"'],
  ['`@a.ts` and ``@b.ts ` @c.ts``'],
  ['```ts\n@Injectable()\nclass A {}\n```\nafter'],
  ['~~~\n@a.ts\n~~~'],
  ['```\n@a.ts without an end'],
])('%s', (text, ...meant) => {
  expect(mentionsIn(text).map((one) => one.meant)).toEqual(meant);
});

test('as it is written, with its lines, and in the order of the text', () => {
  expect(mentionsIn('See @b.ts:3-4. And @"a b"#L1!').map(({ written }) => written)).toEqual(['@b.ts:3-4', '@"a b"#L1']);
});

test('S41: a long text is read in time linear in its length, and no more than 50 mentions in it', () => {
  for (const text of [
    '@a'.repeat(100_000),
    '`'.repeat(200_000),
    '@"'.repeat(100_000),
    '@(((('.repeat(50_000),
    '```\n'.repeat(50_000),
  ])
    expect(mentionsIn(text).length).toBeLessThanOrEqual(50);
  expect(mentionsIn(Array.from({ length: 500 }, (_, at) => `@f${at}.ts`).join(' '))).toHaveLength(50);
});
