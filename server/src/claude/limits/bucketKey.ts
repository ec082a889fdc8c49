/** Which calls share a limit of the service, and which of them cost money. */
import type { CallFacts } from '../observe/observer.ts';

/** The models of one class count together (API reference, "Models"); from the fifth generation on each is its own. */
const sharedClass = /^(claude-(?:opus|sonnet)-4)(?:-\d{1,2})?$/;

/** A name for the limit that a call counts against. */
export function bucketKeyOf({ operation, model, speed }: CallFacts): string {
  if (operation === 'messages.countTokens') return operation;
  const group = operation.slice(0, Math.max(0, operation.lastIndexOf('.')));
  if (model === undefined) return group;
  const undated = model.replace(/-20\d{6}$/, '');
  const name = sharedClass.exec(undated)?.[1] ?? undated;
  return speed === 'fast' ? `${group} ${name} fast` : `${group} ${name}`;
}

/** Whether a call costs money: what is free is let through when a spending limit is reached. */
export function isBilled({ operation }: CallFacts): boolean {
  return /^messages\.(?!countTokens$|batches\.(?!create$))/.test(operation);
}
