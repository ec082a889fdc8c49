/** How an extracted function is written in languages that ask for types. */
import { expect, test } from 'vitest';
import { edited } from './asking.ts';

const rows: readonly (readonly [name: string, language: string, before: string, after: string])[] = [
  [
    'Go, with its receiver and types',
    'go',
    `func (b *Bucket) Take(n float64, now time.Time) (int, error) {
	count := 0
⟦	b.refill(now)
	count += len(b.items)⟧
	return count, nil
}`,
    `func (b *Bucket) Take(n float64, now time.Time) (int, error) {
	count := 0
	count = b.refillB(now, count)
	return count, nil
}

func (b *Bucket) refillB(now time.Time, count int) int {
	b.refill(now)
	count += len(b.items)
	return count
}`,
  ],
  [
    'Rust, values that are copied',
    'rust',
    `fn a(n: u32, text: &str) -> u32 {
    let mut sum: u32 = 0;
⟦    for i in 0..n {
        sum += i;
    }
    log(text);⟧
    sum
}`,
    `fn a(n: u32, text: &str) -> u32 {
    let mut sum: u32 = 0;
    sum = process_n(n, sum, text);
    sum
}

fn process_n(n: u32, mut sum: u32, text: &str) -> u32 {
    for i in 0..n {
        sum += i;
    }
    log(text);
    sum
}`,
  ],
  [
    'C, above the function and its comment',
    'c',
    `#include <stdio.h>
/* One. */
int a(const char *text) {
  int n = 0;
⟦  print_all(text);
  n++;⟧
  return n;
}`,
    `#include <stdio.h>

static int print_all_part(const char *text, int n) {
  print_all(text);
  n++;
  return n;
}

/* One. */
int a(const char *text) {
  int n = 0;
  n = print_all_part(text, n);
  return n;
}`,
  ],
];

test.each(rows)('%s (%s)', (_name, language, before, after) => {
  expect(edited(before, { action: 'extract', language })).toBe(after);
});
