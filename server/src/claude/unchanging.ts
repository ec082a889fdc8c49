/** What can never change any more, and what is known of it: a conversation sends all that was said again and again, and most of it is frozen. */

/** Found frozen all through, which stays true. */
const unchanging = new WeakSet<object>();

/** Whether nobody can change anything of it. What is plain data and not frozen is told at once. */
export function isUnchanging(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  if (unchanging.has(value)) return true;
  if (!Object.isFrozen(value) || !isPlain(value) || !Object.values(value).every(isUnchanging)) return false;
  unchanging.add(value);
  return true;
}

/** Freezes plain data all through; the same value. What cannot be frozen stays as it is. */
export function unchangingOf<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || unchanging.has(value) || !isPlain(value)) return value;
  for (const inner of Object.values(value)) unchangingOf(inner);
  Object.freeze(value);
  isUnchanging(value);
  return value;
}

/** Finds out something of a message; of one that cannot change, once. */
export function knownOf<Known>(find: (message: object) => Known): (message: object) => Known {
  const known = new WeakMap<object, { readonly it: Known }>();
  return (message) => {
    const before = known.get(message);
    if (before !== undefined) return before.it;
    const it = find(message);
    if (isUnchanging(message)) known.set(message, { it });
    return it;
  };
}

/** Lists and objects; getters and the like could say something else the next time. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(Object.getOwnPropertyDescriptors(value)).every((property) => 'value' in property);
}
