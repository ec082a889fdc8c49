/** Copies that nobody can change any more, to be shown while the original waits to be used. */

/** A deep, frozen copy. What cannot be copied, such as a function, is shown as its JSON. */
export function frozenCopy(value: unknown): unknown {
  return frozen(copied(value));
}

function copied(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    // It holds something that is no data: JSON leaves that out.
    const json: string | undefined = JSON.stringify(value);
    return json === undefined ? undefined : JSON.parse(json);
  }
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = Array.isArray(value) || prototype === Object.prototype || prototype === null;
  // Dates, maps and buffers cannot be frozen. They are copies all the same.
  if (!isPlain) return value;
  Object.freeze(value);
  for (const item of Object.values(value)) frozen(item);
  return value;
}
