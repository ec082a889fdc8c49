/** What `types` adds: by defaults, comparisons, uses and what is returned. */
import { expect, test } from 'vitest';
import { answered, edited } from './asking.ts';

const typescript: readonly (readonly [string, string])[] = [
  ['function a(b = 3) { return b * 2; }', 'function a(b: number = 3): number { return b * 2; }'],
  ["function a(b) { return b === 'x'; }", "function a(b: string): boolean { return b === 'x'; }"],
  ['function a(b, c) { b.push(c); }', 'function a(b: unknown[], c: unknown): void { b.push(c); }'],
  ['const a = b => b > 1;', 'const a = (b: number): boolean => b > 1;'],
  [
    'const a = async (b = "x", ...c) => `${b}`;',
    'const a = async (b: string = "x", ...c: unknown[]): Promise<string> => `${b}`;',
  ],
  ['function a({ b, c }, [d]) { go(); }', 'function a({ b, c }: { b: unknown; c: unknown }, [d]): void { go(); }'],
  ['function a({ b } = {}) { go(); }', 'function a({ b }: { b?: unknown } = {}): void { go(); }'],
  [
    'function a(b) { if (b) return 1; return null; }',
    'function a(b: unknown): number | null { if (b) return 1; return null; }',
  ],
  ['function a(b) { return b.c; }', 'function a(b: unknown) { return b.c; }'],
  ['function a(b: string): number { return 1; }', 'function a(b: string): number { return 1; }'],
  [
    'class A {\n  set b(c) {}\n  constructor(d = new Map()) {}\n}',
    'class A {\n  set b(c: unknown) {}\n  constructor(d: unknown = new Map()) {}\n}',
  ],
  ['function a(b = new Order()) { b(); }', 'function a(b: Order = new Order()): void { b(); }'],
  ['function* a(b = true) { yield b; }', 'function* a(b: boolean = true) { yield b; }'],
];

test('types and defaults with brackets inside are taken whole', () => {
  const before = 'function a(b: (c: C) => D = (c) => d, e = { f: [1, 2] }, g) { g(); }';
  const after =
    'function a(b: (c: C) => D = (c) => d, e: Record<string, unknown> = { f: [1, 2] }, g: (...args: unknown[]) => unknown): void { g(); }';
  expect(edited(before, { action: 'types', language: 'typescript' })).toBe(after);
});

test.each(typescript)('TypeScript: %s', (before, after) => {
  expect(edited(before, { action: 'types', language: 'typescript' })).toBe(after);
});

const python: readonly (readonly [string, string])[] = [
  ['def a(b, c=3):\n    return c', 'def a(b: object, c: int = 3) -> int:\n    return c'],
  [
    'def a(self, b, *c, **d):\n    b.append(1)',
    'def a(self, b: list, *c: object, **d: object) -> None:\n    b.append(1)',
  ],
  ['def a(b=None):\n    return b == "x"', 'def a(b: str | None = None) -> bool:\n    return b == "x"'],
  ['def __init__(self, b=1.5):\n    self.b = b', 'def __init__(self, b: float = 1.5) -> None:\n    self.b = b'],
  ['def a(b: int) -> str:\n    return ""', 'def a(b: int) -> str:\n    return ""'],
];

test.each(python)('Python: %s', (before, after) => {
  expect(edited(before, { action: 'types', language: 'python' })).toBe(after);
});

const javascript: readonly (readonly [string, string])[] = [
  [
    'function a(b = 3) { return b * 2; }',
    '/**\n * @param {number} [b]\n * @returns {number}\n */\nfunction a(b = 3) { return b * 2; }',
  ],
  [
    '/** One. */\nfunction a(b) { b(); }',
    '/**\n * One.\n * @param {(...args: unknown[]) => unknown} b\n */\nfunction a(b) { b(); }',
  ],
  [
    '/**\n * One.\n * @param b - Two.\n * @param {string} c\n */\nfunction a(b = 1, c) { go(); }',
    '/**\n * One.\n * @param {number} b - Two.\n * @param {string} c\n */\nfunction a(b = 1, c) { go(); }',
  ],
  ['function a(...b) { go(); }', '/**\n * @param {...unknown} b\n */\nfunction a(...b) { go(); }'],
  ['function a() { go(); }', 'function a() { go(); }'],
];

test.each(javascript)('JavaScript: %s', (before, after) => {
  expect(edited(before, { action: 'types', language: 'javascript' })).toBe(after);
});

test.each([
  ['rust', 'fn a() {\n}', 'TypeScript, JavaScript and Python only'],
  ['typescript', 'function a(b: string): void {}', 'nothing here that lacks a type'],
])('says why there is nothing in %s', (language, code, text) => {
  const answer = answered(code, { action: 'types', language });
  expect([answer.inputs, answer.text]).toEqual([[], expect.stringContaining(text)]);
});
