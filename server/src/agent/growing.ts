/** Whether an edit may grow in the editor while its call is not whole: only where nothing could be asked or refused first. */
import type { PermissionRule } from '#shared/settings.ts';
import type { Trust } from '../ports.ts';
import type { Mode, Tool } from '../tool.ts';
import { isFor } from './permissionRules.ts';

export interface GrowingCase {
  readonly mode: Mode;
  readonly trust: Trust;
  readonly rules: readonly PermissionRule[];
}

/** Which file it is for may not be known yet: any rule that could hold it back holds it back. */
export function mayGrow({ name, grow }: Pick<Tool, 'name' | 'grow'>, { mode, trust, rules }: GrowingCase): boolean {
  if (grow === undefined || mode === 'plan' || trust !== 'trusted') return false;
  return !rules.some((rule) => rule.decision !== 'allow' && isFor(rule, name));
}
