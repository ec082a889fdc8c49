/** What the status bar says after line notes were asked for. Pure. */
import type { Annotated } from '#shared/explanations.ts';
import type { Words } from '../words.ts';
import { costLabel } from './labels.ts';

/** How many notes there are, what was dropped, and what it cost. */
export function annotatedMessage(annotated: Annotated, words: Words): string {
  const { notes, dropped } = annotated;
  const count =
    notes === 0 ? words.t('No line notes') : notes === 1 ? words.t('1 line note') : words.t('{0} line notes', notes);
  const lost = dropped === 0 ? [] : [words.t('{0} dropped: their lines are not there', dropped)];
  return [count, ...lost, costLabel(annotated, words)].join(' · ');
}
