/** What `simplify` makes of truth values: the condition itself instead of two returns, nothing compared with `true`. */
import { expect, test } from 'vitest';
import { edited } from './asking.ts';

/** Without a last text it stays as it is. */
const rows: readonly (readonly [name: string, language: string, before: string, after: string | undefined])[] = [
  ['two returns in a line each', 'typescript', `  if (a > b) return true;\n  else return false;`, `  return a > b;`],
  [
    'two returns in braces',
    'java',
    `  if (done) {\n    return false;\n  } else {\n    return true;\n  }`,
    `  return !done;`,
  ],
  ['a return behind a return', 'go', `\tif a == b {\n\t\treturn true\n\t}\n\treturn false`, `\treturn a == b`],
  ['what may be no truth value', 'javascript', `  if (a.b) return true;\n  return false;`, `  return Boolean(a.b);`],
  ['what is one by its name', 'javascript', `  if (isOpen(a)) return true;\n  return false;`, `  return isOpen(a);`],
  ['a number in C', 'c', `  if (flags & 4) { return true; }\n  return false;`, `  return (flags & 4) != 0;`],
  ['a name in C', 'c', `  if (a->b) return true;\n  return false;`, `  return a->b != 0;`],
  ['two returns in Python', 'python', `    if a == b:\n        return True\n    return False`, `    return a == b`],
  ['two values in Rust', 'rust', `    if a.is_empty() { true } else { false }`, `    a.is_empty()`],
  ['comparisons with `true`', 'typescript', `if (a === true && b.c() == true) {}`, `if (a && b.c()) {}`],
  ['comparisons with `False`', 'python', `if a == True:\n    pass`, `if a:\n    pass`],
  ['comparisons with `false` where that is certain', 'go', `if a == false {\n}`, `if !a {\n}`],
  ['`=== false` may mean something', 'typescript', `if (a === false) {}`, undefined],
];

test.each(rows)('%s (%s)', (_name, language, before, after) => {
  expect(edited(before, { action: 'simplify', language })).toBe(after ?? before);
});
