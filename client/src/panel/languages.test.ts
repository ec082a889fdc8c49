import { expect, test } from 'vitest';
import { languageFor } from './languages.ts';

const known = ['typescript', 'shellscript', 'python', 'plaintext', 'c', 'cpp'];

test.each([
  ['ts', 'typescript'],
  ['TypeScript', 'typescript'],
  ['sh', 'shellscript'],
  ['python title="a.py"', 'python'],
  ['c++', 'cpp'],
  ['py:src/a.py', 'python'],
  ['constructor', undefined],
  ['rust', undefined],
  ['', undefined],
])('the info string %j means %j', (info, language) => {
  expect(languageFor(info, known)).toBe(language);
});
