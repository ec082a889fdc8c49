/** Why there is no suggestion, in a sentence for editors that show messages and nothing else. Pure. */
import type { SuggestionReason } from '#shared/suggestions.ts';
import { fewWords } from './plainWords.ts';

const sentences: Readonly<Record<SuggestionReason['why'], string>> = {
  shown: 'A suggestion was shown.',
  off: 'Suggestions are off.',
  snoozed: 'Suggestions are snoozed.',
  manual: 'Suggestions come only when you ask for them.',
  excluded: 'This file stays on this machine.',
  secret: 'There may be a secret here.',
  unsupported: 'There are no suggestions here.',
  cancelled: 'Typing went on before the answer came.',
  filtered: 'The answer was not good enough to show.',
  empty: 'There was nothing to add.',
  limited: 'The service asks to wait.',
  budget: 'The limit for an hour is reached.',
  failed: 'The request failed.',
  signedOut: 'There is no API key.',
  listOpen: 'The list of the editor was open.',
  none: 'Nothing was asked yet.',
};

export function sentenceOf({ why, detail }: SuggestionReason): string {
  const more = fewWords(detail, 500);
  return more === '' || sentences[why] === more ? sentences[why] : `${sentences[why]} (${more})`;
}
