/** What the model is told at the next question of its earlier edits: what has become of them since it was told last. */
import { createHash } from 'node:crypto';
import type { Ledger } from '../../editing.ts';

/** By group, the state that the model knows. */
interface Told {
  get(group: string): string | undefined;
  set(group: string, state: string): void;
}

/**
 * One paragraph for each group with news, and how many edits still wait, where there is news at all.
 * @param told what the model knows; what it is told now is put in.
 * @param groups edit groups in the order in which they were made.
 */
export function outcomesOf(ledger: Pick<Ledger, 'outcome'>, told: Told, groups: readonly string[]): readonly string[] {
  const outcomes = groups.map((group) => ({ group, text: ledger.outcome(group) }));
  const news = outcomes.filter(({ group, text }) => isNews(text, told.get(group)));
  for (const { group, text } of news) told.set(group, stateOf(text));
  const waiting = outcomes.filter(({ text }) => isWaiting(text)).length;
  if (news.length === 0 || waiting === 0) return news.map(({ text }) => text);
  const still = `${waiting} ${waiting === 1 ? 'call has' : 'calls have'} edits that still await the developer.`;
  return [...news.map(({ text }) => text), still];
}

/** How many edits of some groups await the person. */
export function pendingEdits(ledger: Pick<Ledger, 'outcome'>, groups: readonly string[]): number {
  return groups.flatMap((group) => ledger.outcome(group).split('\n')).filter(isWaiting).length;
}

/** That something waits is no news, and neither is that it has moved. */
function isNews(text: string, told: string | undefined): boolean {
  if (text === '' || (told === undefined && !isDecided(text))) return false;
  return told === undefined || stateOf(text) !== told;
}

function isWaiting(text: string): boolean {
  return text.split('\n').some((line) => /^.*, line \d+: proposed;/.test(line));
}

/** In the ledger's words. */
function isDecided(text: string): boolean {
  return text.split('\n').some((line) => /^.*, line \d+: (?!proposed;|still being written)/.test(line));
}

/** Names what is told, wherever it stands by now. */
function stateOf(text: string): string {
  return createHash('sha256')
    .update(text.replace(/, line \d+: /g, ': '))
    .digest('base64url')
    .slice(0, 22);
}
