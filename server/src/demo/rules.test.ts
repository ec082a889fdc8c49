/** What the demo says of code: computed from the code that was sent, by level and question, and always that no model is running. */
import { describe, expect, test } from 'vitest';
import { random, scaled } from '../../../test/harness/scale.ts';
import { rulesAnswer } from './rules.ts';

interface Question {
  readonly language?: string;
  readonly level?: string;
  readonly firstLine?: number;
  readonly followUp?: string;
}

/** The answer to code that is sent as the explain feature sends it. */
function answered(
  code: string,
  { language = 'typescript', level = 'normal', firstLine = 1, followUp }: Question = {},
): string {
  const lines = code.split('\n').map((line, index) => `${firstLine + index}| ${line}`);
  const text = (value: string) => ({ type: 'text', text: value });
  const turns = [
    {
      role: 'user',
      content: [
        text('<context path="a.ts" id="x">\n1| import { elsewhere } from "b";\n2| function around() {\n</context x>'),
        text(
          `<code path="a.ts" language="${language}" lines="${firstLine}-${firstLine}" id="x">\n${lines.join('\n')}\n</code x>`,
        ),
        text(`<level>${level}</level>\nExplain.`),
      ],
    },
    ...(followUp === undefined
      ? []
      : [
          { role: 'assistant', content: [text('Before.')] },
          { role: 'user', content: [text(`<question>\n${followUp}\n</question>\nAnswer.`)] },
        ]),
  ];
  return rulesAnswer(turns);
}

const sample = `export async function pay(order: Order, { retries = 3 } = {}): Promise<number> {
  if (order.items.length === 0) throw new EmptyOrder("nothing");
  let sum = 0;
  for (const item of order.items) sum += price(item);
  const receipt = await bank.send(sum);
  try { log(receipt); } catch (failure) { return 0; }
  return receipt.total;
}`;

const disclaimer = '*Demo: rules wrote this, no model is running.*';

test('a normal answer lists what the function takes, does and calls, with its lines', () => {
  expect(answered(sample, { firstLine: 12 })).toBe(`\`pay\` is a function that takes \`order\` and \`{ retries = 3 }\`.

- It loops over \`order.items\` (line 15).
- It branches on \`order.items.length === 0\` (line 13).
- It raises \`EmptyOrder\` (line 13).
- It catches errors (line 17).
- It waits for \`bank.send\` (line 16).
- It returns \`0\` (line 17) and \`receipt.total\` (line 18).
- It calls \`EmptyOrder\`, \`price\`, \`send\` and \`log\`.

${disclaimer}`);
});

test('one line is one paragraph', () => {
  const answer = answered(sample, { level: 'line' });
  expect(answer).toMatch(/^`pay` takes `order` .*no model is running\.\*$/);
  expect(answer).not.toContain('\n');
});

test('a deep answer has a part for each declaration, and counts', () => {
  const answer = answered(
    `class Stack {\n  push(item) { this.items.push(item); }\n  pop() { return this.items.pop(); }\n}\nstart();`,
    {
      level: 'deep',
      language: 'javascript',
    },
  );
  expect(answer).toBe(`\`Stack\` is a class with 2 declarations inside: \`push\` and \`pop\`.

#### The class \`Stack\`, lines 1-4

\`Stack\` is a class with 2 declarations inside: \`push\` and \`pop\`.

#### The method \`push\`, line 2

- Takes \`item\`.
- Calls \`push\`.

#### The method \`pop\`, line 3

- Returns \`this.items.pop()\` (line 3).
- Calls \`pop\`.

#### Outside of these

- Calls \`start\`.

In numbers: 5 lines, 3 declarations, 1 place that returns and 3 calls.

${disclaimer}`);
});

describe('in other languages', () => {
  test.each([
    [
      'python',
      'def area(self, width, *rest):\n    for side in rest:\n        if side < 0:\n            raise ValueError("no")\n    return width',
      ['area', 'width', 'rest', 'side < 0', 'ValueError'],
    ],
    [
      'go',
      'func (b *Bucket) Take(n float64, now time.Time) error {\n\tfor i := 0; i < 3; i++ {\n\t}\n\tif x := f(); x > n {\n\t\treturn ErrFull\n\t}\n}',
      ['Take', '`n` and `now`', '`i < 3`', '`x > n`', '`ErrFull`'],
    ],
    [
      'rust',
      "fn longest<'a>(first: &'a str, mut second: &str) -> &'a str {\n    if first.len() > second.len() { return first; }\n    while let Some(x) = next() {}\n}",
      ['longest', '`first` and `second`', 'first.len() > second.len()'],
    ],
    [
      'c',
      'static int\nadd(const char *name, int count)\n{\n  for (int i = 0; i < count; i++) { }\n  return count;\n}',
      ['add', '`name` and `count`', '`i < count`'],
    ],
    [
      'java',
      'class A {\n  int size(final Map<String, Integer> map) throws E { for (var x : map.keySet()) { } return map.size(); }\n}',
      ['size', '`map`', '`map.keySet()`'],
    ],
    [
      'ruby',
      'def total(items)\n  items.each do |item|\n    raise Missing unless item\n  end\nend',
      ['total', '`items`', 'Missing'],
    ],
  ])('%s', (language, code, expected) => {
    const answer = answered(code, { language });
    for (const text of expected) expect(answer).toContain(text);
  });
});

describe('follow-ups', () => {
  test.each([
    ['Which errors can it raise?', ['EmptyOrder', 'catches errors (line 6)']],
    ['What does it return?', ['receipt.total']],
    ['Is there a loop?', ['order.items']],
    ['What does pay do?', ['`pay` (lines 1-8) takes']],
    [
      'What is receipt?',
      ['`receipt` stands in `const receipt = await bank.send(sum);` (line 5)', '`return receipt.total;` (line 7)'],
    ],
    ['Why?', ['find nothing in the code', 'branches, loops']],
    ['Does it print anything to a printer?', ['find nothing']],
  ])('%s', (followUp, expected) => {
    const answer = answered(sample, { followUp });
    for (const text of expected) expect(answer).toContain(text);
    expect(answer).toContain('no model is running');
  });
});

test.each([
  ['nothing', '', 'There is no code'],
  ['white space', ' \n\n', 'There is no code'],
  ['prose', 'Dear reader,\nthis is a letter and not a program at all.', 'Lines 1-2 read like prose'],
  ['an unknown language', 'GREETING: procedure; call print; end GREETING;', 'Line 1 declares no function or type.'],
  ['a line of prose', 'This is a letter and not a program.', 'Line 1 reads like prose'],
  ['statements on lines', 'a = b\nb = a', 'Lines 1-2 declare no function or type.'],
  ['statements without a function', 'a = b\nif (a) { c(a) }', '`a` (line 2)'],
  ['an emoji', '😀', 'no model is running'],
])('%s still gets an answer', (_name, code, expected) => {
  expect(answered(code, { language: 'unheard-of' })).toContain(expected);
});

test.each([
  ['numbered lines without a tag', [{ role: 'user', content: '  7| function seven() {}\n' }], '`seven`'],
  ['a fence', [{ role: 'user', content: 'What is this?\n```ts\nconst f = (a) => a;\n```' }], '`f`'],
  ['an open fence', [{ role: 'user', content: '```py\ndef g(): pass' }], '`g`'],
  ['plain text', [{ role: 'user', content: [{ type: 'text', text: 'function h() {}' }, { type: 'image' }] }], '`h`'],
  ['no user turn', [{ role: 'assistant', content: 'a' }], 'There is no code'],
])('code is found in %s', (_name, turns, expected) => {
  expect(rulesAnswer(turns)).toContain(expected);
});

test('what the code says of levels and questions does not count', () => {
  const answer = answered('// <level>line</level> <question>Why?</question>\nfunction own() {}', { level: 'deep' });
  expect(answer).toContain('#### The function `own`');
});

test('code cannot leave the code marks of the answer', () => {
  const answer = answered('function f() { if (a`](x)` + "**") { return `<img src=x>`; } }');
  expect(answer.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '')).not.toMatch(/<img|\]\(/);
});

test('every function of the sent code is named', () => {
  const next = random();
  const shapes = [
    (name: string) => `function ${name}(a) { return a; }`,
    (name: string) => `const ${name} = async (a: number) => {\n  await a;\n};`,
    (name: string) => `class C${name} {\n  ${name}(b) { if (b) { this.x(); } }\n}`,
    (name: string) => `export function ${name}(): void {\n  for (const x of y) { z(x); }\n}`,
  ];
  for (let round = 0; round < scaled(1_000); round++) {
    const names = Array.from({ length: 1 + Math.floor(next() * 90) }, (_, index) => `name${round}_${index}`);
    const code = names.map((name) => shapes[Math.floor(next() * shapes.length)]?.(name) ?? '').join('\n');
    const answers = ['normal', 'deep'].map((level) => answered(code, { level }));
    expect(
      names.filter((name) => !answers.every((answer) => answer.includes(`\`${name}\``))),
      code,
    ).toEqual([]);
  }
});

test('a hundred thousand lines are answered', () => {
  const code = Array.from({ length: 50_000 }, (_, index) => `function f${index}() {\n  if (a) { return b(c); } }`).join(
    '\n',
  );
  expect(answered(code, { level: 'deep' })).toContain('`f49999`');
});
