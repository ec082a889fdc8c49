/** What a key or token may look like, and how it is sent. */
import { isHeaderSafe } from '../headers.ts';
import type { KeyScheme } from './source.ts';

/** What is wrong with a key or token, as the end of a sentence and what to do; never any of it: it is a key, or half of one. */
export function secretProblem(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return 'is empty. Give one.';
  if (/[\r\n]/.test(value)) return 'has a line break in it. Copy it again, without the end of the line.';
  if (!isHeaderSafe(value) || value.includes(' '))
    return 'has blanks, control or other characters that no key has. Copy it again.';
  return undefined;
}

/** The header that carries a key or token. */
export function secretHeader(scheme: KeyScheme, value: string): Record<string, string> {
  return scheme === 'bearer' ? { authorization: `Bearer ${value}` } : { 'x-api-key': value };
}
