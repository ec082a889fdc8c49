/** What `simplify` makes of code: each row is a text and what it becomes; one that stays as it is has no second text. */
import { describe, expect, test } from 'vitest';
import { answered, edited } from './asking.ts';

type Row = readonly [name: string, language: string, before: string, after?: string];

const rows: readonly Row[] = [
  [
    'an `else` that leaves comes first',
    'typescript',
    `function f(a: number, ok: boolean) {
  if (ok) {
    const b = a * 2;
    return b;
  } else {
    throw new Error('x');
  }
}`,
    `function f(a: number, ok: boolean) {
  if (!ok) {
    throw new Error('x');
  }
  const b = a * 2;
  return b;
}`,
  ],
  [
    'guards are short where the file has short ones',
    'typescript',
    `function f(a, ok) {
  if (a === 1) return 1;
  if (a.length > 0 && !ok) {
    one();
    two();
    three();
  } else {
    return 2;
  }
}`,
    `function f(a, ok) {
  if (a === 1) return 1;
  if (a.length <= 0 || ok) return 2;
  one();
  two();
  three();
}`,
  ],
  [
    'a long `if` at the end of a function',
    'javascript',
    `function f(a) {
  start();
  if (a > 1) {
    one();
    two();
    three();
  }
}`,
    `function f(a) {
  start();
  if (!(a > 1)) {
    return;
  }
  one();
  two();
  three();
}`,
  ],
  [
    'a long `if` at the end of a loop',
    'go',
    `func f(items []int) {
	for _, item := range items {
		if item != 0 {
			one(item)
			two(item)
			three(item)
		}
	}
}`,
    `func f(items []int) {
	for _, item := range items {
		if item == 0 {
			continue
		}
		one(item)
		two(item)
		three(item)
	}
}`,
  ],
  [
    'no `else` behind what leaves',
    'rust',
    `fn f(a: i32) -> i32 {
    if a == 1 {
        return 2;
    } else if a == 2 {
        return 3;
    } else {
        let b = a * 2;
        b
    }
}`,
    `fn f(a: i32) -> i32 {
    if a == 1 {
        return 2;
    }
    if a == 2 {
        return 3;
    }
    let b = a * 2;
    b
}`,
  ],
  [
    'no `else` behind what leaves, with braces on lines of their own',
    'c',
    `int f(int a)
{
    if (a == 1)
    {
        return 2;
    }
    else
    {
        a++;
        return a;
    }
}`,
    `int f(int a)
{
    if (a == 1)
    {
        return 2;
    }
    a++;
    return a;
}`,
  ],
  [
    'branches in Python',
    'python',
    `def f(a, b):
    if a is None:
        return 1
    elif b in a:
        return 2
    else:
        c = b
        return c`,
    `def f(a, b):
    if a is None:
        return 1
    if b in a:
        return 2
    c = b
    return c`,
  ],
  [
    'a guard in Python',
    'python',
    `def f(items):
    for item in items:
        if item is not None and item not in seen:
            one(item)
            two(item)

            three(item)
    return 1`,
    `def f(items):
    for item in items:
        if item is None or item in seen:
            continue
        one(item)
        two(item)

        three(item)
    return 1`,
  ],
  [
    'text of several lines keeps its indentation',
    'typescript',
    `function f(ok) {
  if (ok) {
    return 1;
  } else {
    return \`
      two\`;
  }
}`,
    `function f(ok) {
  if (ok) {
    return 1;
  }
  return \`
      two\`;
}`,
  ],
];

describe('simplify', () => {
  test.each(rows)('%s (%s)', (_name, language = '', before = '', after = before) => {
    expect(edited(before, { action: 'simplify', language })).toBe(after);
  });

  test('says that it finds nothing, and what it did', () => {
    const { text, inputs } = answered('const a = 1;', { action: 'simplify', language: 'typescript' });
    expect(text).toBe('The rules find nothing to simplify here. *Demo: rules wrote this, no model is running.*');
    expect(inputs).toEqual([]);
    expect(answered('if (a == true) {}', { action: 'simplify', language: 'java' }).text).toMatch(
      /^Simpler: no comparison/,
    );
  });

  test('guard clauses only in the lines that are meant', () => {
    const nested = 'if (a) {\n  return 1;\n} else {\n  two();\n}';
    const before = `⟦${nested}⟧\n${nested}`;
    const after = `if (a) {\n  return 1;\n}\ntwo();\n${nested}`;
    expect(edited(before, { action: 'simplify', language: 'java' })).toBe(after);
  });

  test('only in the lines that are meant', () => {
    const before = 'if (a == true) {}\n⟦if (b == true) {}⟧\nif (c == true) {}';
    const after = 'if (a == true) {}\nif (b) {}\nif (c == true) {}';
    expect(edited(before, { action: 'simplify', language: 'java' })).toBe(after);
  });
});
