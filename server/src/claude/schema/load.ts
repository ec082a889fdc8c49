/** Loads the checks when they are first needed. */
import type { Checks } from './checks.ts';

let loading: Promise<Checks> | undefined;

export function loadChecks(): Promise<Checks> {
  loading ??= import('./checks.ts').then(({ checks }) => checks);
  return loading;
}
