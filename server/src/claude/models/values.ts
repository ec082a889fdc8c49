/** Looking into values of which nothing is known yet: requests come from programs without types, too. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Absent fields and null mean the same to the service, wherever it allows both. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The members of a list; none of anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The field of a value, whatever it is. */
export function fieldOf(value: unknown, name: string): unknown {
  return isFields(value) ? value[name] : undefined;
}

export function typeOf(value: unknown): unknown {
  return fieldOf(value, 'type');
}

/** A value as a sentence can hold it: names whole, all else by its kind. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value.length > 64 ? 'a long text' : JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean' || !isGiven(value)) return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}

/** `a, b or c`. */
export function alternatives(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
