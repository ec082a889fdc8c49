/** What is the same question, and what is another one. */
import { expect, test } from 'vitest';
import { outlineOf } from '../../text/outline.ts';
import { type Answered, keyOf, subjectOf } from './key.ts';
import { problemMaterial } from './subjects.ts';

const asked: Answered = {
  ...{ kind: 'code', level: 'normal', model: 'm', language: 'en', audience: 'professional' },
  ...{ languageId: 'typescript', code: 'f();\n', subject: '' },
};

test('the key is a hash, the same for the same', () => {
  expect(keyOf(asked)).toMatch(/^[\w-]{43}$/);
  expect(keyOf({ ...asked })).toBe(keyOf(asked));
});

test.each<Partial<Answered>>([
  { kind: 'file' },
  { level: 'deep' },
  { model: 'n' },
  { language: 'de' },
  { audience: 'student' },
  { languageId: 'python' },
  { code: 'f(); \n' },
  { subject: 'x' },
  // Nothing can pass from one part into the next.
  { model: 'm","en', language: '' },
])('%j asks for something else', (change) => {
  expect(keyOf({ ...asked, ...change })).not.toBe(keyOf(asked));
});

test('a problem is the same one wherever its code stands, and another one on another line', () => {
  const code = 'function f() {\n  return a;\n}\n';
  const subjectAt = (above: string, line: number, message: string) => {
    const source = { uri: 'file:///a.ts', title: 'a.ts', languageId: 'typescript', text: `${above}${code}` };
    const start = { line: line + above.split('\n').length - 1, character: 0 };
    return subjectOf(
      problemMaterial(source, outlineOf(source.text, 'typescript'), { range: { start, end: start }, message }, 10_000),
    );
  };
  expect(subjectAt('\n\n', 1, 'a is not defined')).toBe(subjectAt('', 1, 'a is not defined'));
  expect(subjectAt('', 1, 'other')).not.toBe(subjectAt('', 1, 'a is not defined'));
  expect(subjectAt('', 2, 'a is not defined')).not.toBe(subjectAt('', 1, 'a is not defined'));
});
