/** Nesting that `simplify` leaves, because something else would change. */
import { expect, test } from 'vitest';
import { edited } from './asking.ts';

const rows: readonly (readonly [name: string, language: string, code: string])[] = [
  [
    'a name that is used outside as well',
    'typescript',
    `function f(ok) {
  if (ok) {
    const b = 1;
    use(b);
  } else {
    return 1;
  }
  const b = 2;
  use(b);
}`,
  ],
  [
    'a condition that binds a name',
    'rust',
    `fn f(a: Option<i32>) {
    if let Some(b) = a {
        one(b);
        two(b);
        three(b);
    }
}`,
  ],
  [
    'a name that its condition declares',
    'go',
    `func f() int {
	if a := g(); a > 0 {
		return 1
	} else {
		return a
	}
}`,
  ],
  [
    'a function that has to return',
    'go',
    `func f(a int) (b int) {
	if a > 1 {
		b = 1
		b = 2
		b = 3
	}
}`,
  ],
  [
    'a comment behind a brace',
    'typescript',
    `if (a) { // why
  return 1;
} else {
  two();
}`,
  ],
  [
    'what is an expression',
    'rust',
    `fn f() {
    let a = g(
        if b {
            return 1;
        } else {
            2
        },
    );
}`,
  ],
  [
    'an `if` under a head without braces',
    'c',
    `void f(void) {
  for (;;)
    if (a) {
      one();
      two();
      three();
    }
}`,
  ],
];

test.each(rows)('%s (%s)', (_name, language, code) => {
  expect(edited(code, { action: 'simplify', language })).toBe(code);
});
