/** Names exactly what was approved: another value anywhere gives another hash (threats S4). */
import { createHash } from 'node:crypto';
import type { Effective } from '../tool.ts';

/** Over every field, also over those that are not known here. */
export function hashOf(effective: Effective): string {
  return createHash('sha256').update(canonical(effective)).digest('base64url');
}

/** The same for equal values, whatever the order of their fields; JSON writes halves of surrogate pairs as escapes. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join()}}`;
}
