/** Why a command must be asked about each time, and cannot be remembered (threats S13). Pure. */
import type { CommandPlan } from '../../ports.ts';
import { startsOthers } from './otherPrograms.ts';

/** A sentence each; none means: one program by its bare name, with arguments that mean only themselves. */
export function odditiesOf(plan: CommandPlan): readonly string[] {
  const settings = plan.gitSettings.length === 0 ? [] : [settingsReason(plan.gitSettings)];
  if (plan.isShell) return ['The shell reads it as a text: it may do more than its first words say.', ...settings];
  const [program = '', ...words] = plan.argv;
  const found: string[] = [];
  const typed = /^[A-Za-z0-9](?:[A-Za-z0-9_.+-]*[A-Za-z0-9_+])?(?= |$)/.exec(plan.line)?.[0];
  if (typed === undefined) found.push('The program is named by its path: what is there may be another one next time.');
  // By any of its names: a link may hide what it is.
  const names = [...new Set([typed ?? '', plan.calledAs, program])];
  const others = names.map((name) => startsOthers(name, words)).find((reason) => reason !== undefined);
  if (others !== undefined) found.push(others);
  if (!words.every(isPlain)) found.push('Some arguments hold characters that mean something to shells and programs.');
  return [...found, ...settings];
}

function settingsReason(settings: readonly string[]): string {
  return `Git may start programs that are set in the repository itself, and not by you: ${settings.join(', ')}.`;
}

/** Letters, digits and what stands in names, with single blanks between them. */
function isPlain(word: string): boolean {
  return /^[\p{L}\p{N}_@+:,./=-]+(?: [\p{L}\p{N}_@+:,./=-]+)*$/u.test(word) && word.length <= 1_000;
}
