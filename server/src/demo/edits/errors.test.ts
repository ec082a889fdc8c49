/** The guards that `errors` puts at the top of functions, in the way of each language. */
import { expect, test } from 'vitest';
import { answered, edited } from './asking.ts';

const rows: readonly (readonly [name: string, language: string, before: string, after?: string])[] = [
  [
    'TypeScript: what may be missing, not what has a default or may be left out',
    'typescript',
    `function pay(order: Order, rate = 1, note?: string, at: Date | null) {
  go();
}`,
    `function pay(order: Order, rate = 1, note?: string, at: Date | null) {
  if (order == null) throw new TypeError('pay: order is missing');
  go();
}`,
  ],
  ['TypeScript: what is looked at already', 'typescript', `function pay(order) {\n  if (!order) return;\n  go();\n}`],
  [
    'JavaScript without semicolons, with double quotes',
    'javascript',
    `function pay(order) {\n  go("a")\n}`,
    `function pay(order) {\n  if (order == null) throw new TypeError("pay: order is missing")\n  go("a")\n}`,
  ],
  [
    'behind a call of `super`',
    'typescript',
    `class A extends B {\n  ⟦constructor(c: C) {⟧\n    super(c);\n    go();\n  }\n}`,
    `class A extends B {\n  constructor(c: C) {\n    super(c);\n    if (c == null) throw new TypeError('constructor: c is missing');\n    go();\n  }\n}`,
  ],
  [
    'Python, behind the docstring',
    'python',
    `def pay(self, order, rate=1):\n    """One.\n\n    Two.\n    """\n    go()`,
    `def pay(self, order, rate=1):\n    """One.\n\n    Two.\n    """\n    if order is None:\n        raise ValueError("order is missing")\n    go()`,
  ],
  [
    'Go, with the import that it takes',
    'go',
    `package a\n\nimport (\n\t"bytes"\n\t"fmt"\n)\n\n⟦func (o *Order) Pay(to string, n int) (int, error) {⟧\n\tif n < 0 {\n\t\treturn -1, ErrSmall\n\t}\n\treturn 0, nil\n}`,
    `package a\n\nimport (\n\t"bytes"\n\t"fmt"\n)\n\nfunc (o *Order) Pay(to string, n int) (int, error) {\n\tif o == nil {\n\t\treturn 0, fmt.Errorf("Pay: order is missing")\n\t}\n\tif to == "" {\n\t\treturn 0, fmt.Errorf("Pay: to is missing")\n\t}\n\tif n < 0 {\n\t\treturn -1, ErrSmall\n\t}\n\treturn 0, nil\n}`,
  ],
  [
    'Go without imports',
    'go',
    `package a\n\nfunc pay(list []int) (n Money, err error) {\n\treturn\n}`,
    `package a\n\nimport "errors"\n\nfunc pay(list []int) (n Money, err error) {\n\tif list == nil {\n\t\treturn *new(Money), errors.New("pay: list is missing")\n\t}\n\treturn\n}`,
  ],
  [
    'Go with the import already there',
    'go',
    `package a\n\nimport "errors"\n\n⟦func pay(list map[string]int) error {⟧\n\treturn nil\n}`,
    `package a\n\nimport "errors"\n\nfunc pay(list map[string]int) error {\n\tif list == nil {\n\t\treturn errors.New("pay: list is missing")\n\t}\n\treturn nil\n}`,
  ],
  ['Go without an error to return', 'go', `func pay(list []int) int {\n\treturn 1\n}`],
  [
    'Rust',
    'rust',
    `fn pay(name: &str, n: u8) -> Result<u8, String> {\n    Ok(n)\n}`,
    `fn pay(name: &str, n: u8) -> Result<u8, String> {\n    if name.is_empty() {\n        return Err("name is empty".to_string());\n    }\n    Ok(n)\n}`,
  ],
  ['Rust with an error of its own', 'rust', `fn pay(name: &str) -> Result<u8, PayError> {\n    Ok(1)\n}`],
  [
    'C, by the type of the result',
    'c',
    `char *pay(const char *name, int n, char list[4]) {\n  go(name);\n}`,
    `char *pay(const char *name, int n, char list[4]) {\n  if (!name) return 0;\n  if (!list) return 0;\n  go(name);\n}`,
  ],
  ['C, what is checked already', 'c', `int pay(char *name) {\n  if (name == NULL) return 1;\n  return 0;\n}`],
  [
    'Java',
    'java',
    `class A {\n  ⟦int pay(Order order, int n) {⟧\n    return n;\n  }\n}`,
    `class A {\n  int pay(Order order, int n) {\n    java.util.Objects.requireNonNull(order, "order is missing");\n    return n;\n  }\n}`,
  ],
  [
    'C#',
    'csharp',
    `class A {\n  ⟦int Pay(Order order, int n) {⟧\n    return n;\n  }\n}`,
    `class A {\n  int Pay(Order order, int n) {\n    ArgumentNullException.ThrowIfNull(order);\n    return n;\n  }\n}`,
  ],
  [
    'PHP',
    'php',
    `<?php\n⟦function pay($order) {⟧\n  go($order);\n}`,
    `<?php\nfunction pay($order) {\n  if ($order === null) throw new InvalidArgumentException('order is missing');\n  go($order);\n}`,
  ],
];

test.each(rows)('%s', (_name, language = '', before = '', after = before.replace(/[⟦⟧]/g, '')) => {
  expect(edited(before, { action: 'errors', language })).toBe(after);
});

test.each([
  ['const a = 1;', 'no function here'],
  ['const a = (b) => b;', 'no body on lines of its own'],
  ['function a() {\n  go();\n}', 'no input of `a`'],
])('says why there is none: %s', (code, text) => {
  expect(answered(code, { action: 'errors', language: 'javascript' }).text).toContain(text);
});
