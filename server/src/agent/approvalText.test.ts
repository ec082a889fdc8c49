/** S17: what a person reads before they approve hides nothing, and no two calls read the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaled, seed } from '../../../test/harness/scale.ts';
import type { Effective } from '../tool.ts';
import { approvalText, foldedText, inBrief, shownOf } from './approvalText.ts';
import { hashOf } from './effectiveHash.ts';

const call = (value: string, fields: Partial<Effective> = {}): Effective => ({
  ...{ tool: 'run', effect: 'runs', title: 'Run a command', subjects: [], isRememberable: false, mustAsk: [] },
  facts: [{ name: 'Command', value }],
  ...fields,
});

test('a command reads like this', () => {
  const facts = [
    { name: 'Program', value: '/usr/bin/npm' },
    { name: 'Text', value: 'a\n  b' },
  ];
  const mustAsk = ['A shell runs it.'];
  expect(approvalText(call('', { facts, subjects: ['npm', 'test'], mustAsk }))).toMatchInlineSnapshot(`
    "Run a command

    Program: /usr/bin/npm
    Text:
      | a
      |   b
    Tool: run
    Effect: runs
    Rules look at 2 values:
      | npm
      | test
    Your answer: counts once

    - A shell runs it."
  `);
});

test('S4, S17: what is the same for each command is one line where all of it can be opened, and counts in the hash', () => {
  const facts = [
    { name: 'Variables', value: 'HOME PATH' },
    { name: 'Always set', value: 'GIT_PAGER\u200b PAGER', inShort: '2 variables, the same for every command' },
  ];
  const one = call('', { facts });
  const shown = { ...shownOf(one), because: [] };
  expect(approvalText(one)).toContain('\nAlways set: GIT_PAGER⟨U+200B⟩ PAGER\n');
  expect(foldedText(shown)).toContain('Variables: HOME PATH\nAlways set: 2 variables, the same for every command\n');
  expect(inBrief(shown)).not.toContain('Always set');
  const others = [{ value: 'PAGER' }, { inShort: '3 variables' }].map((more) =>
    call('', { facts: facts.map((fact) => ('inShort' in fact ? { ...fact, ...more } : fact)) }),
  );
  expect(new Set([one, ...others].map(hashOf)).size).toBe(3);
});

/** The line of the command. */
const shown = (value: string) => /^Command:(?: (.*)|((?:\n {2}\| .*)+))$/mu.exec(approvalText(call(value)));
const lineOf = (value: string) => shown(value)?.[1] ?? shown(value)?.[2];

test.each([
  ['plain text stays: grüße, 日本語, "quotes" & <tags>', 'plain text stays: grüße, 日本語, "quotes" & <tags>'],
  [`npm test${' '.repeat(4_000)}; rm -rf ~`, 'npm test⟨4000 blanks⟩; rm -rf ~'],
  ['npm test ', 'npm test⟨1 blank⟩'],
  [' npm', '⟨1 blank⟩npm'],
  ['a\tb', 'a⟨U+0009⟩b'],
  ['a\rb', 'a⟨U+000D⟩b'],
  ['a\u2028b', 'a⟨U+2028⟩b'],
  ['a\u00a0b', 'a⟨U+00A0⟩b'],
  ['a\u3000b', 'a⟨U+3000⟩b'],
  ['a\u202egpj.exe', 'a⟨U+202E⟩gpj.exe'],
  ['a\u200bb', 'a⟨U+200B⟩b'],
  ['👩\u200d💻', '👩⟨U+200D⟩💻'],
  ['a\0b', 'a⟨U+0000⟩b'],
  ['\u001b[8mrm', '⟨U+001B⟩[8mrm'],
  ['\ud800', '⟨U+D800⟩'],
  ['\ue000', '⟨U+E000⟩'],
  ['e\u0301', 'e⟨U+0301⟩'],
  ['\u212b', '⟨U+212B⟩'],
  ['⟨U+202E⟩', '⟨U+27E8⟩U+202E⟩'],
  ['⟨4000 blanks⟩', '⟨U+27E8⟩4000 blanks⟩'],
  ['a\nb', '\n  | a\n  | b'],
  ['a\n\n\n\n\nb', '\n  | a\n  | ⟨4 empty lines⟩\n  | b'],
  [`a\n${' '.repeat(200)}b`, '\n  | a\n  | ⟨200 blanks⟩b'],
])('S17: %j reads %j', (value, expected) => expect(lineOf(value)).toBe(expected));

test('S17: nothing is cut, however long it is', () => {
  const lines = Array.from({ length: 20_000 }, (_, number) => `line ${number} of a script`);
  const shownLines = new Set(approvalText(call(lines.join('\n'))).split('\n'));
  expect(lines.filter((line) => !shownLines.has(`  | ${line}`))).toEqual([]);
});

/** Ways to make a call look like another one. */
const tricks = [
  ...[
    'npm test',
    'npm  test',
    'npm test ',
    ' npm test',
    'npm\u00a0test',
    'npm\u3000test',
    'npm\ttest',
    'npm\u200btest',
  ],
  ...['npm test\n', 'npm test\n\n', 'npm test\n\n\n', 'npm test\r', 'npm\ntest', 'npm⟨1 blank⟩test', 'npm⟨U+0020⟩test'],
  ...['a\u202eb', 'a⟨U+202E⟩b', 'a⟨U+27E8⟩U+202E⟩b', 'aU+202Eb', '\u00e9', 'e\u0301', 'e⟨U+0301⟩', '\u212b', '\u00c5'],
  ...[
    '  | x',
    'x\n  | y',
    'x\ny',
    'x\nTool: read',
    'x\n\n- A shell runs it.',
    'counts once',
    '',
    '\n',
    '⟨3 empty lines⟩',
  ],
  ...['\n\n\n', '\n\n\n\n', 'Tool: run', 'x: y', '\ud800', '\udc00', '\ufffd', '\ue000', '\u115f', '\u3164', '\u2800'],
  ...['\u{e0041}', '\ufe0f', '\u034f', '\u1100\u1161', '\uac00', '\uf900', '\u8c48', '\u2329', '\u3008', '⟨', '⟩'],
];

test('S17: 150 ways to make calls look like others give as many texts as there are calls', () => {
  const parts = tricks.flatMap((trick) => [
    call(trick),
    call('x', { title: trick }),
    call('x', { facts: [{ name: trick, value: 'x' }] }),
    call('x', { subjects: [trick] }),
    call('x', { mustAsk: [trick] }),
    call('x', { tool: trick }),
  ]);
  const calls = new Map(parts.map((one) => [hashOf(one), approvalText(one)]));
  expect(calls.size).toBeGreaterThan(150);
  expect(new Set(calls.values()).size).toBe(calls.size);
});

const piece = fc.oneof(
  fc.constantFrom(...tricks, ' ', '\n', ':', ': ', '- ', '  | ', '(', ')'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
const calls: fc.Arbitrary<Effective> = fc.record({
  ...{ tool: text, effect: fc.constantFrom('reads', 'edits', 'runs', 'tells'), title: text },
  facts: fc.array(fc.record({ name: text, value: text }), { maxLength: 3 }),
  subjects: fc.array(text, { maxLength: 3 }),
  ...{ isRememberable: fc.boolean(), isReviewed: fc.boolean(), mustAsk: fc.array(text, { maxLength: 2 }) },
});

test('S17: calls that differ in one field read differently', () => {
  fc.assert(
    fc.property(calls, calls, fc.constantFrom(...Object.keys(call('')), 'isReviewed'), (one, other, field) => {
      const changed = { ...one, [field]: other[field as keyof Effective] };
      expect(approvalText(changed) === approvalText(one)).toBe(hashOf(changed) === hashOf(one));
    }),
    { seed: seed(), numRuns: scaled(10_000) },
  );
});

test('S17: the text is made of what a person can see', () => {
  fc.assert(
    fc.property(
      calls,
      (one) => !/[\p{C}\u2800\p{Default_Ignorable_Code_Point}]/u.test(approvalText(one).replaceAll('\n', '')),
    ),
    { seed: seed(), numRuns: scaled(10_000) },
  );
});
