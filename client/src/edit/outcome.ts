/** What to tell the person when an edit is done: nothing when all of it is to be seen in the code, else one message. */
import type { Delta } from '#shared/diagnosticsDelta.ts';
import type { EditResult } from '#shared/edits.ts';
import type { Words } from '../words.ts';
import { brokeWords } from './lensTexts.ts';
import { plainMessage } from './plain.ts';

export interface Message {
  readonly text: string;
  readonly isWarning: boolean;
  /** There is something to show in the list of pending edits. */
  readonly hasEdits: boolean;
}

/** `conflicts`: hunks of it that could not be put into the text. */
export function outcomeOf(
  { hunks, markdown, failures, notices }: Pick<EditResult, 'hunks' | 'markdown' | 'failures' | 'notices'>,
  conflicts: number,
  words: Words,
): Message | undefined {
  const hasEdits = hunks.length > 0;
  const conflict =
    conflicts === 1 ? words.t('1 edit could not be applied.') : words.t('{0} edits could not be applied.', conflicts);
  const trouble = [...(conflicts > 0 ? [conflict] : []), ...failures];
  const nothing = hasEdits || trouble.length > 0 ? [] : [words.t('Nothing was changed.'), markdown];
  const sentences = [...cut(trouble, words), ...nothing, ...notices].filter((sentence) => sentence.trim() !== '');
  if (sentences.length === 0) return undefined;
  return { text: plainMessage(sentences.join(' ')), isWarning: trouble.length > 0, hasEdits };
}

/** What an action that is done has broken; undefined when there is no new error. */
export function breakageOf(title: string, deltas: readonly Delta[], words: Words): string | undefined {
  const errors = deltas.flatMap(({ broke }) => broke.filter(({ severity = 1 }) => severity === 1));
  if (errors.length === 0) return undefined;
  return plainMessage(words.t('{0}: {1}.', title, brokeWords(errors, words)));
}

const mostTold = 3;

function cut(sentences: readonly string[], words: Words): readonly string[] {
  const more = sentences.length - mostTold;
  return more <= 0 ? sentences : [...sentences.slice(0, mostTold), words.t('And {0} more.', more)];
}
