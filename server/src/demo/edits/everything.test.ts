/** What holds for every action on any code: it ends soon, it never fails, each old text stands once, brackets stay in balance. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { cpuTime } from '../../../../test/harness/cpuTime.ts';
import { random, scaled } from '../../../../test/harness/scale.ts';
import { type Asked, done, type Question, requestFor } from './asking.ts';
import { isAsBalanced } from './balance.ts';
import { applied, tidied } from './changes.ts';
import { editStep, outcomeOf } from './editStep.ts';
import { functionsOf } from './functions.ts';
import { createSource } from './source.ts';
import { taskIn } from './task.ts';

const root = path.resolve(import.meta.dirname, '../../../..');

const files: readonly (readonly [path: string, language: string])[] = [
  ['sample/orders.ts', 'typescript'],
  ['sample/schedule.ts', 'typescript'],
  ['sample/rate_limit.go', 'go'],
  ['sample/text_wrap.py', 'python'],
  ['server/src/text/forms.ts', 'typescript'],
  ['node_modules/ignore/index.js', 'javascript'],
  ['node_modules/mocha/lib/runner.js', 'javascript'],
  ['node_modules/undici/lib/core/util.js', 'javascript'],
  ['node_modules/vscode-languageserver/lib/common/server.js', 'javascript'],
  ['node_modules/zod/src/v4/core/util.ts', 'typescript'],
];

const problems = [
  "line 1: 'a' is declared but its value is never read.",
  "line 2 (ts): Cannot find name 'foo'. Did you mean 'bar'?",
  'line 3: undefined: aaab',
  'line 4: missing return',
  'line 5: Missing semicolon.',
];

/** Actions, and instructions behind a colon. `NAME` is the function. */
const actions = [
  ...'simplify document types errors modernise comments extract rename name tests fix'.split(' '),
  ...['rename NAME to renamed1', 'wrap in try/catch', 'add a parameter extra', 'make it async', 'remove logging'].map(
    (instruction) => `instruct:${instruction}`,
  ),
  ...['sort the imports', 'sort these', 'do something else'].map((instruction) => `instruct:${instruction}`),
];

function questionFor(kind: string, language: string, name: string): Question {
  const [action = '', instruction] = kind.replace('NAME', name).split(':');
  const told = instruction === undefined ? {} : { instruction };
  return { action, language, path: 'src/a.ts', symbol: name, problems, ...told };
}

/** Throws where something does not hold; whether anything was changed. */
function checked(asked: Asked, question: Question): boolean {
  const label = JSON.stringify([question, asked.from, asked.to]);
  const request = requestFor(asked, question);
  const step = editStep(request);
  expect(step?.text, label).toMatch(/\*Demo: rules wrote this, no model is running\.\*$/);
  const inputs = (step?.calls ?? []).map(({ input }) => input);
  expect(inputs.length, label).toBeLessThanOrEqual(20);
  const before = asked.lines.join('\n');
  const task = taskIn(request.messages);
  // The rules themselves, before the demo looks whether a bracket stayed open.
  const changes = task === undefined ? [] : (outcomeOf(task).changes ?? []);
  const raw = applied(asked.lines, tidied(asked.lines, changes)).join('\n');
  expect(isAsBalanced(before, raw, question.language), label).toBe(true);
  if (inputs[0]?.command === 'create') return true;
  expect([raw, inputs.length > 0], label).toEqual([done(asked.lines, inputs), raw !== before]);
  return inputs.length > 0;
}

/** About so many members, spread over the list. */
function evenly<Member>(members: readonly Member[], most: number): readonly Member[] {
  const step = Math.max(1, Math.ceil(members.length / most));
  return members.filter((_, index) => index % step === 0);
}

/** Milliseconds for a test at full scale. */
const mostTime = 120_000;

describe('real code', () => {
  test.each(files)(
    '%s',
    (file, language) => {
      const lines = readFileSync(path.join(root, file), 'utf8').split(/\r\n|\n|\r/);
      const functions = functionsOf(createSource(file, language, lines));
      expect(functions.length).toBeGreaterThan(0);
      let changed = 0;
      for (const { name, firstLine, lastLine } of evenly(functions, scaled(60) / 2)) {
        for (const kind of actions) {
          const third = Math.floor((lastLine - firstLine) / 3);
          const [from, to] = kind === 'extract' ? [firstLine + third, lastLine - third - 1] : [firstLine, lastLine];
          if (checked({ lines, from, to: Math.max(from, to) }, questionFor(kind, language, name))) changed++;
        }
      }
      // It must have looked at something.
      expect(changed).toBeGreaterThan(5);
    },
    mostTime,
  );
});

const languages = 'typescript python rust go c javascript cpp java csharp ruby swift php css json unheard-of'.split(
  ' ',
);
const words =
  'if else elif return true false True for while in of def func fn function class const let var => -> ( ) { } [ ] < > , ; : . = == === + % && || ! "%s" \'a\' `${a}` // /* */ """ # @ a b a1 self this err := try catch import from use async await ... \\ é 😀 console.log print'.split(
    ' ',
  );
const gaps = [' ', '', '\n', '\n  ', '\n\t', '\n    '];

test('anything at all', { timeout: mostTime }, () => {
  const next = random();
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? '';
  for (let round = 0; round < scaled(20_000); round++) {
    const text = Array.from({ length: 1 + Math.floor(next() * 60) }, () => pick(words) + pick(gaps)).join('');
    const lines = text.split('\n');
    const from = Math.floor(next() * lines.length);
    const to = Math.min(lines.length - 1, from + Math.floor(next() * 6));
    const language = languages[round % languages.length] ?? '';
    const request = requestFor({ lines, from, to }, questionFor(pick(actions), language, 'a'));
    const inputs = (editStep(request)?.calls ?? []).map(({ input }) => input);
    if (text.trim() !== '' && inputs[0]?.command !== 'create') expect(typeof done(lines, inputs), text).toBe('string');
  }
});

const repeated = [
  '(',
  '{',
  '\n',
  'if (a) {\n',
  'if a:\n ',
  '  if (a) {\n    b();\n  }\n',
  '"',
  '`${',
  '/*',
  'var a = 1;\n',
  'let a;\n',
  'const a: ',
  'a, ',
  'a := 1\n',
  'function f(a) {\n',
  'def f(a):\n    return a\n',
  'func f(a int) error {\n\treturn nil\n}\n',
  'fn f(a: &str) -> i32 {\n    1\n}\n',
  'int f(char *a) {\n  return 1;\n}\n',
  'class A {\n  m(a) {\n  }\n}\n',
  "'a' + b + ",
  'a.b(',
  'return ',
  '$',
  '  a\n',
  "import a from 'b';\n",
  'a ? b : ',
];

// At full scale, time that grows with the square of the text would be far beyond the test's limit.
test.each(repeated)(
  'takes time in proportion to the text: %j',
  (piece) => {
    const text = piece.repeat(Math.ceil(scaled(400_000) / piece.length));
    const lines = text.split('\n');
    const kinds = actions.filter((_, index) => index % 3 === piece.length % 3);
    for (const language of ['typescript', 'python', 'c'])
      for (const kind of kinds)
        editStep(requestFor({ lines, from: 0, to: lines.length - 1 }, questionFor(kind, language, 'a')));
  },
  mostTime,
);

test('a file of 400 KB is done in a moment', () => {
  const unit = readFileSync(path.join(root, 'sample/orders.ts'), 'utf8');
  const lines = unit.repeat(Math.ceil(400_000 / unit.length)).split('\n');
  const started = cpuTime();
  for (const action of ['simplify', 'document', 'extract'])
    editStep(requestFor({ lines, from: 11, to: 19 }, questionFor(action, 'typescript', 'total')));
  expect(cpuTime() - started).toBeLessThan(6_000);
});
