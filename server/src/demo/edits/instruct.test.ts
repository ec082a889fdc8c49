/** The instructions that the rules understand, and what becomes of all others. */
import { describe, expect, test } from 'vitest';
import { answered, edited } from './asking.ts';

function instructed(language: string, before: string, instruction: string): string {
  return edited(before, { action: 'instruct', language, instruction });
}

const rows: readonly (readonly [language: string, instruction: string, before: string, after: string])[] = [
  // Names.
  [
    'typescript',
    'rename a to b',
    'const a = 1;\nuse(a, c.a, `${a}`, { a, d: a }); // a',
    'const b = 1;\nuse(b, c.a, `${b}`, { a: b, d: b }); // a',
  ],
  [
    'typescript',
    'Rename the variable `a` to `b`.',
    "import { a } from 'a';\na();\nexport { a };",
    "import { a as b } from 'a';\nb();\nexport { b as a };",
  ],
  ['python', 'rename a to b', 'a = 1\nprint(f"{a} a", c.a)', 'b = 1\nprint(f"{b} a", c.a)'],
  ['typescript', 'rename a to b', 'const a = b;', 'const a = b;'],
  ['typescript', 'rename a to class', 'const a = 1;', 'const a = 1;'],
  // Comments.
  ['typescript', 'add a comment: why', '  go();', '  // why\n  go();'],
  ['python', 'add a comment that says "why"', 'def a():\n    pass', '# why\ndef a():\n    pass'],
  ['css', 'add a comment: */ why', 'a {}', '/* * / why */\na {}'],
  // Wrapping.
  [
    'typescript',
    'wrap in try/catch',
    'function a() {\n  go();\n}',
    "function a() {\n  try {\n    go();\n  } catch (error) {\n    throw new Error('a failed', { cause: error });\n  }\n}",
  ],
  [
    'python',
    'Wrap this in try and except',
    'def a():\n    """One."""\n    go()',
    'def a():\n    """One."""\n    try:\n        go()\n    except Exception as error:\n        raise RuntimeError("a failed") from error',
  ],
  [
    'cpp',
    'wrap in try/catch',
    'void a() {\n  go();\n}',
    'void a() {\n  try {\n    go();\n  } catch (...) {\n    throw;\n  }\n}',
  ],
  [
    'typescript',
    'wrap in try/catch',
    'function a() {\n⟦  const b = 1;⟧\n  use(b);\n}',
    'function a() {\n  const b = 1;\n  use(b);\n}',
  ],
  ['go', 'wrap in try/catch', 'func a() {\n\tgo()\n}', 'func a() {\n\tgo()\n}'],
  // Parameters.
  [
    'typescript',
    'add a parameter b: number = 3',
    'function a(c?: string, ...d) {}',
    'function a(c?: string, b: number = 3, ...d) {}',
  ],
  ['typescript', 'add a parameter b', 'function a(c?: string) {}', 'function a(c?: string, b?: unknown) {}'],
  ['javascript', 'add a parameter named b', 'function a() {}', 'function a(b) {}'],
  ['python', 'add parameter b', 'def a(self, c=1, **d):\n    pass', 'def a(self, c=1, b=None, **d):\n    pass'],
  ['go', 'add a parameter b: string', 'func a(c int) {\n}', 'func a(c int, b string) {\n}'],
  ['rust', 'add an argument b', 'fn a() {\n}', 'fn a(b: &str) {\n}'],
  ['c', 'add a parameter b', 'int a(void) {\n}', 'int a(int b) {\n}'],
  ['c', 'add a parameter c', 'int a(int c) {\n}', 'int a(int c) {\n}'],
  // Waiting.
  [
    'typescript',
    'make it async',
    'export function a(): number {\n}',
    'export async function a(): Promise<number> {\n}',
  ],
  [
    'typescript',
    'Make this asynchronous',
    'const a = (b: B): void => go(b);',
    'const a = async (b: B): Promise<void> => go(b);',
  ],
  ['typescript', 'make it async', 'class A {\n⟦  b<T>(c: T) {⟧\n  }\n}', 'class A {\n  async b<T>(c: T) {\n  }\n}'],
  ['python', 'make it async', 'def a():\n    pass', 'async def a():\n    pass'],
  ['python', 'make it async', 'def a() -> int:\n    pass', 'async def a() -> int:\n    pass'],
  ['rust', 'make it async', 'pub fn a() {\n}', 'pub async fn a() {\n}'],
  ['typescript', 'make it async', 'function a(b): b is C {}', 'function a(b): b is C {}'],
  ['c', 'make it async', 'int a(void) {\n}', 'int a(void) {\n}'],
  // Logging.
  [
    'typescript',
    'remove logging',
    "go();\nconsole.log('a',\n  b);\nif (c) console.log(d);\nif (e)\n  console.log(f);",
    'go();\nif (c) console.log(d);\nif (e)\n  console.log(f);',
  ],
  ['python', 'remove all print statements', 'def a():\n    print("b")\n\nprint("c")\nd()', 'def a():\n    pass\n\nd()'],
  [
    'python',
    'remove logging',
    'if a:\n    print(1)\n    print(2)\nif b:\n    print(3)\n    c()\n',
    'if a:\n    pass\nif b:\n    c()\n',
  ],
  ['python', 'make it async', 'def a():\n    yield from b', 'def a():\n    yield from b'],
  ['go', 'delete the logs', '\tfmt.Println("a")\n\tgo()', '\tgo()'],
  ['rust', 'remove debug prints', '    println!("a");\n    go();', '    go();'],
  ['c', 'remove logging', '  printf("a");\n  go();', '  go();'],
  // Order.
  [
    'typescript',
    'sort the imports',
    "import c from './c';\nimport b from '../b';\nimport a from 'node:a';\nimport './x';\nimport d from 'd';\nimport b2 from 'b';",
    "import a from 'node:a';\nimport b from '../b';\nimport c from './c';\nimport './x';\nimport b2 from 'b';\nimport d from 'd';",
  ],
  [
    'python',
    'sort imports',
    'import sys\nimport os\n\nfrom b import c\nfrom a import d',
    'import os\nimport sys\n\nfrom a import d\nfrom b import c',
  ],
  ['go', 'sort imports', 'import (\n\t"os"\n\t"fmt"\n)', 'import (\n\t"fmt"\n\t"os"\n)'],
  ['c', 'sort includes', '#include "b.h"\n#include "a.h"', '#include "a.h"\n#include "b.h"'],
  ['rust', 'sort the uses', 'use b::c;\nuse a::d;', 'use a::d;\nuse b::c;'],
  ['typescript', 'sort these', 'const a = [\n⟦  "c",\n  "b",⟧\n];', 'const a = [\n  "b",\n  "c",\n];'],
  // The other actions.
  ['typescript', 'document this', 'class Stack {}', '/** A stack. */\nclass Stack {}'],
  ['java', 'please simplify', 'if (a == true) {}', 'if (a) {}'],
  ['javascript', 'modernize', 'var a = 1;', 'const a = 1;'],
  ['typescript', 'add types', 'function a(b = 1) { go(); }', 'function a(b: number = 1): void { go(); }'],
  [
    'python',
    'check the input',
    'def a(b):\n    go()',
    'def a(b):\n    if b is None:\n        raise ValueError("b is missing")\n    go()',
  ],
  // Anything else.
  [
    'typescript',
    'Use a pool',
    'class A {\n⟦  @b()\n  c() {\n  }⟧\n}',
    'class A {\n  // Use a pool\n  @b()\n  c() {\n  }\n}',
  ],
  ['typescript', 'Use a pool', 'function a() {\n⟦  b();⟧\n}', 'function a() {\n  // Use a pool\n  b();\n}'],
  [
    'typescript',
    'Use a pool\nof connections */',
    'class A {\n⟦  b() {\n  }⟧\n}',
    'class A {\n  // Use a pool of connections */\n  b() {\n  }\n}',
  ],
  ['lua', 'Use a pool', 'a()\n⟦b()⟧', 'a()\n-- Use a pool\nb()'],
  ['html', 'Use --> a list', '<a>', '<!-- Use - - > a list -->\n<a>'],
  ['json', 'Use a list', '{}', '{}'],
];

describe('instruct', () => {
  test.each(rows)('%s: %s', (language, instruction, before, after) => {
    expect(instructed(language, before, instruction)).toBe(after);
  });
});

test('a task of the person is an instruction', () => {
  const question = { action: 'custom:clean', language: 'javascript', task: 'Remove all logging.' };
  expect(edited('go();\nconsole.log(1);', question)).toBe('go();');
});

test('"tests" makes a file', () => {
  expect(instructed('javascript', 'export function a() {\n}', 'write tests')).toMatch(/^src\/a\.test\.ts\n/);
});

test.each([
  ['c', 'make it async', 'cannot make `a` asynchronous'],
  ['c', 'wrap in try', 'no try block'],
  ['json', 'anything', 'the language has no comments'],
  ['c', 'Use a list', 'note this as a comment: `Use a list`'],
])('says what it did or could not: %s, %s', (language, instruction, says) => {
  const { text } = answered('int a(void) {\n  go();\n}', { action: 'instruct', language, instruction });
  expect(text).toContain(says);
});
