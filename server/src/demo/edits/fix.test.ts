/** What `fix` does about messages of compilers and linters. */
import { expect, test } from 'vitest';
import { answered, asked, edited } from './asking.ts';

/** The problem is in the marked line, else in the first. */
const rows: readonly (readonly [language: string, message: string, before: string, after?: string])[] = [
  // Unused imports.
  [
    'typescript',
    "'b' is declared but its value is never read.",
    "import { a, b } from 'c';\na();",
    "import { a } from 'c';\na();",
  ],
  ['typescript', "'a' is defined but never used.", "import a, { b } from 'c';\nb();", "import { b } from 'c';\nb();"],
  [
    'typescript',
    "'b' is declared but its value is never read.",
    "import a, { b } from 'c';\na();",
    "import a from 'c';\na();",
  ],
  ['typescript', "'a' is declared but its value is never read.", "import * as a from 'c';\ngo();", 'go();'],
  ['typescript', 'All imports in import declaration are unused.', "import {\n  a,\n  b,\n} from 'c';\ngo();", 'go();'],
  [
    'typescript',
    "'b' is declared but its value is never read.",
    "import {\n  a,\n  type b,\n} from 'c';\na();",
    "import {\n  a,\n} from 'c';\na();",
  ],
  [
    'typescript',
    "'c' is declared but its value is never read.",
    "import { b as c, d } from 'c';\nd();",
    "import { d } from 'c';\nd();",
  ],
  ['python', '"os" is not accessed', 'import os, sys\nsys.exit()', 'import sys\nsys.exit()'],
  [
    'python',
    '`typing.List` imported but unused',
    'from typing import (\n    Any,\n    List,\n)\nAny',
    'from typing import (\n    Any,\n)\nAny',
  ],
  ['python', "'os' imported but unused", 'import os\ngo()', 'go()'],
  ['go', '"os" imported and not used', 'import (\n\t"fmt"\n⟦\t"os"\n)', 'import (\n\t"fmt"\n)'],
  ['rust', 'unused import: `HashMap`', 'use std::collections::{HashMap, HashSet};', 'use std::collections::{HashSet};'],
  ['rust', 'unused import: `std::fmt`', 'use std::fmt;\nfn a() {}', 'fn a() {}'],
  ['c', 'Included header stdio.h is not used directly', '#include <stdio.h>\nint a;', 'int a;'],
  // Unused variables.
  ['typescript', "'a' is declared but its value is never read.", 'const a = 1;\ngo();', 'go();'],
  ['typescript', "'a' is assigned a value but never used.", '  const a = await go(1);', '  await go(1);'],
  ['typescript', "'a' is declared but its value is never read.", 'const { a, b } = c;\nb();', 'const { b } = c;\nb();'],
  ['typescript', "'a' is declared but its value is never read.", 'const { a, ...b } = c;\nb();'],
  ['typescript', "'e' is defined but never used.", 'try {} catch (e) {}', 'try {} catch {}'],
  [
    'typescript',
    "'b' is declared but its value is never read.",
    'function a(b: string, c) {}',
    'function a(_b: string, c) {}',
  ],
  ['typescript', "'a' is declared but its value is never read.", 'const a = go(\n  1,\n);'],
  ['python', "local variable 'a' is assigned to but never used", 'def f():\n⟦    a = 1', 'def f():\n    pass'],
  ['python', 'Local variable `e` is assigned to but never used', 'except A as e:', 'except A:'],
  ['go', 'declared and not used: b', '\ta, b := go()', '\ta, _ := go()'],
  ['go', 'declared and not used: a', '\ta := go()', '\t_ = go()'],
  ['rust', 'unused variable: `a`', 'let a = 1;', 'let _a = 1;'],
  ['c', "unused variable 'a'", '  int a = 1;\n  go();', '  go();'],
  ['c', 'unused variable ‘a’ [-Wunused-variable]', '  int a = go();', '  go();'],
  // Names.
  ['typescript', "Cannot find name 'cosole'. Did you mean 'console'?", 'cosole.log(cosole);', 'console.log(console);'],
  [
    'typescript',
    "Property 'lenght' does not exist on type 'string'. Did you mean 'length'?",
    'a.lenght; // lenght',
    'a.length; // lenght',
  ],
  ['typescript', "Cannot find name 'totl'.", 'use(totl);\nconst total = 1;', 'use(total);\nconst total = 1;'],
  ['typescript', "Cannot find name 'xy'.", 'use(xy);\nconst total = 1;'],
  ['python', '"lenght" is not defined', 'length = 1\n⟦use(lenght)', 'length = 1\nuse(length)'],
  ['python', "undefined name 'json'", '"""One."""\njson.dumps(1)', '"""One."""\nimport json\n\njson.dumps(1)'],
  [
    'go',
    'undefined: strings',
    'package a\n\nfunc b() {\n⟦\tstrings.Join(c, d)\n}',
    'package a\n\nimport "strings"\n\nfunc b() {\n\tstrings.Join(c, d)\n}',
  ],
  [
    'rust',
    'cannot find value `totl` in this scope\nhelp: a local variable with a similar name exists: `total`',
    'use(totl);',
    'use(total);',
  ],
  ['c', "use of undeclared identifier 'cuont'; did you mean 'count'?", 'cuont++;', 'count++;'],
  ['c', "implicit declaration of function 'printf'", 'printf("a");\n', '#include <stdio.h>\n\nprintf("a");\n'],
  // Small things.
  ['typescript', 'Missing semicolon.', 'go() // a', 'go(); // a'],
  ['c', "expected ';' after expression", '  go()', '  go();'],
  ['python', "expected ':'", 'if a', 'if a:'],
  ['typescript', "'a' is never reassigned. Use 'const' instead.", 'let a = 1;', 'const a = 1;'],
  ['typescript', 'This let declares a variable that is only assigned once.', '  let a = 1;', '  const a = 1;'],
  ['rust', 'variable does not need to be mutable', 'let mut a = 1;', 'let a = 1;'],
  ['typescript', "'a.b' is possibly 'undefined'.", 'use(a.b.c);', 'use(a.b?.c);'],
  ['typescript', "'a' is possibly 'null'.", 'a[0]();', 'a?.[0]();'],
  ['typescript', "'a' is possibly 'undefined'.", 'a.b = 1;'],
  [
    'typescript',
    "Parameter 'c' implicitly has an 'any' type.",
    'function a(b: A, c) {}',
    'function a(b: A, c: unknown) {}',
  ],
  // Returns.
  [
    'typescript',
    "A function whose declared type is neither 'undefined', 'void', nor 'any' must return a value.",
    'function a(): number {\n  b + 1;\n}',
    'function a(): number {\n  return b + 1;\n}',
  ],
  [
    'typescript',
    'Function lacks ending return statement and return type does not include undefined.',
    'function a(): number {\n  if (b) {\n    return 1;\n  }\n}',
    "function a(): number {\n  if (b) {\n    return 1;\n  }\n  throw new Error('a has no result here');\n}",
  ],
  [
    'go',
    'missing return',
    'func a() int {\n\tif b {\n\t\treturn 1\n\t}\n}',
    'func a() int {\n\tif b {\n\t\treturn 1\n\t}\n\tpanic("a has no result here")\n}',
  ],
  [
    'c',
    'non-void function does not return a value',
    'int a(void) {\n  b = 1;\n}',
    'int a(void) {\n  b = 1;\n  return 0;\n}',
  ],
  [
    'go',
    'missing return',
    'func a() int {\n\tfor {\n\t}\n⟦}',
    'func a() int {\n\tfor {\n\t}\n\tpanic("a has no result here")\n}',
  ],
  [
    'typescript',
    'Function lacks ending return statement.',
    '⟦function a(): number {\n  function b() {\n    c();\n  }\n  d();\n}',
    'function a(): number {\n  function b() {\n    c();\n  }\n  return d();\n}',
  ],
  // Unknown ones.
  ['typescript', 'Something else entirely.', 'go();'],
];

test.each(rows)('%s: %s in %j', (language = '', message, before = '', ...rest) => {
  const { lines, from } = asked(before);
  const problems = [`line ${from + 1} (lint): ${message}`];
  expect(edited(before, { action: 'fix', language, problems })).toBe(rest[0] ?? lines.join('\n'));
});

test('a name that the workspace has is imported in the way of the file', () => {
  const question = { action: 'fix', language: 'typescript', path: 'src/a/b.ts', neighbours: ['src/c/Order.ts'] };
  const problems = ["line 2: Cannot find name 'Order'."];
  expect(edited("import { d } from './d';\nd(Order);", { ...question, problems })).toBe(
    "import { d } from './d';\nimport { Order } from '../c/Order';\nd(Order);",
  );
  expect(edited("import { d } from './d.ts';\nd(Order);", { ...question, problems })).toContain("'../c/Order.ts'");
});

test('an import without others goes below the heading of the file', () => {
  const question = {
    action: 'fix',
    language: 'typescript',
    neighbours: ['src/Order.ts'],
    problems: ["line 4: Cannot find name 'Order'."],
  };
  expect(edited('#!/usr/bin/node\n// License\n\nuse(Order);', question)).toBe(
    "#!/usr/bin/node\n// License\nimport { Order } from './Order.ts';\n\nuse(Order);",
  );
});

test('several problems at once, the lines counted as they were', () => {
  const before = "import a from 'a';\nimport { b, c } from 'b';\nlet d = 1;\nconst e = 2;\nuse(d)";
  const problems = [
    'line 5: Missing semicolon.',
    "line 1: 'a' is declared but its value is never read.",
    "line 2: 'b' is declared but its value is never read.",
    "line 2: 'c' is declared but its value is never read.",
    "line 3: 'd' is never reassigned. Use 'const' instead.",
    "line 4 (eslint): 'e' is assigned a value but never used.\nand more in a second line",
    'line 5: What is this?',
  ];
  const question = { action: 'fix', language: 'typescript', problems, firstLine: 0 };
  expect(edited(before, question)).toBe('const d = 1;\nuse(d);');
  expect(answered(before, question).text).toContain('Fixed by rules: 6 problems; for 1 other they know none.');
});

test('lines are those of the document where a part of it was sent', () => {
  const question = {
    action: 'fix',
    language: 'typescript',
    problems: ['line 102: Missing semicolon.'],
    firstLine: 100,
  };
  expect(edited('go();\ngo()', question)).toBe('go();\ngo();');
});

test.each([
  [['line 1: What is this?'], 'no fix for this problem'],
  [['line 9: Missing semicolon.', 'line 1: ?'], 'no fix for these problems'],
  [undefined, 'No problem is listed'],
])('says that it cannot: %j', (problems, says) => {
  const more = problems === undefined ? {} : { problems };
  const { inputs, text } = answered('go();', { action: 'fix', language: 'typescript', ...more });
  expect([inputs, text]).toEqual([[], expect.stringContaining(says)]);
});
