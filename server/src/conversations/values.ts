/** What is read of the disk is held for hostile: the checks that the heads of records share (threats S37). */
import { stripControl } from '#shared/control.ts';
import type { Usage } from '#shared/usage.ts';
import { limits } from './limits.ts';

/** A JSON list; empty for anything else. */
export function listIn(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    // Not ours: no field of it will pass.
    return [];
  }
}

/** The newest there may be: a clock that was wrong by thousands of years stops nothing. */
const latest = 2 ** 52;

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < latest;
}

/** Of a conversation: it names a folder. */
export function isConversationId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8,64}$/.test(value);
}

export function isEntryId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 64;
}

export function isTime(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

/** Plain, in one line, and not long. */
export function titleOf(text: string): string {
  const line = stripControl(text.slice(0, 10 * limits.title))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= limits.title ? line : `${line.slice(0, limits.title - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The name of a folder; undefined where none was kept. */
export function folderIn(value: unknown): string | undefined {
  const name = typeof value === 'string' ? titleOf(value) : '';
  return name === '' ? undefined : name;
}

export const noUsage: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  price: 0,
};

/** Of several calls; without a price where one of them has none. */
export function usageSum(one: Usage, other: Usage): Usage {
  const price = one.price === undefined || other.price === undefined ? undefined : one.price + other.price;
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cacheReadTokens: one.cacheReadTokens + other.cacheReadTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
    ...(price === undefined ? {} : { price }),
  };
}

export function usageFields({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, price }: Usage): unknown {
  const tokens = [inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens];
  return price === undefined ? tokens : [...tokens, price];
}

export function usageIn(value: unknown): Usage | undefined {
  if (!Array.isArray(value)) return undefined;
  const [inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, price]: readonly unknown[] = value;
  if (!isCount(inputTokens) || !isCount(outputTokens) || !isCount(cacheReadTokens) || !isCount(cacheWriteTokens))
    return undefined;
  const tokens = { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens };
  if (price === undefined) return tokens;
  return typeof price === 'number' && price >= 0 && price < 1e9 ? { ...tokens, price } : undefined;
}
